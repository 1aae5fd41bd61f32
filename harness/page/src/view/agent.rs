//! The agent's console: what is tried, and the last message.

use marslab_model::host::System as _;
use marslab_model::{Operation, Outcome};
use maud::{Markup, html};

use super::base::View;

/// The console after the last operation.
pub(super) fn markup(
    view: &View<'_>,
    own: Operation,
    last: Option<&(Operation, Outcome)>,
) -> Markup {
    let texts = view.texts;
    let chosen = last.map_or(own, |(operation, _)| *operation);
    html! {
        section.card.agent aria-labelledby="agent-h" {
            h2 #agent-h { (texts.agent) }
            form method="post" action="/operate" {
                (view.back())
                label for="operation" { (texts.operation) }
                select #operation name="operation" {
                    @for operation in Operation::ALL {
                        option value=(operation) selected[operation == chosen] { (texts.operation(operation)) }
                    }
                }
                button.primary { (texts.operate) }
            }
            div #console role="status" {
                @match last {
                    None => p.empty { (texts.not_tried) },
                    Some((operation, Outcome::Succeeded)) => p.outcome.good {
                        strong { (texts.succeeded) } ": " (texts.operation(*operation))
                    },
                    Some((operation, Outcome::Failed(symptom))) => {
                        p.outcome.bad { strong { (texts.failed) } ": " (texts.operation(*operation)) }
                        p.message lang=(view.live.host().language()) { (symptom.message) }
                    }
                }
            }
        }
    }
}
