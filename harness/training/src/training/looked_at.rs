//! What others see of a training before its end: the world, without what is broken in it, and how far the trainee is.

use std::sync::Arc;

use marslab_live::{Live, LiveError, Pace, StartOptions};
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

/// Somebody who looks on, such as a trainer. They see copies of the world: what they look at, the trainee did not.
#[derive(Clone)]
pub struct Onlooker {
    live: Arc<Live>,
    who: Account,
    how: StartOptions,
}

impl Onlooker {
    /// The world as it goes on. What is read of it can count as looked at.
    pub const fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// As whom the trainee is signed in.
    pub const fn account(&self) -> &Account {
        &self.who
    }

    /// A copy of the world as it is now.
    pub fn copy(&self) -> Result<Live, LiveError> {
        Live::resume(self.live.hold()?, &self.how)
    }
}

impl Training {
    /// For others, who look on.
    pub fn onlooker(&self) -> Onlooker {
        let (live, who) = (self.session.shared_live(), self.account());
        let how = self.how.clone().with_instance(ONLOOKERS).with_pace(Pace::Still);
        Onlooker { live, who, how }
    }

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

/// The number of the copies at which others look.
const ONLOOKERS: u32 = 12;
