//! Fields of a World in words. One function, so that there is one place for better ones.

use marslab_model::FieldPath;

/// A field for people: `service obengine on SRV01: state`.
pub fn in_words(field: &FieldPath) -> String {
    let segments = field.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        [] => "the world".to_owned(),
        ["machines", machine] => format!("the machine {machine}"),
        ["machines", machine, part] => format!("{} on {machine}", spaced(part)),
        ["machines", machine, part, name, rest @ ..] => {
            with_rest(&format!("{} {name} on {machine}", noun(part)), rest)
        }
        ["network" | "cloud", part] => spaced(part),
        ["network" | "cloud", part, name, rest @ ..] => {
            with_rest(&format!("{} {name}", noun(part)), rest)
        }
        [first, rest @ ..] => with_rest(&spaced(first), rest),
    }
}

/// Where a field is, without saying which it is: `the services of SRV01`.
pub fn place_in_words(field: &FieldPath) -> String {
    let segments = field.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["machines", machine, "files", path, ..] => {
            let folder = path.rsplit_once('\\').map_or(*path, |(folder, _)| folder);
            format!("the files in {folder} on {machine}")
        }
        ["machines", machine, "registry", key, ..] => {
            let above = key.rsplit_once('\\').map_or(*key, |(above, _)| above);
            format!("the registry of {machine}, below {above}")
        }
        ["machines", machine, part, ..] => format!("the {} of {machine}", spaced(part)),
        ["network", part, ..] => format!("the network: {}", spaced(part)),
        ["cloud", part, ..] => format!("Azure: {}", spaced(part)),
        [first, ..] => spaced(first),
        [] => "the world".to_owned(),
    }
}

fn with_rest(of: &str, rest: &[&str]) -> String {
    if rest.is_empty() {
        return of.to_owned();
    }
    let rest: Vec<String> = rest.iter().map(|it| spaced(it)).collect();
    format!("{of}: {}", rest.join(", "))
}

fn noun(part: &str) -> String {
    let singular = match part {
        "registry" => "registry key",
        "files" => "file",
        "tasks" => "scheduled task",
        "names" => "DNS name",
        "firewall" => "firewall rule",
        "proxies" => "proxy",
        other => return spaced(other.strip_suffix('s').unwrap_or(other)),
    };
    singular.to_owned()
}

fn spaced(name: &str) -> String {
    // Names of things keep their hyphens; only those of fields are all of small letters.
    let is_field = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if is_field { name.replace('-', " ") } else { name.to_owned() }
}
