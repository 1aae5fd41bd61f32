//! `net`: services by their display names, mapped drives, accounts and groups.
//!
//! Texts and exit codes as Windows has them (numbers of `NET HELPMSG`); of subcommands only those that the articles' steps
//! need.

use async_trait::async_trait;
use marslab_model::Name;
use marslab_model::host::{HostError as _, ServiceInfo};
use marslab_model::world::{ServiceState, VolumeKind};
use marslab_shell::columns::left;
use marslab_shell::wording::{Texts, fill};
use marslab_shell::{Printed, messages};

use crate::page::Page;
use crate::program::{Call, Program};

mod texts;

pub(super) struct Net;

#[async_trait]
impl Program for Net {
    fn name(&self) -> &'static str {
        "net"
    }

    fn about(&self) -> &'static str {
        "services, mapped drives, accounts, groups"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "start",
            "start SERVICE",
            "stop SERVICE",
            "use",
            "user [NAME]",
            "localgroup [GROUP]",
            "helpmsg NUMBER",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let verb = call.arg(0).unwrap_or_default().to_ascii_lowercase();
        let name = call.args.get(1..).unwrap_or_default().join(" ");
        match (verb.as_str(), name.as_str()) {
            ("start", "") => list(call),
            ("start", name) => start(call, name),
            ("stop", name) if !name.is_empty() => stop(call, name),
            ("use", "") => drives(call),
            ("user", name) => user(call, name),
            ("localgroup", name) => group(call, name),
            ("helpmsg", number) => help(call, number),
            _ => Printed::failed(1, SYNTAX),
        }
    }
}

const SYNTAX: &str = "The syntax of this command is:\n\nNET\n    [ ACCOUNTS | COMPUTER | CONFIG | CONTINUE | FILE | GROUP | HELP |
      HELPMSG | LOCALGROUP | PAUSE | SESSION | SHARE | START |
      STATISTICS | STOP | TIME | USE | USER | VIEW ]\n";

fn done(call: &Call<'_>, page: Page) -> Printed {
    Printed::ok(format!("{}{}\n\n", page.text(), call.text(&texts::DONE)))
}

/// A refusal with the number of its help message; exit code 2.
fn refused(call: &Call<'_>, texts: &Texts, values: &[&str], number: u32) -> Printed {
    let text = fill(call.text(texts), values);
    let more = fill(call.text(&texts::MORE_HELP), &[&number.to_string()]);
    Printed::failed(2, format!("{text}\n\n{more}\n\n"))
}

/// `System error N has occurred.`
fn system_error(call: &Call<'_>, number: u32) -> Printed {
    let first = fill(call.text(&texts::SYSTEM_ERROR), &[&number.to_string()]);
    let message = messages::of(call.language(), number);
    Printed::failed(2, format!("{first}\n\n{message}\n\n"))
}

/// The service with this service name or display name.
fn service(call: &Call<'_>, typed: &str) -> Option<(Name, ServiceInfo)> {
    let name = Name::new(typed);
    let info = |name: &Name| call.host().service(name).ok().flatten();
    if let Some(found) = info(&name) {
        return Some((name, found));
    }
    let each = call.host().service_names().into_iter();
    let mut each = each.filter_map(|name| info(&name).map(|info| (name, info)));
    each.find(|(_, info)| Name::new(&info.display) == name)
}

fn list(call: &Call<'_>) -> Printed {
    let mut page = Page::default();
    page.line(call.text(&texts::STARTED_ONES)).blank();
    let names = call.host().service_names().into_iter();
    let infos = names.filter_map(|name| call.host().service(&name).ok().flatten());
    let running =
        infos.filter(|info| info.state == ServiceState::Running && !info.account.is_empty());
    let mut displays: Vec<String> = running.map(|info| info.display).collect();
    displays.sort();
    for display in displays {
        page.line(format!("   {display}"));
    }
    page.blank();
    done(call, page)
}

fn start(call: &Call<'_>, typed: &str) -> Printed {
    let Some((name, info)) = service(call, typed) else {
        return refused(call, &texts::INVALID_NAME, &[], 2185);
    };
    if !call.is_administrator() {
        return system_error(call, 5);
    }
    if info.state == ServiceState::Running {
        return refused(call, &texts::ALREADY_STARTED, &[], 2182);
    }
    match call.host().start_service(&name) {
        Ok(()) => {
            let display = info.display.as_str();
            Printed::ok(fill(call.text(&texts::STARTED), &[display, display]))
        }
        Err(error) => system_error(call, error.number()),
    }
}

