//! What types look like.

use super::super::value::{Object, Value};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    /// Its heading.
    pub(super) title: &'a str,
    /// The property that it shows.
    pub(super) property: &'a str,
    /// Its width; 0 where what is in it decides.
    pub(super) width: usize,
    /// Whether it is aligned to the right.
    pub(super) is_right: bool,
}

impl<'a> Column<'a> {
    const fn new(title: &'a str, width: usize) -> Self {
        Self { title, property: title, width, is_right: false }
    }

    const fn right(title: &'a str, width: usize) -> Self {
        Self { title, property: title, width, is_right: true }
    }

    const fn of(mut self, property: &'a str) -> Self {
        self.property = property;
        self
    }

    /// A column for a property of no known type: numbers, dates and enumerations are aligned to the right.
    pub(super) fn found(name: &'a str, objects: &[&Object]) -> Self {
        let own = objects.first().and_then(|object| {
            let mut fields = object.fields.iter();
            fields.find(|(field, _)| field.eq_ignore_ascii_case(name))
        });
        let is_right = own.is_some_and(|(_, value)| {
            matches!(
                value,
                Value::Int(_) | Value::Float(_) | Value::Enum(_) | Value::Bool(_) | Value::Date(_)
            )
        });
        Self { title: name, property: name, width: 0, is_right }
    }
}

/// How a type is shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum View {
    /// As a table.
    Table {
        /// Its columns.
        columns: &'static [Column<'static>],
        /// A heading over what has the same value of a property.
        group: Option<(&'static str, &'static str)>,
        /// What `Format-List` shows; empty for all properties.
        list: &'static [&'static str],
    },
    /// As a list of these properties; of all if none is named.
    List(&'static [&'static str]),
}

/// The view of a type, where it has one.
pub(super) fn of(kind: &str) -> Option<View> {
    VIEWS.iter().find(|(own, _)| *own == kind).map(|(_, view)| *view)
}

const fn table(columns: &'static [Column<'static>]) -> View {
    View::Table { columns, group: None, list: &[] }
}

/// The entries of a hashtable.
pub(super) const ENTRIES: &[Column<'static>] = &[Column::new("Name", 30), Column::new("Value", 0)];

/// The types by name. † marks widths that are remembered.
const VIEWS: &[(&str, View)] = &[
    (
        "System.Version",
        table(&[
            Column::new("Major", 6),
            Column::new("Minor", 6),
            Column::new("Build", 6),
            Column::new("Revision", 8),
        ]),
    ),
    (
        "System.ServiceProcess.ServiceController",
        View::Table {
            columns: &[
                Column::new("Status", 8),
                Column::new("Name", 18),
                Column::new("DisplayName", 38),
            ],
            group: None,
            list: &["Name", "DisplayName", "Status", "CanStop", "ServiceType"],
        },
    ),
    // †
    (
        "MSFT_ScheduledTask",
        View::Table {
            columns: &[
                Column::new("TaskPath", 46),
                Column::new("TaskName", 33),
                Column::new("State", 10),
            ],
            group: None,
            list: &[
                "Actions",
                "Author",
                "Principal",
                "Settings",
                "State",
                "TaskName",
                "TaskPath",
                "Triggers",
            ],
        },
    ),
    (
        "System.Management.Automation.PSDriveInfo",
        table(&[
            Column::new("Name", 10),
            Column::right("Used (GB)", 13).of("UsedGB"),
            Column::right("Free (GB)", 13).of("FreeGB"),
            Column::new("Provider", 13),
            Column::new("Root", 45),
            Column::right("CurrentLocation", 20),
        ]),
    ),
    // †
    (
        "MSFT_Volume",
        table(&[
            Column::new("DriveLetter", 0),
            Column::new("FileSystemLabel", 0),
            Column::new("FileSystem", 0),
            Column::new("DriveType", 0),
            Column::new("HealthStatus", 0),
            Column::right("SizeRemaining", 0).of("SizeRemainingText"),
            Column::right("Size", 0).of("SizeText"),
        ]),
    ),
    (
        "System.Diagnostics.Eventing.Reader.EventLogRecord",
        View::Table {
            columns: &[
                Column::new("TimeCreated", 25),
                Column::right("Id", 8),
                Column::new("LevelDisplayName", 16),
                Column::new("Message", 0),
            ],
            group: Some(("ProviderName", "ProviderName")),
            list: &["TimeCreated", "ProviderName", "Id", "Message"],
        },
    ),
    (
        "System.Diagnostics.EventLogEntry",
        View::Table {
            columns: &[
                Column::right("Index", 8),
                Column::new("Time", 13),
                Column::new("EntryType", 11),
                Column::new("Source", 20),
                Column::right("InstanceID", 12),
                Column::new("Message", 0),
            ],
            group: None,
            list: &["Index", "EntryType", "InstanceID", "Message", "Source", "TimeGenerated"],
        },
    ),
    (
        "Win32_QuickFixEngineering",
        table(&[
            Column::new("Source", 13),
            Column::new("Description", 16),
            Column::new("HotFixID", 13),
            Column::new("InstalledBy", 20),
            Column::new("InstalledOn", 25),
        ]),
    ),
    // †
    (
        "MSFT_PnpDevice",
        table(&[
            Column::new("Status", 10),
            Column::new("Class", 15),
            Column::new("FriendlyName", 60),
            Column::new("InstanceId", 0),
        ]),
    ),
    (
        "System.IO.FileSystemInfo",
        View::Table {
            columns: &[
                Column::new("Mode", 7),
                Column::right("LastWriteTime", 25).of("LastWriteText"),
                Column::right("Length", 14),
                Column::new("Name", 0),
            ],
            group: Some(("Directory", "Directory")),
            list: &["Name", "Length", "LastWriteTime", "Attributes"],
        },
    ),
    // †
    (
        "Microsoft.Win32.RegistryKey",
        View::Table {
            columns: &[Column::new("Name", 30), Column::new("Property", 0)],
            group: Some(("Hive", "Hive")),
            list: &[],
        },
    ),
    (
        "System.Security.Cryptography.X509Certificates.X509Certificate2",
        View::Table {
            columns: &[Column::new("Thumbprint", 41), Column::new("Subject", 0)],
            group: Some(("PSParentPath", "PSParentPath")),
            list: &["Subject", "Issuer", "Thumbprint", "NotBefore", "NotAfter"],
        },
    ),
    (
        "System.Management.Automation.PSModuleInfo",
        View::Table {
            columns: &[
                Column::new("ModuleType", 10),
                Column::new("Version", 10),
                Column::new("Name", 35),
                Column::new("ExportedCommands", 0),
            ],
            group: Some(("Directory", "Directory")),
            list: &[],
        },
    ),
    ("TestNetConnectionResult", View::List(&[])),
    (
        "Microsoft.PowerShell.Commands.HtmlWebResponseObject",
        View::List(&["StatusCode", "StatusDescription", "Content", "RawContentLength"]),
    ),
    // †
    (
        "Microsoft.DnsClient.Commands.DnsRecord",
        table(&[
            Column::new("Name", 46),
            Column::new("Type", 6),
            Column::new("TTL", 5),
            Column::new("Section", 10),
            Column::new("IPAddress", 0),
        ]),
    ),
];
