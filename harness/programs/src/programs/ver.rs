//! `ver`.

use async_trait::async_trait;
use marslab_shell::Printed;
use marslab_shell::wording::Texts;

use crate::program::{Call, Program};

pub(super) struct Ver;

#[async_trait]
impl Program for Ver {
    fn name(&self) -> &'static str {
        "ver"
    }

    fn about(&self) -> &'static str {
        "Windows' version"
    }

    fn usage(&self) -> &'static [&'static str] {
        &[""]
    }

    async fn run(&self, call: &mut Call<'_>) -> Printed {
        let build = call.host().os().unwrap_or_default().build;
        Printed::ok(format!("\nMicrosoft Windows [{} 10.0.{build}]\n", call.text(&VERSION)))
    }
}

const VERSION: Texts = Texts { en: "Version", ja: "Version", ko: "Version", zh: "版本" };