fn stop(call: &Call<'_>, typed: &str) -> Printed {
    let Some((name, info)) = service(call, typed) else {
        return refused(call, &texts::INVALID_NAME, &[], 2185);
    };
    let display = info.display.as_str();
    if !call.is_administrator() {
        return system_error(call, 5);
    }
    if info.state == ServiceState::Stopped {
        return refused(call, &texts::NOT_STARTED, &[display], 3521);
    }
    match call.host().stop_service(&name) {
        Ok(()) => Printed::ok(fill(call.text(&texts::STOPPED), &[display, display])),
        Err(error) => system_error(call, error.number()),
    }
}

/// The drives that are mapped for who asks. What they are mapped to, the host port does not say.
fn drives(call: &Call<'_>) -> Printed {
    let volumes = call.host().volumes(call.who()).unwrap_or_default();
    let mapped = volumes.into_iter().filter(|(_, volume)| volume.kind == VolumeKind::Network);
    let mut page = Page::default();
    page.line(call.text(&texts::REMEMBERED)).blank();
    let letters: Vec<Name> = mapped.map(|(letter, _)| letter).collect();
    if letters.is_empty() {
        page.line(call.text(&texts::NO_ENTRIES)).blank();
        return Printed::ok(page.text());
    }
    page.blank().line("Status       Local     Remote                    Network").blank();
    page.line("-".repeat(79));
    for letter in letters {
        let local = left(letter.as_str(), 36);
        page.line(format!("OK           {local}Microsoft Windows Network"));
    }
    done(call, page)
}

fn accounts(call: &Call<'_>) -> Vec<Name> {
    call.host().users().unwrap_or_default().into_iter().collect()
}

fn user(call: &Call<'_>, name: &str) -> Printed {
    let mut page = Page::default();
    if name.is_empty() {
        let machine = call.host().computer_name();
        page.blank().line(format!("User accounts for \\\\{machine}")).blank().line("-".repeat(79));
        for account in accounts(call) {
            page.line(account.as_str());
        }
        return done(call, page);
    }
    let found = accounts(call).into_iter().find(|account| {
        let short = account.as_str().rsplit('\\').next().unwrap_or_default();
        *account == Name::new(name) || Name::new(short) == Name::new(name)
    });
    let info = found.as_ref().and_then(|name| call.host().account(name).ok().flatten());
    let (Some(account), Some(info)) = (found, info) else {
        return refused(call, &texts::NO_USER, &[], 2221);
    };
    page.line(format!("User name                    {account}"));
    for (index, group) in info.groups.iter().enumerate() {
        let label = if index == 0 { "Local Group Memberships" } else { "" };
        page.line(format!("{label:<28} *{group}"));
    }
    done(call, page)
}

fn group(call: &Call<'_>, name: &str) -> Printed {
    let each = accounts(call).into_iter();
    let known: Vec<_> = each
        .filter_map(|name| Some((call.host().account(&name).ok().flatten()?.groups, name)))
        .collect();
    let mut page = Page::default();
    if name.is_empty() {
        let machine = call.host().computer_name();
        page.blank().line(format!("Aliases for \\\\{machine}")).blank().line("-".repeat(79));
        let groups = known.iter().flat_map(|(groups, _)| groups);
        let groups: std::collections::BTreeSet<_> = groups.collect();
        for group in groups {
            page.line(format!("*{group}"));
        }
        return done(call, page);
    }
    let group = Name::new(name);
    let members = known.iter().filter(|(groups, _)| groups.contains(&group));
    let members: Vec<_> = members.map(|(_, member)| member).collect();
    if members.is_empty() && group != Name::new("Administrators") && group != Name::new("Users") {
        return refused(call, &texts::NO_GROUP, &[], 2220);
    }
    page.line(format!("Alias name     {group}")).line("Comment        ").blank();
    page.line("Members").blank().line("-".repeat(79));
    for member in members {
        page.line(member.as_str());
    }
    done(call, page)
}

fn help(call: &Call<'_>, number: &str) -> Printed {
    match number.parse::<u32>() {
        Ok(number) => Printed::ok(format!("\n{}\n\n", messages::of(call.language(), number))),
        Err(_) => refused(call, &texts::NO_MESSAGE, &[], 3871),
    }
}
