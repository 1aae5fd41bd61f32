//! The manifest of a PowerShell module (`X.psd1`): which file it loads.

/// The file that a manifest loads; `None` for what is no manifest, such as one with an open bracket or quote.
pub(crate) fn root_module(text: &str) -> Option<String> {
    let tokens = tokens(text.trim_start_matches('\u{feff}'))?;
    let (mut depth, mut found) = (0_usize, None);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.checked_sub(1)?,
            // Only the first bracket may stand outside.
            Token::Other(_) if depth == 0 => return None,
            Token::Other(key) if depth == 1 && is_root_module(key) => {
                found = found.or_else(|| value(tokens.get(at + 1..)?));
            }
            Token::Other(_) => {}
        }
    }
    found.filter(|file| depth == 0 && !file.is_empty())
}

/// A piece of a manifest; comments and what parts pieces are dropped.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// `@{`, `@(` or `(`.
    Open,
    /// `}` or `)`.
    Close,
    /// A word, a text without its quotes, or a sign.
    Other(String),
}

/// `ModuleToProcess` is the key's name before PowerShell 3.0.
fn is_root_module(key: &str) -> bool {
    ["RootModule", "ModuleToProcess"].iter().any(|name| name.eq_ignore_ascii_case(key))
}

fn value(rest: &[Token]) -> Option<String> {
    match rest {
        [Token::Other(sign), Token::Other(value), ..] if sign == "=" => {
            Some(value.trim_start_matches(".\\").to_owned())
        }
        _ => None,
    }
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let behind = rest.get(first.len_utf8()..)?;
        let token;
        (token, rest) = match first {
            '#' => (None, behind.split_once('\n').map_or("", |(_, rest)| rest)),
            '<' => (None, behind.strip_prefix('#')?.split_once("#>")?.1),
            '\'' | '"' => {
                let (text, behind) = behind.split_once(first)?;
                (Some(Token::Other(text.to_owned())), behind)
            }
            '@' => (Some(Token::Open), behind.strip_prefix(['{', '('])?),
            '(' => (Some(Token::Open), behind),
            '}' | ')' => (Some(Token::Close), behind),
            '=' => (Some(Token::Other("=".to_owned())), behind),
            c if is_part(c) => {
                let (word, behind) =
                    rest.split_at(rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
                (Some(Token::Other(word.to_owned())), behind)
            }
            ',' | ';' => (None, behind),
            c if c.is_whitespace() => (None, behind),
            _ => return None,
        };
        found.extend(token);
    }
    Some(found)
}

/// Whether a character can stand in a word without quotes.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || "$_.-".contains(c)
}

#[cfg(test)]
mod tests;
