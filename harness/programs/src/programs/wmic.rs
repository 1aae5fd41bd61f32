//! `wmic`: the installed updates (`qfe`) and programs (`product`).
//!
//! † The exit codes; a query that fits nothing; of a program, only its name and version are there.

use async_trait::async_trait;
use marslab_shell::{Printed, dates};

use crate::program::{Call, Program};

pub(super) struct Wmic;

#[async_trait]
impl Program for Wmic {
    fn name(&self) -> &'static str {
        "wmic"
    }

    fn about(&self) -> &'static str {
        "installed updates, and programs"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "qfe|product",
            "qfe|product list [brief]",
            "qfe|product [where PROPERTY='VALUE'] get PROPERTY[,PROPERTY]",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let Some(alias) = call.arg(0) else {
            return Printed::failed(1, "wmic: its own prompt is not part of the lab.\n");
        };
        let mut table = match alias.to_ascii_lowercase().as_str() {
            "qfe" => updates(call),
            "product" => programs(call),
            _ => {
                let text = format!("wmic: {alias} is not part of the lab; qfe and product are.\n");
                return Printed::failed(1, text);
            }
        };
        let Some(asked) = asked(call.args.get(1..).unwrap_or_default()) else {
            return Printed::failed(FAILED, "Invalid Verb Switch.\n");
        };
        let of_filter = asked.filter.iter().map(|(name, _)| name);
        if !of_filter.chain(&asked.properties).all(|name| table.column(name).is_some()) {
            let text = format!(
                "Node - {}\nERROR:\nDescription = Invalid query\n",
                call.host().computer_name()
            );
            return Printed::failed(FAILED, text);
        }
        if let Some((name, value)) = &asked.filter {
            let column = table.column(name);
            let own = |row: &[String]| column.and_then(|at| row.get(at)).cloned();
            table.rows.retain(|row| own(row).is_some_and(|own| own.eq_ignore_ascii_case(value)));
        }
        if table.rows.is_empty() {
            return Printed::ok("No Instance(s) Available.\n");
        }
        let is_asked = |name: &str| asked.properties.iter().any(|it| it.eq_ignore_ascii_case(name));
        let all = asked.properties.is_empty();
        let is_short = |name: &str| !asked.is_brief || !NOT_BRIEF.contains(&name);
        Printed::ok(table.printed(|name| is_asked(name) || (all && is_short(name))))
    }
}

/// What is asked of an alias.
#[derive(Default)]
struct Asked {
    /// A property, and the value that it must have.
    filter: Option<(String, String)>,
    /// The properties; all where there are none.
    properties: Vec<String>,
    /// Whether what goes without saying is left out.
    is_brief: bool,
}

/// What stands behind an alias.
fn asked(words: &[String]) -> Option<Asked> {
    let mut asked = Asked::default();
    let mut words = words.iter();
    let mut verb = words.next().map(|it| it.to_ascii_lowercase());
    if verb.as_deref() == Some("where") {
        let condition = words.next()?.trim_matches(['(', ')', '"']);
        let (name, value) = condition.split_once('=')?;
        let value = value.trim().trim_matches(['\'', '"']);
        asked.filter = Some((name.trim().to_owned(), value.to_owned()));
        verb = words.next().map(|it| it.to_ascii_lowercase());
    }
    let mut rest = words.flat_map(|it| it.split(',')).filter(|it| !it.is_empty()).peekable();
    match verb.as_deref() {
        Some("list") if rest.peek().is_some_and(|it| it.eq_ignore_ascii_case("brief")) => {
            asked.is_brief = true;
        }
        None | Some("list") if rest.peek().is_none() => {}
        Some("get") => asked.properties = rest.map(str::to_owned).collect(),
        _ => return None,
    }
    Some(asked)
}

/// What an alias has: its properties, in the order of the alphabet, and a row for each thing.
struct Table {
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Table {
    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|own| own.eq_ignore_ascii_case(name))
    }

    /// Each column is as wide as what is in it, and two more.
    fn printed(&self, is_shown: impl Fn(&str) -> bool) -> String {
        let heads: Vec<String> = self.columns.iter().map(|&name| name.to_owned()).collect();
        let all: Vec<&Vec<String>> = std::iter::once(&heads).chain(&self.rows).collect();
        let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
        let width = |at| all.iter().map(|row| cell(row, at).chars().count()).max().unwrap_or(0) + 2;
        let shown = self.columns.iter().enumerate().filter(|(_, name)| is_shown(name));
        let shown: Vec<(usize, usize)> = shown.map(|(at, _)| (at, width(at))).collect();
        let line = |row: &&Vec<String>| {
            let cells = shown.iter().map(|(at, width)| format!("{:<width$}", cell(row, *at)));
            cells.collect::<String>() + "\n"
        };
        all.iter().map(line).collect::<String>() + "\n"
    }
}

/// `Win32_QuickFixEngineering`.
fn updates(call: &Call<'_>) -> Table {
    let host = call.host();
    let updates = host.installed_updates().into_iter();
    let rows = updates.map(|(id, update)| {
        let day = dates::local(host, update.installed).date();
        let number = id.as_str().trim_start_matches("KB");
        let known = [
            format!("http://support.microsoft.com/?kbid={number}"),
            host.computer_name().to_string(),
            if update.security { "Security Update" } else { "Update" }.to_owned(),
            String::new(),
            id.to_string(),
            String::new(),
            r"NT AUTHORITY\SYSTEM".to_owned(),
            format!("{}/{}/{}", day.month(), day.day(), day.year()),
        ];
        known.to_vec()
    });
    Table { columns: UPDATE, rows: rows.collect() }
}

/// `Win32_Product`.
fn programs(call: &Call<'_>) -> Table {
    let programs = call.host().software().unwrap_or_default().into_iter();
    let rows = programs.map(|(name, version)| vec![name.to_string(), version]);
    Table { columns: PRODUCT, rows: rows.collect() }
}

const UPDATE: &[&str] = &[
    "Caption",
    "CSName",
    "Description",
    "FixComments",
    "HotFixID",
    "InstallDate",
    "InstalledBy",
    "InstalledOn",
    "Name",
    "ServicePackInEffect",
    "Status",
];

/// What `list brief` leaves out.
const NOT_BRIEF: [&str; 2] = ["Caption", "CSName"];

const PRODUCT: &[&str] = &["Name", "Version"];

const FAILED: u32 = 44_175;
