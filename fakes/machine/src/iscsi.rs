//! The iSCSI initiator of Windows.
//!
//! What is said to the portal is the lab's own: one line for the login, one for the answer, and the same to read the volume.

use marslab_model::host::{AttachError, VolumeError};
use marslab_model::net::Stream;
use marslab_model::world::{Device, DeviceStatus, Machine, Mount};
use marslab_model::{Address, DialError, Name, Tracked};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};

use super::FakeMachine;
use super::services::{CALL_SECONDS, answers};

impl FakeMachine {
    /// Logs in to a target and gives its volume the first free letter.
    pub(super) async fn attach(&self, portal: &Address, target: &str) -> Result<Name, AttachError> {
        match self.look(|machine| initiator(&machine)).unwrap_or(Err(AttachError::NoInitiator)) {
            Err(AttachError::NotResponding) => {
                self.running.wait(CALL_SECONDS);
                return Err(AttachError::NotResponding);
            }
            ready => ready?,
        }
        let connection = self.connect(portal).await;
        let mut connection = connection.map_err(AttachError::Unreachable)?;
        login(&mut connection.stream, target).await?;
        let mount = Mount { target: format!("{portal} {target}"), since: self.stamp().truly };
        let letter = self.edit(|machine| {
            let letter = machine.look().and_then(|machine| free_letter(&machine))?;
            machine.mounts().insert(letter.clone(), mount);
            Some(letter)
        });
        letter.ok_or(AttachError::NoLetter)
    }

    /// Reads all that is on an attached volume. The initiator connects to the portal again for it.
    pub(super) async fn read_attached(&self, letter: &Name) -> Result<(), VolumeError> {
        let mount = self.look(|machine| {
            let mount = machine.mounts().at(letter)?;
            Some(mount.target().get().clone())
        });
        let mount = mount.flatten().ok_or(VolumeError::NotAttached)?;
        let (portal, target) = mount.split_once(' ').ok_or(VolumeError::NotAttached)?;
        let portal = portal.parse().map_err(|_no_address| VolumeError::NotAttached)?;
        let connection = self.connect(&portal).await;
        let connection = connection.map_err(|_unreachable| VolumeError::Device)?;
        read_all(connection.stream, target).await
    }
}

/// Says `READ target`, and reads what the answer announces: `OK` and a number of bytes, and then so many.
async fn read_all(mut stream: Box<dyn Stream>, target: &str) -> Result<(), VolumeError> {
    let lost = |_| VolumeError::Device;
    stream.write_all(format!("READ {target}\n").as_bytes()).await.map_err(lost)?;
    stream.flush().await.map_err(lost)?;
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    let head = (&mut stream).take(ANSWER_LINE_BYTES_MAX).read_line(&mut line).await;
    head.map_err(lost)?;
    let announced = line.trim_end().strip_prefix("OK ").and_then(|bytes| bytes.parse().ok());
    let announced: u64 = announced.ok_or(VolumeError::Device)?;
    let read = tokio::io::copy(&mut stream.take(announced), &mut tokio::io::sink()).await;
    if read.map_err(lost)? == announced { Ok(()) } else { Err(VolumeError::Device) }
}

/// Whether the initiator's device works, and its service answers.
fn initiator(machine: &Tracked<'_, Machine>) -> Result<(), AttachError> {
    let mut devices = machine.clone().devices().each();
    if !devices.any(|(_, device)| is_working_initiator(&device)) {
        return Err(AttachError::NoInitiator);
    }
    let service = machine.clone().services().at(&Name::new(SERVICE));
    match service.as_ref().and_then(answers) {
        None => Err(AttachError::ServiceNotStarted),
        Some(false) => Err(AttachError::NotResponding),
        Some(true) => Ok(()),
    }
}

fn is_working_initiator(device: &Tracked<'_, Device>) -> bool {
    let ids = device.clone().hardware_ids().get();
    ids.iter().any(|id| id.eq_ignore_ascii_case(HARDWARE_ID))
        && !device.clone().class().get().is_empty()
        && *device.clone().status().get() == DeviceStatus::Started
}

/// Says `LOGIN target` and reads the answer.
async fn login(stream: &mut Box<dyn Stream>, target: &str) -> Result<(), AttachError> {
    // A target with a line break would be two lines.
    if target.contains(['\r', '\n']) {
        return Err(AttachError::Refused);
    }
    let lost = |_| AttachError::Unreachable(DialError::Reset);
    let line = format!("LOGIN {target}\n");
    stream.write_all(line.as_bytes()).await.map_err(lost)?;
    stream.flush().await.map_err(lost)?;
    let mut answer = Vec::new();
    while answer.len() < ANSWER_BYTES_MAX && !answer.ends_with(b"\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.map_err(lost)? == 0 {
            break;
        }
        answer.extend(byte);
    }
    if answer.trim_ascii() == b"OK" { Ok(()) } else { Err(AttachError::Refused) }
}

fn free_letter(machine: &Tracked<'_, Machine>) -> Option<Name> {
    let letters = (b'E'..=b'Z').map(|letter| Name::from(format!("{}:", char::from(letter))));
    letters.into_iter().find(|letter| {
        machine.clone().volumes().at(letter).map(|volume| volume.size().get()).is_none()
            && machine.clone().mounts().at(letter).map(|mount| mount.since().get()).is_none()
    })
}

/// The hardware id of the initiator's device (mars-facts E8, 5.8).
const HARDWARE_ID: &str = r"ROOT\ISCSIPRT";

/// The initiator's service (mars-facts 5.8).
const SERVICE: &str = "MSiSCSI";

/// The longest answer to a login: it is `OK` or `REFUSED`.
const ANSWER_BYTES_MAX: usize = 16;

/// `OK`, and a number.
const ANSWER_LINE_BYTES_MAX: u64 = 32;

#[cfg(test)]
mod tests;
