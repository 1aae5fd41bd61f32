//! [`Watch`]: how a running world is watched while a program looks at a machine in it.

use std::sync::Arc;

use jiff::Timestamp;
use marslab_model::tracked::Reads;
use marslab_state::Running;

/// Shows a running world's time and what is read of it, for as long as anyone wants.
#[derive(Clone)]
pub struct Watch(Arc<Running>);

impl Watch {
    pub(crate) const fn new(running: Arc<Running>) -> Self {
        Self(running)
    }

    /// The world's own time, which no machine's clock changes. Noted nowhere as read.
    pub fn now(&self) -> Timestamp {
        self.0.stamp()
    }

    /// The fields of the world that are read. At first nothing is recorded.
    pub fn reads(&self) -> &Reads {
        self.0.reads()
    }
}
