//! `vssadmin`: how much shadow copies may take (mars-facts 1.9).

use async_trait::async_trait;
use std::num::ParseIntError;

use marslab_model::Name;
use marslab_model::world::VolumeKind;
use marslab_shell::Printed;

use crate::numbers::sized;
use crate::page::Page;

use crate::program::{Call, Program};

pub(super) struct Vssadmin;

#[async_trait]
impl Program for Vssadmin {
    fn name(&self) -> &'static str {
        "vssadmin"
    }

    fn about(&self) -> &'static str {
        "shadow storage"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[
            "list shadowstorage",
            "resize shadowstorage /for=DRIVE /on=DRIVE /maxsize=SIZE|PERCENT|UNBOUNDED",
            "list writers",
        ]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        if call.begins(&["list", "shadowstorage"]) {
            return list(call);
        }
        if call.begins(&["resize", "shadowstorage"]) {
            return resize(call);
        }
        Printed::failed(2, format!("{BANNER}Error: Invalid command.\n"))
    }
}

fn list(call: &Call<'_>) -> Printed {
    let volumes = call.host().volumes(call.who()).unwrap_or_default();
    let mut page = Page::default();
    for (letter, volume) in volumes.iter().filter(|(_, it)| it.kind == VolumeKind::Fixed) {
        let size = volume.shadow_storage.map_or_else(
            || "UNBOUNDED (100%)".to_owned(),
            |bytes| {
                format!("{} ({}%)", sized(bytes), bytes.saturating_mul(100) / volume.size.max(1))
            },
        );
        page.line("Shadow Copy Storage association");
        page.line(format!("   For volume: ({letter})"))
            .line(format!("   Shadow Copy Storage volume: ({letter})"));
        page.line("   Used Shadow Copy Storage space: 0 bytes (0%)");
        page.line("   Allocated Shadow Copy Storage space: 0 bytes (0%)");
        page.line(format!("   Maximum Shadow Copy Storage space: {size}")).blank();
    }
    Printed::ok(format!("{BANNER}{}", page.text()))
}

fn resize(call: &Call<'_>) -> Printed {
    let option = |name: &str| {
        let prefix = format!("/{name}=");
        let own = call.args.iter().find(|word| word.to_ascii_lowercase().starts_with(&prefix));
        own.and_then(|word| word.split_once('=')).map(|(_, value)| value.to_owned())
    };
    let (Some(of), Some(on), Some(most)) = (option("for"), option("on"), option("maxsize")) else {
        return Printed::failed(2, format!("{BANNER}Error: Invalid command.\n"));
    };
    if !call.is_administrator() {
        return Printed::failed(
            2,
            format!("{BANNER}Error: You don't have the correct permissions to run this command.\n"),
        );
    }
    let letter = Name::new(of.trim_end_matches('\\'));
    let volumes = call.host().volumes(call.who()).unwrap_or_default();
    let Some(volume) =
        volumes.get(&letter).filter(|_| letter == Name::new(on.trim_end_matches('\\')))
    else {
        return Printed::failed(
            2,
            format!(
                "{BANNER}Error: Either the specified volume was not found or it is not a local volume.\n"
            ),
        );
    };
    let bytes = match size(&most, volume.size) {
        Ok(bytes) if bytes.is_none_or(|bytes| bytes >= LEAST) => bytes,
        _ => return Printed::failed(2, format!("{BANNER}Error: Invalid option value.\n")),
    };
    call.host().set_shadow_storage(&letter, bytes);
    Printed::ok(format!("{BANNER}Successfully resized the shadow copy storage association\n"))
}

/// `10GB`, `20%`, `UNBOUNDED`.
fn size(text: &str, volume: u64) -> Result<Option<u64>, ParseIntError> {
    let text = text.to_ascii_uppercase();
    if text == "UNBOUNDED" {
        return Ok(None);
    }
    if let Some(percent) = text.strip_suffix('%') {
        return Ok(Some(volume / 100 * percent.parse::<u64>()?));
    }
    let digits = text.trim_end_matches('B');
    let shift = match digits.chars().last() {
        Some('K') => 10,
        Some('M') => 20,
        Some('G') => 30,
        Some('T') => 40,
        _ => 0,
    };
    let number = digits.trim_end_matches(['K', 'M', 'G', 'T']).parse::<u64>()?;
    Ok(Some(number.saturating_mul(1 << shift)))
}

/// The least that Windows takes.
const LEAST: u64 = 320 << 20;

const BANNER: &str = "vssadmin 1.1 - Volume Shadow Copy Service administrative command-line tool\n(C) Copyright 2001-2013 Microsoft Corp.\n\n";
