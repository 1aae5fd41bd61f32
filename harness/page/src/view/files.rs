//! Folders and files.

use marslab_model::WinPath;
use marslab_model::host::{FILE_BYTES_MAX, FileInfo, Files as _};
use maud::{Markup, html};

use super::base::{View, size, table};
use super::pane::Pane;

pub(super) fn markup(view: &View<'_>) -> Markup {
    let (texts, host) = (view.texts, view.live.host());
    let at = match view.query.get("at") {
        "" => ROOT,
        at => at,
    };
    let path = WinPath::new(at);
    let body = match host.file_info(&view.who, &path) {
        Ok(info) if !info.folder => content(view, &info),
        // A drive's root is a folder that no entry describes.
        Ok(_) | Err(_) => match host.list_folder(&view.who, &path) {
            Ok(entries) => folder(view, &entries),
            Err(error) => html! { p.outcome.bad { (error) } },
        },
    };
    html! {
        (Pane::Files.place_form(at, view))
        ul.below {
            @if let Some(parent) = parent(at) {
                li { a href=(Pane::Files.at(&parent, view.query)) { "↑ " (texts.up_one) } }
            }
        }
        (body)
    }
}

/// The folder that a file or folder lies in; a drive lies in none.
fn parent(at: &str) -> Option<String> {
    let (parent, name) = at.trim_end_matches('\\').rsplit_once('\\')?;
    let is_drive = parent.ends_with(':');
    (!name.is_empty()).then(|| if is_drive { format!("{parent}\\") } else { parent.to_owned() })
}

fn folder(view: &View<'_>, entries: &[FileInfo]) -> Markup {
    let texts = view.texts;
    let rows: Vec<Vec<Markup>> = entries
        .iter()
        .map(|it| {
            let path = it.path.to_string();
            let name = path.rsplit('\\').next().unwrap_or(&path);
            let of_file = |text: String| if it.folder { String::new() } else { text };
            let attributes: Vec<String> =
                it.attributes.iter().map(|it| format!("{it:?}")).collect();
            vec![
                html! { a href=(Pane::Files.at(&path, view.query)) { (name) } },
                html! { (if it.folder { texts.folder.to_owned() } else { size(it.size) }) },
                html! { (of_file(it.modified.map_or_else(String::new, |at| view.time(at)))) },
                html! { (attributes.join(", ")) },
            ]
        })
        .collect();
    table(&[texts.name, texts.size, texts.modified, texts.attributes], &rows, texts)
}

fn content(view: &View<'_>, info: &FileInfo) -> Markup {
    let read = view.live.host().read_file(&view.who, &info.path);
    let text = match &read {
        Ok(content) if info.size <= FILE_BYTES_MAX => {
            let bytes = content.bytes();
            // The end is what logs are read for.
            let from = bytes.len().saturating_sub(TEXT_BYTES_MAX);
            let text = bytes.get(from..).map(String::from_utf8_lossy).unwrap_or_default();
            (!text.contains('\0')).then(|| text.into_owned())
        }
        _ => None,
    };
    html! {
        p { (size(info.size)) @if let Some(at) = info.modified { ", " (view.time(at)) } }
        @match (text, read) {
            (Some(text), _) => pre.file tabindex="0" { (text) },
            (None, Ok(_)) => p.empty { (view.texts.not_shown) },
            (None, Err(error)) => p.outcome.bad { (error) },
        }
    }
}

const ROOT: &str = r"C:\";

/// What is shown of a text.
const TEXT_BYTES_MAX: usize = 64 << 10;
