//! Paths, as they are typed.

use marslab_model::WinPath;

/// The path that a text means in a folder, with `.` and `..` worked out. Slashes are taken for backslashes.
pub fn path_from(folder: &WinPath, text: &str) -> WinPath {
    let text = text.replace('/', "\\");
    let drive = folder.volume().map(|letter| letter.as_str().to_owned()).unwrap_or_default();
    let full = if text.starts_with("\\\\") || WinPath::new(&text).volume().is_some() {
        text
    } else if text.starts_with('\\') {
        format!("{drive}{text}")
    } else {
        format!("{}\\{text}", folder.as_str().trim_end_matches('\\'))
    };
    let (root, below) = match full.strip_prefix("\\\\") {
        Some(share) => ("\\\\", share),
        None => ("", full.as_str()),
    };
    let mut names: Vec<&str> = Vec::new();
    for name in below.split('\\').filter(|name| !name.is_empty() && *name != ".") {
        match name {
            ".." if names.len() > 1 => drop(names.pop()),
            ".." => {}
            name => names.push(name),
        }
    }
    let path = format!("{root}{}", names.join("\\"));
    WinPath::from(if names.len() == 1 && root.is_empty() { path + "\\" } else { path })
}

#[cfg(test)]
mod tests;
