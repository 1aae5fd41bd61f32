//! [`Live`]: a World set going, with its machines, network and cloud, and an administrator's intention.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use jiff::{SignedDuration, Timestamp};
use marslab_agent::{Edition, Ended, Intent, PortalCloud, Product, StepObserver};
use marslab_base::azure::{AzureCloud, PUBLIC};
use marslab_dns::DnsServer;
use marslab_machine::FakeMachine;
use marslab_model::host::System as _;
use marslab_model::tracked::{Footprint, Reads};
use marslab_model::{Change, HostControl, Name, Operation, Outcome, World};
use marslab_network::FakeNetwork;
use marslab_servers::Servers;
use marslab_state::disk::{Disk, Folder};
use marslab_state::impairment::Counts;
use marslab_state::running::RunningError;
use marslab_state::{Journal, JournalEntry, Running, Start};
use marslab_wire::x509;
use thiserror::Error;

use crate::fidelity::Fidelity;
use crate::options::StartOptions;
use crate::product;
use crate::stepped::{StepReads, SteppedOutcome};
use crate::tally;
use crate::watch::Watch;

/// Why a world could not be started or changed. Never a verdict on a subject.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LiveError {
    /// A listener or a folder could not be created.
    #[error("cannot start the world: {0}")]
    Start(#[from] io::Error),
    /// The RSA key could not be generated.
    #[error("cannot generate the RSA key: {0}")]
    Key(#[from] x509::X509Error),
    /// A change does not fit the world.
    #[error(transparent)]
    Change(#[from] RunningError),
    /// A precondition of the product does not fit the world: what its roles stand for cannot be used there.
    #[error("a precondition does not fit the world: {0}")]
    Precondition(#[source] serde_json::Error),
    /// The world has no machine with that name.
    #[error("the world has no machine `{0}`")]
    NoMachine(Name),
}

/// A World set going. Dropping it ends its servers and removes its folder.
pub struct Live {
    running: Arc<Running>,
    servers: Servers,
    /// The limits of the agent.
    limits: marslab_agent::Limits,
    /// What the agent shows, for this world.
    product: Arc<Product>,
    workstation: Workstation,
    /// Where and how the administrator went on, if anything changed.
    next_workstation: OnceLock<Workstation>,
}

/// A world at one moment, with everything that decides how it goes on: a resumed world behaves as this one would have.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The world.
    pub world: World,
    /// The machine at which the administrator works.
    pub machine: Name,
    /// What the administrator means to do there.
    pub intent: Intent,
    /// What was counted for impairments.
    pub counts: Counts,
}

/// A machine at which the administrator works, and what they mean to do there.
struct Workstation {
    machine: Arc<FakeMachine>,
    name: Name,
    intent: Intent,
}

impl Live {
    /// Sets `world` going. What is done in it needs a tokio runtime; on `loopback` one with I/O.
    pub fn start(world: World, how: &StartOptions) -> Result<Self, LiveError> {
        let name = world.cast.machine.clone();
        let (counts, intent) = (Counts::new(), intent(&world));
        Self::resume(Snapshot { world, machine: name, intent, counts }, how)
    }

    /// Lets a world go on from where it was held.
    pub fn resume(from: Snapshot, how: &StartOptions) -> Result<Self, LiveError> {
        let Snapshot { world, machine: name, intent, counts } = from;
        if !world.machines.contains_key(&name) {
            return Err(LiveError::NoMachine(name));
        }
        let disk = match how.fidelity {
            Fidelity::Memory | Fidelity::MemoryFullTls => Disk::Memory,
            Fidelity::Loopback => Disk::Folder(Folder::new_in(None).only(name.clone())),
        };
        let StartOptions { seed, instance, pace, limits, .. } = *how;
        let product =
            product::in_world(&how.product, &world.cast).map_err(LiveError::Precondition)?;
        let rsa_key = rsa_key(seed)?;
        let start = Start { disk, seed, instance, rsa_key, pace, limits: limits.world, counts };
        let running = Running::new(world, start);
        let servers = Servers::start(Arc::clone(&running), how.fidelity.of_network());
        let machine = fake_machine(&running, &servers, &name);
        let workstation = Workstation { machine, name, intent };
        Ok(Self {
            running,
            servers,
            limits: limits.agent,
            product,
            workstation,
            next_workstation: OnceLock::new(),
        })
    }

    /// Moves the administrator to another machine for good, to restore there what the first one has backed up.
    pub fn continue_at(&self, name: &Name) -> Result<(), LiveError> {
        if !self.snapshot()?.machines.contains_key(name) {
            return Err(LiveError::NoMachine(name.clone()));
        }
        let Workstation { machine, intent, .. } = &self.workstation;
        let intent = Intent { restore_of: Some(machine.full_name()), ..intent.clone() };
        let machine = fake_machine(&self.running, &self.servers, name);
        self.next_workstation.get_or_init(|| Workstation { machine, name: name.clone(), intent });
        Ok(())
    }

    /// Makes the administrator use another passphrase from now on.
    pub fn use_passphrase(&self, passphrase: &str) {
        let Workstation { machine, name, intent } = self.workstation();
        let intent = Intent { passphrase: passphrase.to_owned(), ..intent.clone() };
        let workstation = Workstation { machine: Arc::clone(machine), name: name.clone(), intent };
        self.next_workstation.get_or_init(|| workstation);
    }

    /// All that decides how the world goes on, as it is now.
    pub fn hold(&self) -> Result<Snapshot, LiveError> {
        let Workstation { name, intent, .. } = self.workstation();
        Ok(Snapshot {
            world: self.snapshot()?,
            machine: name.clone(),
            intent: intent.clone(),
            counts: self.running.counters().counts(),
        })
    }

    fn workstation(&self) -> &Workstation {
        self.next_workstation.get().unwrap_or(&self.workstation)
    }

    /// The world as it is now.
    pub fn snapshot(&self) -> Result<World, LiveError> {
        Ok(self.running.snapshot()?)
    }

    /// Applies one change from outside.
    pub fn apply(&self, change: &Change) -> Result<(), LiveError> {
        Ok(self.running.apply(change)?)
    }

    /// Applies several changes atomically.
    pub fn apply_all(&self, changes: &[Change]) -> Result<(), LiveError> {
        Ok(self.running.apply_all(changes)?)
    }

    /// Copies these fields from `from`, atomically.
    pub fn copy_fields(&self, from: &World, fields: &Footprint) -> Result<(), LiveError> {
        Ok(self.running.copy_fields(from, fields)?)
    }

    /// The machine that complains, as a program on it sees it.
    pub fn host(&self) -> &FakeMachine {
        &self.workstation().machine
    }

    /// Like [`host`](Self::host), to be shared with a server.
    pub fn shared_host(&self) -> Arc<FakeMachine> {
        Arc::clone(&self.workstation().machine)
    }

    /// The name of the machine that complains.
    pub fn machine_name(&self) -> &Name {
        &self.workstation().name
    }

    /// The network.
    pub fn network(&self) -> &Arc<FakeNetwork> {
        self.servers.network()
    }

    /// Opens the DNS server, for programs that learn where it listens. Needs a tokio runtime with I/O and time.
    pub async fn open_dns_server(&self) -> io::Result<DnsServer> {
        DnsServer::open(Arc::clone(&self.running)).await
    }

    /// The certificate (DER) of the authority that plays the root `name` in this run.
    pub fn root_certificate(&self, name: &Name) -> Option<Vec<u8>> {
        self.servers.pki().root_certificate(name)
    }

    /// The folder that is drive C: of the machine that complains, made at the first call; `None` on `memory`.
    pub fn drive_c(&self) -> io::Result<Option<PathBuf>> {
        self.workstation().machine.drive(&Name::new("C:"))
    }

    /// What the administrator means to do.
    pub fn intent(&self) -> &Intent {
        &self.workstation().intent
    }

    /// Runs an operation as the administrator.
    pub async fn operate(&self, operation: Operation) -> Outcome {
        self.operate_through(self.host(), operation, &|_step| {}).await.outcome
    }

    /// Like [`operate`](Self::operate), with what the administrator means to do this once.
    pub async fn operate_as(&self, operation: Operation, intent: &Intent) -> Outcome {
        self.operate_on(self.host(), (operation, intent), &|_step| {}).await.outcome
    }

    /// Like [`operate`](Self::operate), with what was read in each step. What was recorded before is
    /// dropped, and nothing is recorded afterwards.
    pub async fn operate_by_steps(&self, operation: Operation) -> SteppedOutcome {
        let reads = StepReads::default();
        self.reads().begin();
        let Ended { outcome, stopped_at } = self
            .operate_through(self.host(), operation, &|step| reads.enter(step, self.reads().take()))
            .await;
        SteppedOutcome { outcome, stopped_at, reads: reads.end(self.reads().end()) }
    }

    /// Like [`operate`](Self::operate), on a host that passes the agent's calls on to [`host`](Self::host).
    /// `observer` is called with each step before the agent takes it.
    pub async fn operate_through(
        &self,
        host: &dyn HostControl,
        operation: Operation,
        observer: StepObserver<'_>,
    ) -> Ended {
        self.operate_on(host, (operation, self.intent()), observer).await
    }

    async fn operate_on(
        &self,
        host: &dyn HostControl,
        (operation, intent): (Operation, &Intent),
        observer: StepObserver<'_>,
    ) -> Ended {
        tally::add_operation();
        let edition = Edition { limits: &self.limits, product: &self.product };
        marslab_agent::operate(operation, host, intent, edition, observer).await
    }

    /// Unregisters the server from its vault, as the administrator. Fails with what the browser or a server says.
    pub async fn unregister(&self) -> Result<(), String> {
        marslab_agent::unregister(self.host(), self.intent()).await
    }

    /// Cancels the mount that is in progress, as the administrator.
    pub fn cancel_mount(&self) {
        marslab_agent::cancel_mount(self.host());
    }

    /// The fields of the world that are read. At first nothing is recorded.
    pub fn reads(&self) -> &Reads {
        self.running.reads()
    }

    /// A handle that tells the world's time and what is read of it. It can be given to tasks.
    pub fn watch(&self) -> Watch {
        Watch::new(Arc::clone(&self.running))
    }

    /// The journal entries since the last call.
    pub fn take_journal(&self) -> Vec<JournalEntry> {
        self.running.journal().take()
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        self.running.journal()
    }

    /// How far the world's time was moved from what real time alone would have made of it; zero where time stands still
    /// between waits.
    pub fn clock_moved(&self) -> SignedDuration {
        self.running.clock_moved()
    }

    /// What the real machine could not do for the lab, if there was anything: then nothing that was seen counts.
    pub fn trouble(&self) -> Option<&str> {
        self.running.trouble()
    }
}

/// What a world has done counts when it ends.
impl Drop for Live {
    fn drop(&mut self) {
        tally::add(&self.running);
    }
}

fn fake_machine(running: &Arc<Running>, servers: &Servers, name: &Name) -> Arc<FakeMachine> {
    let (network, pki) = (Arc::clone(servers.network()), Arc::clone(servers.pki()));
    Arc::new(FakeMachine::new(Arc::clone(running), network, pki, name.clone()))
}

/// What the administrator of a world means to do.
fn intent(world: &World) -> Intent {
    let cast = &world.cast;
    let vault = world.cloud.vaults.get(&cast.vault);
    let cloud = vault.map_or(&PUBLIC, |vault| AzureCloud::of_region(&vault.location));
    Intent {
        user: cast.admin.clone(),
        tenant: cast.tenant.clone(),
        cloud: PortalCloud { sign_in: cloud.sign_in, management: cloud.management },
        subscription: cast.subscription.clone(),
        resource_group: cast.resource_group.clone(),
        vault: cast.vault.clone(),
        passphrase: cast.passphrase.clone(),
        credentials: None,
        restore_of: None,
    }
}

/// The operations that an administrator has done before `operation`, in order.
pub fn before(operation: Operation) -> impl Iterator<Item = Operation> {
    let done = match operation {
        Operation::DownloadCredentials => 0,
        Operation::Register => 1,
        Operation::SetPassphrase => 2,
        Operation::Activate => 3,
        Operation::Backup | Operation::ScheduledBackup => 4,
        // Only what was backed up can be restored.
        Operation::Restore => 5,
    };
    Operation::ALL.into_iter().take(done)
}

/// The time at which worlds start: fixed where nothing outside looks at it, else now.
pub fn start_time(fidelity: Fidelity) -> Timestamp {
    let second = match fidelity {
        Fidelity::Memory | Fidelity::MemoryFullTls => MEMORY_START,
        // Whole seconds: what is written to files has no finer ones.
        Fidelity::Loopback => Timestamp::now().as_second(),
    };
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Begins to make the RSA key of a run on a thread of its own, so that it is there when it is needed.
pub fn begin_rsa_key(seed: u64) {
    // Where it fails, it fails again when it is needed.
    thread::spawn(move || drop(rsa_key(seed)));
}

/// The process's RSA key for a seed.
pub fn rsa_key(seed: u64) -> Result<Arc<[u8]>, x509::X509Error> {
    static KEYS: Mutex<BTreeMap<u64, Arc<[u8]>>> = Mutex::new(BTreeMap::new());
    // Held while the key is made, so that threads that start together make one key.
    let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = keys.get(&seed) {
        return Ok(Arc::clone(key));
    }
    let key: Arc<[u8]> = x509::make_rsa_key(seed)?.into();
    keys.insert(seed, Arc::clone(&key));
    Ok(key)
}

/// 2019-06-17 01:00 UTC, a Monday morning after the articles were published: 10:00 in Tokyo.
const MEMORY_START: i64 = 1_560_733_200;
