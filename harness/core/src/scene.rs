//! Everything that several rules look at, gathered once.

use std::mem;
use std::sync::OnceLock;

use jiff::Timestamp;
use marslab_model::host::{Account, ServiceInfo, TaskInfo};
use marslab_model::{Address, DialError, HostName, HostRead, Name, Operation};
use marslab_wire::http::{HttpError, Route, Scheme, Url};
use marslab_wire::tls::TlsError;
use serde::Deserialize;

use crate::config::{Config, Vault};
use crate::credentials::{self, CredentialsFile, Document};
use crate::facts::clouds::Cloud;
use crate::facts::{AGENT_PROGRAM, ISCSI_PORT, MACHINES_PATH, RECOVERY_LABEL, SERVICE_LABEL};
use crate::items::{self, Opened};
use crate::limits::Limits;
use crate::login::{self, Asked, Login};
use crate::portal::{Portal, Session};
use crate::proxy;
use crate::scratch::Scratch;
use crate::survey::{self, Clock, Needs, Place, Survey};
use crate::tls::{Answer, Offer};
use crate::version::Version;
use crate::web::Web;

/// What rules look at.
pub(crate) struct Scene<'a> {
    /// What was tried.
    pub(crate) operation: Operation,
    /// The machine.
    pub(crate) host: &'a dyn HostRead,
    /// By which numbers it is judged.
    pub(crate) limits: Limits,
    /// What the agent wrote into the registry.
    pub(crate) config: Config,
    /// The newest vault credentials file.
    pub(crate) credentials: Option<CredentialsFile>,
    /// Where the scratch folder is.
    pub(crate) scratch: Scratch,
    /// Which TLS versions the agent offers.
    pub(crate) offer: Offer,
    /// What the network lets pass.
    pub(crate) network: Survey,
    /// What the login service says of the credentials file.
    pub(crate) login: Login,
    /// Where the vault's recovery points are offered, and why no connection is opened there; only for a restore.
    pub(crate) recovery: Option<(Address, Option<DialError>)>,
    /// What the vault's service says to a registered server.
    pub(crate) service: Service,
    /// What the portal shows its user; `None` if no user is signed in, or the portal was not asked.
    pub(crate) portal: Option<Portal>,
    /// The host of the vault's service, looked for when somebody first asks.
    service_host: OnceLock<Option<HostName>>,
    /// The selected files, opened when somebody first asks.
    selected_files: OnceLock<Option<Vec<Opened>>>,
}

/// What the vault's service says to a registered server, which brings no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    /// It was not asked.
    NotAsked,
    /// It could not be asked.
    Unreached,
    /// It refuses what the server asks, with this code.
    Refuses(String),
    /// Something else.
    Answers,
}

impl<'a> Scene<'a> {
    /// Looks at the machine, and from it at the network.
    pub(crate) async fn gather(
        operation: Operation,
        host: &'a dyn HostRead,
        limits: Limits,
    ) -> Self {
        let mut scene = Self::at_rest(operation, host, limits);
        if operation == Operation::DownloadCredentials {
            scene.visit_portal().await;
            return scene;
        }
        scene.network = survey::survey(host, Account::System, &scene.places()).await;
        scene.keep_refused_offers(&Account::System).await;
        scene.offer.answer = scene.answer_to_offer().await;
        if operation == Operation::Restore {
            scene.recovery = scene.dial_recovery().await;
        }
        if operation == Operation::Register {
            scene.login = scene.ask_login().await;
            scene.portal = scene.ask_containers().await;
        } else {
            scene.service = scene.ask_service().await;
        }
        scene
    }

    /// Looks at the machine alone.
    pub(crate) fn at_rest(operation: Operation, host: &'a dyn HostRead, limits: Limits) -> Self {
        let config = Config::read(host);
        Self {
            operation,
            host,
            limits,
            credentials: CredentialsFile::newest(host),
            scratch: Scratch::find(host, &config),
            config,
            offer: Offer::read(host, &limits),
            network: Survey::default(),
            login: Login::NotAsked,
            recovery: None,
            service: Service::NotAsked,
            portal: None,
            service_host: OnceLock::new(),
            selected_files: OnceLock::new(),
        }
    }

    /// The selected files, as the agent would open them; `None` if their folders are too many.
    pub(crate) fn selected_files(&self) -> Option<&[Opened]> {
        let opened = || items::open_selected(self.host, &self.config);
        self.selected_files.get_or_init(opened).as_deref()
    }

