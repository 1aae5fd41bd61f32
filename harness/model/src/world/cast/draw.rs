//! Drawing a cast: names as people give them, addresses as companies have them.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::IpNet;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use super::Cast;
use super::regions::REGIONS;
use crate::names::{Name, WinPath};
use crate::net::{Address, Host};

/// The random numbers for one purpose in the world of a seed.
pub(super) fn stream(seed: u64, of: &str) -> ChaCha20Rng {
    // FNV-1a: the purposes are few, and theirs are no secrets.
    let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let purpose = of.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, hash);
    let mut key = [0; 32];
    let parts = [*b"marslab:", seed.to_le_bytes(), purpose.to_le_bytes()];
    for (place, byte) in key.iter_mut().zip(parts.as_flattened()) {
        *place = *byte;
    }
    ChaCha20Rng::from_seed(key)
}

/// A random GUID (version 4).
pub(super) fn guid(random: &mut ChaCha20Rng) -> String {
    let mut bytes = [0; 16];
    random.fill_bytes(&mut bytes);
    let bits = u128::from_be_bytes(bytes);
    let bits = bits & !(0xf << 76) | 4 << 76;
    let bits = bits & !(0b11 << 62) | 0b10 << 62;
    let hex = format!("{bits:032x}");
    let mut text = String::new();
    for (index, digit) in hex.chars().enumerate() {
        if [8, 12, 16, 20].contains(&index) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

pub(super) fn drawn(seed: u64) -> Cast {
    let mut dice = Dice(stream(seed, "cast"));
    let company = dice.pick(&COMPANIES);
    let [machine, other_machine, new_machine_name] = dice.machines(company);
    let domain = dice.domain(company);
    let netbios = dice.netbios(company);
    let [admin, operator, proxy_user] = dice.people();
    let account = |user: &str| Name::new(format!(r"{netbios}\{user}"));
    let [admin_sid, operator_sid] = dice.sids();
    let [vault, other_vault] = dice.vaults(company);
    let folders = dice.folders();
    let addresses = dice.addresses();
    let ([region, other_region], [storage_account, other_storage_account]) = azure(seed);
    Cast {
        machine,
        other_machine,
        new_machine_name,
        admin_upn: Name::new(format!("{admin}@{domain}")),
        domain,
        admin: account(&admin),
        admin_sid,
        operator: account(&operator),
        operator_sid,
        proxy_user: account(&proxy_user),
        tenant: Name::new(guid(&mut dice.0)),
        subscription: Name::new(guid(&mut dice.0)),
        resource_group: dice.resource_group(company),
        vault,
        other_vault,
        region,
        other_region,
        storage_account,
        other_storage_account,
        data: folders.data,
        database: folders.database,
        disk_image: folders.disk_image,
        old_disk_image: folders.old_disk_image,
        scratch: folders.scratch,
        archive: folders.archive,
        free_drive: folders.free_drive,
        proxy: addresses.proxy,
        other_proxy: addresses.other_proxy,
        dead_proxy: addresses.dead_proxy,
        proxy_wrong_port: addresses.proxy_wrong_port,
        gateway: addresses.gateway,
        network: addresses.network,
        passphrase: dice.passphrase(),
        unit: u64::from(512 + dice.below(1536)) << 20,
        seed: Some(seed),
    }
}

/// The regions of the vaults, and their storage accounts; drawn for themselves, so that the rest of a world stays as it is.
fn azure(seed: u64) -> ([String; 2], [Name; 2]) {
    let mut dice = Dice(stream(seed, "azure"));
    (dice.regions(), dice.storage_accounts())
}

struct Folders {
    data: WinPath,
    database: WinPath,
    disk_image: WinPath,
    old_disk_image: WinPath,
    scratch: WinPath,
    archive: WinPath,
    free_drive: Name,
}

struct Addresses {
    proxy: Address,
    other_proxy: Address,
    dead_proxy: Address,
    proxy_wrong_port: Address,
    gateway: IpAddr,
    network: IpNet,
}

struct Dice(ChaCha20Rng);

impl Dice {
    /// A number below `bound`.
    fn below(&mut self, bound: u32) -> u32 {
        self.0.next_u32() % bound.max(1)
    }

    fn pick<'t>(&mut self, among: &[&'t str]) -> &'t str {
        let index = self.below(u32::try_from(among.len()).unwrap_or(u32::MAX));
        among.get(usize::try_from(index).unwrap_or_default()).copied().unwrap_or_default()
    }

    /// `N` different numbers from `from` up to, but not including, `to`.
    fn several<const N: usize>(&mut self, from: u32, to: u32) -> [u32; N] {
        let mut taken = Vec::new();
        std::array::from_fn(|_| {
            let mut number = from + self.below(to - from);
            while taken.contains(&number) {
                number = from + (number + 1 - from) % (to - from);
            }
            taken.push(number);
            number
        })
    }

    /// `N` different ones.
    fn different<'t, const N: usize>(&mut self, among: &[&'t str]) -> [&'t str; N] {
        let count = u32::try_from(among.len()).unwrap_or(u32::MAX);
        self.several(0, count).map(|index| {
            among.get(usize::try_from(index).unwrap_or_default()).copied().unwrap_or_default()
        })
    }

    /// Computer names, as people give them or as Windows does: at most 15 letters, digits and hyphens.
    fn machines(&mut self, company: &str) -> [Name; 3] {
        let numbers: [u32; 3] = self.several(1, 60);
        let [role, other_role] = self.different(&MACHINE_ROLES);
        let place = self.pick(&PLACES);
        let short: String = company.chars().take(4).collect::<String>().to_ascii_uppercase();
        match self.below(6) {
            0 => numbers.map(|number| Name::new(format!("{role}{number:02}"))),
            1 => numbers.map(|number| Name::new(format!("{place}-{role}-{number:02}"))),
            2 => numbers.map(|number| Name::new(format!("{short}{role}{number:03}"))),
            3 => numbers.map(|number| Name::new(format!("{role}-{number}"))),
            4 => numbers.map(|_| {
                let name = (0..11).map(|_| self.pick(&WINDOWS_SIGNS)).collect::<String>();
                Name::new(format!("WIN-{name}"))
            }),
            _ => {
                let [one, two, three] = numbers;
                let name = |role: &str, number: u32| Name::new(format!("{role}{number}-{place}"));
                [name(role, one), name(other_role, two), name(role, three)]
            }
        }
    }

    fn domain(&mut self, company: &str) -> String {
        let end = self.pick(&["example", "test"]);
        match self.below(4) {
            0 => format!("{company}.{end}"),
            1 => format!("corp.{company}.{end}"),
            2 => format!("ad.{company}.{end}"),
            _ => format!("{}.{company}.{end}", self.pick(&PLACES).to_ascii_lowercase()),
        }
    }

    fn netbios(&mut self, company: &str) -> String {
        match self.below(3) {
            0 => company.to_ascii_uppercase(),
            1 => "AD".to_owned(),
            _ => format!("{}NET", company.chars().take(5).collect::<String>().to_ascii_uppercase()),
        }
    }

    /// The administrator, who has a profile of the same name, an operator, and a user of the proxy.
    fn people(&mut self) -> [String; 3] {
        let [admin, operator] = self.different(&FAMILY_NAMES);
        let [one, two] = self.different(&["a", "h", "j", "k", "m", "r", "s", "t", "y"]);
        let service = self.pick(&["svc-proxy", "backupuser", "proxybackup", "svc_mars", "svc.web"]);
        let [admin, operator] = match self.below(4) {
            0 => [format!("{one}.{admin}"), format!("{two}.{operator}")],
            1 => [format!("adm-{admin}"), operator.to_owned()],
            2 => [format!("{admin}{one}"), format!("{operator}{two}")],
            _ => [format!("{admin}.adm"), format!("{operator}.ops")],
        };
        [admin, operator, service.to_owned()]
    }

    /// Security identifiers of one domain.
    fn sids(&mut self) -> [String; 2] {
        let [one, two, three] = [0; 3].map(|_| self.0.next_u32());
        let numbers: [u32; 2] = self.several(1103, 9000);
        numbers.map(|number| format!("S-1-5-21-{one}-{two}-{three}-{number}"))
    }

    /// Names of vaults: letters, digits and hyphens, and at least one hyphen.
    fn vaults(&mut self, company: &str) -> [Name; 2] {
        let [one, two] = self.different(&VAULT_ENDS);
        let start = self.pick(&["rsv", "vault", "bkp", "recovery"]);
        let name = |end: &str| match start {
            "vault" => format!("{company}-vault-{end}"),
            start => format!("{start}-{company}-{end}"),
        };
        [one, two].map(|end| Name::new(name(end)))
    }

    fn regions(&mut self) -> [String; 2] {
        self.different(&REGIONS.map(|(name, _)| name)).map(str::to_owned)
    }

    /// Names of storage accounts: 3 to 24 lower-case letters and digits.
    fn storage_accounts(&mut self) -> [Name; 2] {
        let start = self.pick(&["rsvpod", "bkpstore", "mabprod", "pod01stor"]);
        let numbers: [u32; 2] = self.several(0x1000, 0xf_ffff);
        numbers.map(|number| Name::new(format!("{start}{number:06x}")))
    }

    fn resource_group(&mut self, company: &str) -> String {
        let what = self.pick(&["backup", "recovery", "dr", "infra"]);
        match self.below(3) {
            0 => format!("rg-{company}-{what}"),
            1 => format!("{company}_{what}_rg"),
            _ => format!("{what}-prod-rg"),
        }
    }

    fn folders(&mut self) -> Folders {
        // The articles fix it: what becomes of backups of an Azure virtual machine depends on D:, its temporary disk.
        let data = "D";
        let [archive, free] = self.different(&["E", "G", "H", "M", "R", "S", "T", "X"]);
        let folder = self.pick(&["Daten", "Shares", "Files", "SQLData", "CompanyData", "Projects"]);
        let data_folder = WinPath::new(format!(r"{data}:\{folder}"));
        let [database, image] = self.different(&FILES);
        let year = 2011 + self.below(8);
        let scratch =
            self.pick(&["Scratch", "MarsScratch", r"Backup\Scratch", "AgentCache", "OBScratch"]);
        let archived = self.pick(&["Archive", "Old", "Records", "Storage", "Vol2"]);
        Folders {
            database: data_folder.join(&format!("{database}.mdf")),
            disk_image: data_folder.join(&format!("{image}.vhdx")),
            old_disk_image: data_folder.join(&format!(r"{year}\{image}.vhdx")),
            data: data_folder,
            scratch: WinPath::new(format!(r"{data}:\{scratch}")),
            archive: WinPath::new(format!(r"{archive}:\{archived}")),
            free_drive: Name::new(format!("{free}:")),
        }
    }

    /// Addresses of a private network (RFC 1918), and ports as proxies have them.
    fn addresses(&mut self) -> Addresses {
        let byte = |number: u32| u8::try_from(number % 256).unwrap_or_default();
        let (two, three) = (byte(self.below(250) + 1), byte(self.below(250) + 1));
        let (net, prefix, subnet) = match self.below(3) {
            0 => ([10, 0, 0, 0], 8, [10, two, three]),
            1 => ([172, 16, 0, 0], 12, [172, 16 + two % 16, three]),
            _ => ([192, 168, 0, 0], 16, [192, 168, three]),
        };
        let [a, b, c] = subnet;
        let [proxy, other, dead] = self.several::<3>(2, 250).map(byte);
        let [port, wrong, other_port, dead_port] =
            self.different::<4>(&PORTS).map(|port| port.parse::<u16>().unwrap_or(8080));
        let at =
            |host, port| Address { host: Host::Ip(IpAddr::V4(Ipv4Addr::new(a, b, c, host))), port };
        Addresses {
            proxy: at(proxy, port),
            proxy_wrong_port: at(proxy, wrong),
            other_proxy: at(other, other_port),
            dead_proxy: at(dead, dead_port),
            gateway: IpAddr::V4(Ipv4Addr::new(a, b, c, 1)),
            network: IpNet::new(IpAddr::from(net), prefix).unwrap_or_default(),
        }
    }

    fn passphrase(&mut self) -> String {
        let words: [&str; 4] = self.different(&WORDS);
        format!("{} {}", words.join(" "), self.below(10_000))
    }
}

