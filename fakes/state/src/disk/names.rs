//! Windows paths as names that every file system keeps, and back.
//!
//! Windows compares names without case and forbids few characters; other systems do neither. A path is therefore
//! taken apart, and what could mean something to any file system (separators, wildcards, device names, the final dot
//! that Windows drops, the `~` of short names, everything that is not ASCII and might be normalised) is written `%XX`.

use marslab_model::{Name, WinPath};

/// A Windows path taken apart: nothing in it can lead out of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The volume's letter, or [`SHARES`] for a path on another machine.
    pub root: String,
    /// The names below the root; none for the root itself.
    pub names: Vec<String>,
}

impl Parts {
    /// Takes a path apart; `None` for one that Windows would not take: without a volume, with an empty name, `..`,
    /// or NUL.
    pub fn of(path: &WinPath) -> Option<Self> {
        let text = path.as_str();
        let (root, below) = match path.volume() {
            Some(volume) => (letter(&volume)?, text.split_once(':')?.1),
            None => (SHARES.to_owned(), text.strip_prefix('\\')?),
        };
        if below.is_empty() || below == "\\" {
            return (root != SHARES).then_some(Self { root, names: Vec::new() });
        }
        let names = below.strip_prefix('\\')?.split('\\').map(str::to_owned).collect::<Vec<_>>();
        names.iter().all(|name| is_name(name)).then_some(Self { root, names })
    }

    /// The path again.
    pub fn path(&self) -> WinPath {
        let root = if self.root == SHARES { "\\".to_owned() } else { format!("{}:", self.root) };
        let names = self.names.iter().flat_map(|name| ["\\", name]);
        WinPath::new(std::iter::once(root.as_str()).chain(names).collect::<String>())
    }
}

/// A drive's letter in upper case; `None` if the name is not a drive's.
pub fn letter(volume: &Name) -> Option<String> {
    let letter = volume.as_str().strip_suffix(':')?;
    let is_letter = letter.len() == 1 && letter.chars().all(|c| c.is_ascii_alphabetic());
    is_letter.then(|| letter.to_ascii_uppercase())
}

/// Whether Windows would take this as the name of a file, apart from the characters that it forbids.
pub fn is_name(name: &str) -> bool {
    // Windows drops final dots and spaces, so `..` hides in `.. .`, too.
    !name.trim_end_matches(['.', ' ']).is_empty()
        && !name.contains(['\0', '\\'])
        && name.encode_utf16().count() <= NAME_UNITS_MAX
}

/// Whether the name has a character that Windows forbids (ERROR_INVALID_NAME).
pub fn has_forbidden(name: &str) -> bool {
    name.contains(|c: char| c < ' ' || "<>:\"/|?*".contains(c))
}

/// The name on the real file system.
pub fn encode(name: &str) -> String {
    let last = name.chars().count().saturating_sub(1);
    let device = is_device(name);
    let mut encoded = String::with_capacity(name.len());
    for (at, c) in name.chars().enumerate() {
        let dropped = at == last && matches!(c, '.' | ' ');
        let plain = c.is_ascii_alphanumeric() || PLAIN_MARKS.contains(c);
        if plain && !dropped && !(device && at == 0) {
            encoded.push(c);
        } else {
            let bytes = c.encode_utf8(&mut [0; 4]).bytes().collect::<Vec<_>>();
            encoded.extend(bytes.iter().map(|byte| format!("%{byte:02X}")));
        }
    }
    encoded
}

/// The name that a real file's name stands for. What is not `%XX` stands for itself.
pub fn decode(file_name: &str) -> String {
    let mut bytes = Vec::with_capacity(file_name.len());
    let mut rest = file_name.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let escaped = behind.split_at_checked(2).filter(|_| *first == b'%');
        let (byte, behind) = escaped
            .and_then(|(digits, behind)| Some((hexadecimal(digits)?, behind)))
            .unwrap_or((*first, behind));
        bytes.push(byte);
        rest = behind;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    text.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
    u8::from_str_radix(text, 16).ok()
}

/// Names that Windows keeps for devices, whatever their extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix).is_some_and(|rest: &str| {
            rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
        || numbered("COM")
        || numbered("LPT")
}

/// The folder beside the drives for files on other machines. Drives have one letter.
pub const SHARES: &str = "UNC";

/// Marks that no file system treats in any way.
const PLAIN_MARKS: &str = " !#$&'()+,-.;=@[]^_`{}";

/// The longest name that NTFS takes, in UTF-16 units.
const NAME_UNITS_MAX: usize = 255;

#[cfg(test)]
mod tests;
