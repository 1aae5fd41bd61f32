//! [`Steps`]: the steps of one operation, as it goes.

use std::sync::{Mutex, PoisonError};

use marslab_model::{HostControl, Operation};

use crate::product::Precondition;
use crate::step::{Step, StepObserver};
use crate::step_error::StepError;

/// The steps of one operation, as it goes.
pub(crate) struct Steps<'a> {
    observer: StepObserver<'a>,
    current: Mutex<Option<Step>>,
    host: &'a dyn HostControl,
    operation: Operation,
    preconditions: &'a [Precondition],
}

impl<'a> Steps<'a> {
    /// The steps of an operation that begins.
    pub(crate) const fn new(
        observer: StepObserver<'a>,
        host: &'a dyn HostControl,
        operation: Operation,
        preconditions: &'a [Precondition],
    ) -> Self {
        Self { observer, current: Mutex::new(None), host, operation, preconditions }
    }

    /// Enters a step, and checks its preconditions.
    pub(crate) async fn enter(&self, step: Step) -> Result<(), StepError> {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(step);
        (self.observer)(step);
        for precondition in self.preconditions.iter().filter(|it| it.is_of(self.operation, step)) {
            precondition.check(self.host).await?;
        }
        Ok(())
    }

    /// The step at which an operation stops by this error: the one that was entered last, unless the error is of an earlier one.
    pub(crate) fn stopped_at(&self, error: &StepError) -> Option<Step> {
        error.step().or_else(|| self.current())
    }

    /// The step that was entered last.
    pub(crate) fn current(&self) -> Option<Step> {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
