//! The documented failures of the MARS agent, as data: the catalogue's tables and every scenario file, embedded.
//!
//! Absent: any code that reads them.

/// The name and the text of every scenario file, in order of their names.
pub const SCENARIOS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// The name and the text of every lesson, in order of their names.
pub const LESSONS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// How hard each play is: made by `marslab reference difficulty`. Columns, by tabs: play, level, how many weak subjects fail,
/// of how many, how many plays have its complaint.
pub const DIFFICULTY: &str = include_str!("../difficulty.tsv");

/// The files of the example of a pack, by their names.
pub const EXAMPLE_PACK: &[(&str, &str)] = &[
    ("messages.toml", include_str!("../packs/contoso/messages.toml")),
    ("causes.toml", include_str!("../packs/contoso/causes.toml")),
    ("remedies.toml", include_str!("../packs/contoso/remedies.toml")),
    ("failures.toml", include_str!("../packs/contoso/failures.toml")),
    ("backup-locked.toml", include_str!("../packs/contoso/backup-locked.toml")),
    ("core.py", include_str!("../packs/contoso/core.py")),
];

/// The tables of the catalogue, one file each, as TOML.
pub mod catalogue {
    /// The sections of the articles.
    pub const SECTIONS: &str = include_str!("../catalogue/sections.toml");
    /// The product's messages, in four languages.
    pub const MESSAGES: &str = include_str!("../catalogue/messages.toml");
    /// Which message the product shows where.
    pub const SHOWN: &str = include_str!("../catalogue/shown.toml");
    /// The causes that a diagnostic core can name.
    pub const CAUSES: &str = include_str!("../catalogue/causes.toml");
    /// What a diagnosis can leave unchecked.
    pub const AREAS: &str = include_str!("../catalogue/areas.toml");
    /// What an administrator can do about them.
    pub const REMEDIES: &str = include_str!("../catalogue/remedies.toml");
    /// The documented failures of the three articles of 2019.
    pub const FAILURES: &str = include_str!("../catalogue/failures.toml");
    /// The failures that only newer sources document.
    pub const BEYOND: &str = include_str!("../catalogue/beyond.toml");
    /// The causes that no program can tell apart.
    pub const LOOK_ALIKES: &str = include_str!("../catalogue/look-alikes.toml");

    /// The texts of the tables in other languages.
    pub mod told {
        /// In Japanese.
        pub const JA: &str = include_str!("../catalogue/told/ja.toml");
        /// In Korean.
        pub const KO: &str = include_str!("../catalogue/told/ko.toml");
        /// In Chinese as written in Taiwan.
        pub const ZH_TW: &str = include_str!("../catalogue/told/zh-TW.toml");
    }
}