    /// What the agent needs of the network.
    pub(crate) fn places(&self) -> Vec<Place> {
        let is_backup = matches!(self.operation, Operation::Backup | Operation::ScheduledBackup);
        let storage = if is_backup { self.config.storage_hosts.clone() } else { Vec::new() };
        let without_probe = !self.needs_probe();
        survey::of_agent(&Needs { service: self.service_host(), storage, without_probe })
    }

    /// Whether the agent asks the connectivity probe of Windows.
    pub(crate) fn needs_probe(&self) -> bool {
        self.cloud().needs_probe || !self.is_https_only()
    }

    fn is_https_only(&self) -> bool {
        let first = Version::new(&[2, 0, self.limits.https_only_build]);
        let version = self.installed(AGENT_PROGRAM).and_then(|version| Version::parse(&version));
        version.is_some_and(|version| version >= first)
    }

    /// The host of the vault's service, if a registration or a credentials file tells it.
    pub(crate) fn service_host(&self) -> Option<HostName> {
        let told = || credentials::service_host(self.host);
        let known = || self.config.service_host.clone().or_else(told);
        self.service_host.get_or_init(known).clone()
    }

    /// The cloud of the vault.
    pub(crate) fn cloud(&self) -> &'static Cloud {
        Cloud::of(self.service_host().as_ref())
    }

    /// What time it is: the machine's own, unless a server showed that it is wrong.
    pub(crate) fn now(&self) -> Timestamp {
        let is_off = |clock: &Clock| self.limits.is_clock_off(clock.seconds_ahead());
        let wrong = self.network.clock.filter(is_off);
        wrong.map_or_else(|| self.host.now(), |clock| clock.server)
    }

    /// Whether the credentials file is what a registration would use.
    pub(crate) fn needs_credentials(&self) -> bool {
        self.operation == Operation::Register || !self.config.is_registered()
    }

    /// Whether the machine is registered with the vault of the credentials file; `None` if it is not registered.
    pub(crate) fn registered_with_wanted_vault(&self) -> Option<bool> {
        let registered = self.config.vault.as_ref().filter(|_| self.config.is_registered())?;
        let wanted = self.document().map(|document| &document.vault.name);
        // No other one is known where the file cannot be read.
        Some(wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(&registered.name)))
    }

    /// The version of a program in the list of programs.
    pub(crate) fn installed(&self, program: &str) -> Option<String> {
        self.host.software().unwrap_or_default().remove(&Name::new(program))
    }

    /// The agent's task, or another one.
    pub(crate) fn task(&self, path: &str) -> Option<TaskInfo> {
        self.host.task(&Name::new(path)).ok().flatten()
    }

    /// A service, as it is configured.
    pub(crate) fn service(&self, name: &str) -> Option<ServiceInfo> {
        self.host.service(&Name::new(name)).ok().flatten()
    }

    /// What stands in the credentials file.
    pub(crate) fn document(&self) -> Option<&Document> {
        self.credentials.as_ref()?.document()
    }

    async fn visit_portal(&mut self) {
        let session = self.signed_in();
        let user = session.as_ref().map(|(user, _)| user.clone());
        let first = || self.host.users().unwrap_or_default().pop_first();
        let Some(user) = user.or_else(first) else { return };
        let places = survey::of_portal(self.cloud());
        self.offer = Offer::of_browser(self.host);
        let who = Account::User(user);
        self.network = survey::survey(self.host, who.clone(), &places).await;
        self.keep_refused_offers(&who).await;
        self.network.clock = match self.network.clock {
            None => self.clock_elsewhere().await,
            known => known,
        };
        let vault = self.vault();
        let management = self.cloud().management.parse();
        let route = management.ok().and_then(|url| self.route_to(&url));
        if let Some(session) = session.map(|session| self.open(session, route)) {
            self.portal = Some(session.ask(vault).await);
        }
    }

    /// The vault of the credentials file, or else that of the registration.
    fn vault(&self) -> Option<&Vault> {
        self.document().map(|document| &document.vault).or(self.config.vault.as_ref())
    }

    /// The time of a server that has nothing to do with the portal, where those of the portal cannot be reached.
    async fn clock_elsewhere(&self) -> Option<Clock> {
        survey::survey(self.host, Account::System, &self.places()).await.clock
    }

    /// Of the servers without TLS 1.2, those that take nothing else of what is offered.
    async fn keep_refused_offers(&mut self, who: &Account) {
        for refusal in mem::take(&mut self.network.version_refusals) {
            let web = Web::new(self.host, who.clone());
            let web = Web { versions: self.offer.versions.clone(), ..web };
            if refusal.is_of(&web, self.route_to(&refusal.url)).await {
                self.network.version_refusals.push(refusal);
            }
        }
    }

    /// Offers the servers that can be reached, and take TLS 1.2, what the agent would. One that refuses is enough.
    async fn answer_to_offer(&self) -> Answer {
        let offer = &self.offer;
        if offer.is_current() {
            return Answer::NotAsked;
        }
        let web = Web { versions: offer.versions.clone(), ..Web::new(self.host, Account::System) };
        let mut said = Answer::Unreached;
        let refusals = &self.network.version_refusals;
        let is_asked = |place: &&Place| {
            place.url.scheme == Scheme::Https && refusals.iter().all(|it| it.url != place.url)
        };
        for place in self.places().iter().filter(is_asked) {
            match web.get(&place.url, self.route_to(&place.url)).await {
                Err(HttpError::Tls(TlsError::NoCommonVersion | TlsError::Closed)) => {
                    return Answer::Refused;
                }
                Err(_) => {}
                Ok(_) => said = Answer::Taken,
            }
        }
        said
    }

    async fn dial_recovery(&self) -> Option<(Address, Option<DialError>)> {
        let service = self.service_host()?;
        let region = service.as_str().strip_prefix(SERVICE_LABEL)?;
        let portal = Address::new(&format!("{RECOVERY_LABEL}{region}"), ISCSI_PORT);
        let error = self.host.dial(&Account::System, &portal).await.err();
        Some((portal, error))
    }

    /// Asks the vault's service, where it can be reached, for what only the server itself is told.
    async fn ask_service(&self) -> Service {
        #[derive(Deserialize)]
        struct Refusal {
            error: Code,
        }
        #[derive(Deserialize)]
        struct Code {
            code: String,
        }
        let own = self.config.service_host.as_ref().zip(self.config.machine_id.as_ref());
        let url = own.map(|(host, id)| format!("https://{host}{MACHINES_PATH}{id}/recoverypoints"));
        let Some(Ok(url)) = url.map(|url| url.parse::<Url>()) else { return Service::NotAsked };
        if !self.network.passes_to(&url.host) {
            return Service::Unreached;
        }
        let web = Web::new(self.host, Account::System);
        match web.get(&url, self.route_to(&url)).await {
            Err(_) => Service::Unreached,
            Ok(answer) => match answer.json::<Refusal>() {
                Ok(refusal) => Service::Refuses(refusal.error.code),
                Err(_) => Service::Answers,
            },
        }
    }

    async fn ask_login(&self) -> Login {
        let document = self.document().filter(|_| !self.config.is_registered());
        let document = document.filter(|document| document.not_after >= self.now());
        let Some(document) = document else { return Login::NotAsked };
        let authority = document.authority.parse().ok();
        let route = authority.and_then(|authority| self.route_to(&authority));
        let web = Web::new(self.host, Account::System);
        let asked = Asked { now: self.now(), valid_seconds: self.limits.assertion_seconds };
        login::ask(&web, document, route, asked).await
    }

    /// Asks by the user's own way; where that does not lead there, the agent's may.
    async fn ask_containers(&self) -> Option<Portal> {
        let vault = self.vault();
        let (user, token) = self.signed_in()?;
        let web = Web::new(self.host, Account::User(user.clone()));
        let used = survey::script::follow(&web, proxy::of_user(self.host, &user)).await.proxy;
        let management = self.cloud().management.parse().ok()?;
        let by_user = used.and_then(|proxy| proxy.route_to(&management));
        let asked = self.open((user.clone(), token.clone()), by_user).ask_containers(vault).await;
        if asked.containers.is_some() {
            return Some(asked);
        }
        let by_agent = self.route_to(&management);
        Some(self.open((user, token), by_agent).ask_containers(vault).await)
    }

    /// The first user who is signed in to the portal, and the session's token.
    pub(crate) fn signed_in(&self) -> Option<(Name, String)> {
        let mut users = self.host.users().unwrap_or_default().into_iter();
        users.find_map(|user| {
            let token = self.host.portal_session(&user).ok().flatten()?;
            Some((user, token))
        })
    }

    /// A user's session of the portal, by one way.
    pub(crate) fn open(&self, (user, token): (Name, String), route: Option<Route>) -> Session<'a> {
        let web = Web::new(self.host, Account::User(user.clone()));
        Session { web, route, management: self.cloud().management, user, token }
    }

    /// By which way the account that was surveyed reaches a URL.
    pub(crate) fn route_to(&self, url: &Url) -> Option<Route> {
        self.network.proxy.as_ref()?.route_to(url)
    }
}
