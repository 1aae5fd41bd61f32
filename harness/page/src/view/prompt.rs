//! The command prompt: what was typed, and the next line.

use maud::{Markup, html};

use super::base::View;
use crate::shown::Shown;
use crate::texts::Texts;

/// The window of the command line.
pub(super) fn markup(view: &View<'_>) -> Markup {
    let (texts, shown) = (view.texts, view.shown);
    html! {
        section.card.prompt aria-labelledby="prompt-h" {
            h2 #prompt-h { (texts.prompt) }
            div.window {
                (transcript("transcript", shown, texts, "prompt-h"))
                form #type method="post" action="/type" {
                    (view.back())
                    label #prompt for="line" aria-label=(texts.command_line) { (shown.prompt) }
                    input #line name="line" maxlength="8191" autocomplete="off" autocapitalize="off"
                        autocorrect="off" spellcheck="false" enterkeyhint="send" aria-describedby="prompt-hint";
                    button { (texts.enter) }
                }
            }
            p #prompt-hint .hint { (texts.prompt_hint) }
        }
    }
}

/// What was typed, below the heading with this id.
pub(super) fn transcript(id: &str, shown: &Shown, texts: &Texts, heading: &str) -> Markup {
    html! {
        ol.transcript id=(id) role="log" aria-live="polite" tabindex="0" aria-labelledby=(heading) {
            @for typed in &shown.lines {
                li data-number=(typed.number) {
                    p { span.before { (typed.prompt) } kbd { (typed.line) } }
                    @if !typed.text.is_empty() { pre { (typed.text) } }
                    @if typed.code != 0 { p.code { (texts.exit_code) " " (typed.code) } }
                }
            }
        }
    }
}

/// The lines that were typed, in order. What they printed is folded away.
pub(super) fn typed(shown: &Shown) -> Markup {
    html! {
        ol.typed {
            @for typed in shown.lines.iter().filter(|it| !it.line.trim().is_empty()) {
                li {
                    @if typed.text.is_empty() {
                        kbd { (typed.line) }
                    } @else {
                        details {
                            summary { kbd { (typed.line) } }
                            pre.file tabindex="0" { (typed.text) }
                        }
                    }
                }
            }
        }
    }
}
