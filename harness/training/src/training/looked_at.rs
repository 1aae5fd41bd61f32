//! What others see of a training before its end: the world, without what is broken in it, and how far the trainee is.

use std::sync::Arc;

use marslab_live::Live;
use marslab_model::host::Account;
use marslab_model::tracked::touched;
use marslab_model::{Operation, Outcome};

use super::Training;
use crate::hints::broken;

/// How far a trainee is. It tells how much was looked at, and not what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many lines were typed.
    pub lines: usize,
    /// How many of the broken fields were looked at.
    pub looked_at: usize,
    /// How many fields are broken.
    pub broken: usize,
    /// How many hints were taken.
    pub hints: usize,
    /// How often it was checked whether it works.
    pub checks: usize,
    /// The causes that were named, in order.
    pub submitted: Vec<String>,
}

impl Training {
    /// The world, to look at. What is seen there counts only within [`look`](Self::look).
    pub fn live(&self) -> Arc<Live> {
        self.session.shared_live()
    }

    /// As whom the trainee is signed in.
    pub fn account(&self) -> Account {
        self.session.administrator()
    }

    /// The last operation, and how it ended: at first that of the ticket.
    pub async fn last_operation(&self) -> Option<(Operation, Outcome)> {
        self.session.last_operation().await
    }

    /// Lets the trainee look at the machine otherwise than by a line. What is read meanwhile was looked at.
    pub fn look<R>(&mut self, see: impl FnOnce(&Live) -> R) -> R {
        let live = self.session.live();
        live.reads().begin();
        let seen = see(live);
        self.done.looked.append(&mut live.reads().end());
        seen
    }

    /// How far the trainee is. It would tell them what they need not know: show it to a trainer.
    pub fn progress(&self) -> Progress {
        let broken = broken(&self.measure);
        Progress {
            lines: self.record.entries.len(),
            looked_at: touched(broken, &self.done.looked).len(),
            broken: broken.len(),
            hints: self.done.hints,
            checks: self.done.checks,
            submitted: self.done.submitted.clone(),
        }
    }
}
