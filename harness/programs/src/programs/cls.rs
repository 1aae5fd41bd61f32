//! `cls`: the page or terminal that shows the window clears it at the form feed.

use async_trait::async_trait;
use marslab_shell::Printed;

use crate::program::{Call, Program};

pub(super) struct Cls;

#[async_trait]
impl Program for Cls {
    fn name(&self) -> &'static str {
        "cls"
    }

    fn about(&self) -> &'static str {
        "clears the window"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[""]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let _ = call;
        Printed::ok("\u{c}\n")
    }
}