const COMPANIES: [&str; 12] = [
    "adatum",
    "alpineski",
    "fabrikam",
    "fourthcoffee",
    "litware",
    "lucerne",
    "margies",
    "northwind",
    "proseware",
    "tailspin",
    "wingtip",
    "woodgrove",
];

const PLACES: [&str; 10] = ["TYO", "OSA", "SEL", "TPE", "LON", "MUC", "NYC", "ZRH", "HKG", "NAGO"];

const MACHINE_ROLES: [&str; 10] =
    ["FS", "SQL", "APP", "FILE", "DB", "HV", "BKP", "PRINT", "WEB", "NODE"];

/// Windows names a computer `WIN-` and eleven of these.
const WINDOWS_SIGNS: [&str; 32] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "C", "D", "E", "F", "G", "H", "J",
    "K", "L", "M", "N", "P", "Q", "R", "S", "T", "U", "V", "W", "X",
];

const FAMILY_NAMES: [&str; 14] = [
    "tanaka", "sato", "kim", "park", "chen", "lin", "mueller", "weber", "garcia", "smith", "novak",
    "ito", "lee", "huang",
];

const VAULT_ENDS: [&str; 10] =
    ["prod", "dr", "tokyo", "branch", "servers", "2016", "files", "sql", "main", "archive"];

const FILES: [&str; 12] = [
    "invoices", "orders", "crm", "erp", "payroll", "stock", "webshop", "tickets", "drawings",
    "mail", "history", "scans",
];

/// Ports that proxies and their neighbours have; never those of the web itself.
const PORTS: [&str; 12] = [
    "3128", "3129", "8000", "8008", "8081", "8085", "8118", "8123", "8888", "9090", "9400", "10080",
];

const WORDS: [&str; 16] = [
    "amber", "anchor", "basil", "candle", "copper", "harbor", "lantern", "maple", "meadow",
    "orbit", "pepper", "river", "saddle", "timber", "velvet", "willow",
];
