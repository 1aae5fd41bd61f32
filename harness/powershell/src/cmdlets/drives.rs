//! Drives and volumes.

use async_trait::async_trait;
use marslab_model::host::VolumeInfo;
use marslab_model::world::{BitLocker, VolumeKind};

use crate::cmdlet::{Call, Cmdlet, Spec, is_like};
use crate::failure::Failure;
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[&GetPsDrive, &GetVolume, &GetBitLockerVolume];

struct GetPsDrive;
struct GetVolume;
struct GetBitLockerVolume;

#[async_trait]
impl Cmdlet for GetPsDrive {
    fn spec(&self) -> Spec {
        Spec::new("Get-PSDrive", "Microsoft.PowerShell.Commands.GetPSDriveCommand")
            .also(&["gdr"])
            .takes(&["Name", "…", "PSProvider"])
            .lacks(&["LiteralName", "Scope"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let wanted = call.arguments.texts("Name");
        let providers = call.arguments.texts("PSProvider");
        let here = call.folder.clone();
        let mut drives = Vec::new();
        for (letter, info) in volumes(call)? {
            let name = letter.trim_end_matches(':').to_owned();
            let gigabytes = |bytes: u64| format!("{:.2}", gigabytes(bytes));
            let location = if here.volume().is_some_and(|it| it.as_str() == letter) {
                here.as_str().get(3..).unwrap_or_default()
            } else {
                ""
            };
            let used = info.size.saturating_sub(info.free);
            let drive = Object::new("System.Management.Automation.PSDriveInfo")
                .with("Name", name.as_str())
                .with("UsedGB", Value::text(gigabytes(used)))
                .with("FreeGB", Value::text(gigabytes(info.free)))
                .with("Provider", "FileSystem")
                .with("Root", format!("{letter}\\"))
                .with("CurrentLocation", location)
                .with("Used", used)
                .with("Free", info.free);
            drives.push(drive);
        }
        for (name, provider, root) in OTHERS {
            let drive = Object::new("System.Management.Automation.PSDriveInfo")
                .with("Name", *name)
                .with("Provider", *provider)
                .with("Root", *root);
            drives.push(drive);
        }
        let text =
            |drive: &Object, name: &str| drive.get(name).map(Value::plain).unwrap_or_default();
        drives.retain(|it| {
            providers.is_empty() || providers.iter().any(|own| is_like(&text(it, "Provider"), own))
        });
        drives.sort_by_key(|drive| text(drive, "Name").to_lowercase());
        for name in &wanted {
            if !drives.iter().any(|it| is_like(&text(it, "Name"), name)) {
                let message =
                    format!("Cannot find drive. A drive with the name '{name}' does not exist.");
                let failure = Failure::new("ObjectNotFound", "GetLocationNoMatchingDrive", message);
                call.fail(failure.about(name, "String").of("DriveNotFoundException"));
            }
        }
        drives.retain(|it| {
            wanted.is_empty() || wanted.iter().any(|own| is_like(&text(it, "Name"), own))
        });
        call.output.extend(drives.into_iter().map(Value::Object));
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetVolume {
    fn spec(&self) -> Spec {
        Spec::new("Get-Volume", "Get-Volume").since(3, 0).takes(&["DriveLetter"]).lacks(&[
            "FileSystemLabel",
            "ObjectId",
            "UniqueId",
            "Path",
            "FilePath",
            "Partition",
            "CimSession",
        ])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let wanted = call.arguments.texts("DriveLetter");
        let all = volumes(call)?;
        let is = |letter: &str, own: &String| {
            letter.get(..1).is_some_and(|it| it.eq_ignore_ascii_case(own.trim_end_matches(':')))
        };
        for letter in wanted.iter().filter(|own| !all.iter().any(|(letter, _)| is(letter, own))) {
            let message = format!(
                "No MSFT_Volume objects found with property 'DriveLetter' equal to '{letter}'.  Verify the value of the property \
                 and retry."
            );
            let failure =
                Failure::new("ObjectNotFound", "CmdletizationQuery_NotFound_DriveLetter", message);
            call.fail(failure.about(letter, "Char").of("CimJobException"));
        }
        for (letter, info) in all {
            if !wanted.is_empty() && !wanted.iter().any(|own| is(&letter, own)) {
                continue;
            }
            let kind = match info.kind {
                VolumeKind::Removable => "Removable",
                VolumeKind::Network => continue,
                VolumeKind::Fixed => "Fixed",
            };
            // The system does not see what a closed volume holds.
            let is_locked = info.bitlocker == BitLocker::Locked;
            let (size, free) = if is_locked { (0, 0) } else { (info.size, info.free) };
            let object = Object::new("MSFT_Volume")
                .with("DriveLetter", letter.trim_end_matches(':'))
                .with("FileSystemLabel", "")
                .with("FileSystem", if is_locked { "" } else { info.file_system.as_str() })
                .with("DriveType", Value::text(kind))
                .with("HealthStatus", Value::text("Healthy"))
                .with("SizeRemainingText", size_text(free))
                .with("SizeText", size_text(size))
                .with("SizeRemaining", free)
                .with("Size", size);
            call.put(object);
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetBitLockerVolume {
    fn spec(&self) -> Spec {
        Spec::new("Get-BitLockerVolume", "Get-BitLockerVolume").since(3, 0).takes(&["MountPoint"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let wanted = call.arguments.texts("MountPoint");
        for (letter, info) in volumes(call)? {
            let is = |own: &String| {
                own.trim_end_matches(['\\', ':']).eq_ignore_ascii_case(letter.trim_end_matches(':'))
            };
            if !wanted.is_empty() && !wanted.iter().any(is) {
                continue;
            }
            let (status, lock, protection) = match info.bitlocker {
                BitLocker::Off => ("FullyDecrypted", "Unlocked", "Off"),
                BitLocker::Unlocked => ("FullyEncrypted", "Unlocked", "On"),
                BitLocker::Locked => ("", "Locked", "Unknown"),
            };
            let object = Object::new("")
                .with("MountPoint", letter)
                .with("VolumeStatus", Value::of_enum(status))
                .with("LockStatus", Value::of_enum(lock))
                .with("ProtectionStatus", Value::of_enum(protection));
            call.put(object);
        }
        Ok(())
    }
}

fn volumes(call: &Call<'_>) -> Result<Vec<(String, VolumeInfo)>, Failure> {
    let volumes = call.host().volumes(call.who).map_err(|error| {
        Failure::new("ConnectionError", "VolumesUnavailable", error.to_string()).of("CimException")
    })?;
    Ok(volumes.into_iter().map(|(letter, info)| (letter.as_str().to_owned(), info)).collect())
}

#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
fn gigabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 30)
}

/// `40 GB`, `1.5 TB`: as Windows' file of formats rounds sizes.
#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
fn size_text(bytes: u64) -> String {
    let mut size = bytes as f64;
    let mut unit = "B";
    for next in ["KB", "MB", "GB", "TB"] {
        if size < 1024.0 {
            break;
        }
        size /= 1024.0;
        unit = next;
    }
    let text = format!("{size:.2}");
    format!("{} {unit}", text.trim_end_matches('0').trim_end_matches('.'))
}

/// What PowerShell calls drives besides.
const OTHERS: &[(&str, &str, &str)] = &[
    ("Alias", "Alias", ""),
    ("Cert", "Certificate", "\\"),
    ("Env", "Environment", ""),
    ("Function", "Function", ""),
    ("HKCU", "Registry", "HKEY_CURRENT_USER"),
    ("HKLM", "Registry", "HKEY_LOCAL_MACHINE"),
    ("Variable", "Variable", ""),
    ("WSMan", "WSMan", ""),
];
