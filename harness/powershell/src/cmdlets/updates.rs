//! Installed updates.

use async_trait::async_trait;

use crate::cmdlet::{Call, Cmdlet, Spec, is_like, is_pattern};
use crate::failure::Failure;
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] = &[&GetHotFix];

struct GetHotFix;

#[async_trait]
impl Cmdlet for GetHotFix {
    fn spec(&self) -> Spec {
        Spec::new("Get-HotFix", "Microsoft.PowerShell.Commands.GetHotFixCommand")
            .takes(&["Id=HFID", "…", "Description"])
            .lacks(&["ComputerName", "Credential"])
    }

    /// Windows knows the day of an update, and not its time of day.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let (wanted, described) = (call.arguments.texts("Id"), call.arguments.texts("Description"));
        let fits = |own: &str, patterns: &[String]| {
            patterns.is_empty() || patterns.iter().any(|it| is_like(own, it))
        };
        let source = call.host().computer_name();
        let mut found = Vec::new();
        for (id, update) in call.host().installed_updates() {
            let description = if update.security { "Security Update" } else { "Update" };
            if fits(id.as_str(), &wanted) && fits(description, &described) {
                let day = call.local(update.installed).date().at(0, 0, 0, 0);
                let object = Object::new("Win32_QuickFixEngineering")
                    .with("Source", source.as_str())
                    .with("Description", description)
                    .with("HotFixID", id.as_str())
                    .with("InstalledBy", r"NT AUTHORITY\SYSTEM")
                    .with("InstalledOn", day);
                found.push(object);
            }
        }
        // A pattern may fit nothing (GetHotFixCommand).
        if found.is_empty() && !wanted.iter().chain(&described).any(|it| is_pattern(it)) {
            let message = "Cannot find the requested hotfix on the 'localhost' computer. Verify the input and run the command \
                           again.";
            let failure = Failure::new("ObjectNotFound", "GetHotFixNoEntriesFound", message);
            call.fail(failure.of("ArgumentException"));
        }
        call.output.extend(found.into_iter().map(Value::Object));
        Ok(())
    }
}
