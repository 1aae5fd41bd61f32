//! Microsoft Defender Antivirus.

use async_trait::async_trait;
use marslab_model::WinPath;
use marslab_model::host::AntivirusStatus;

use crate::cmdlet::{Call, Cmdlet, Spec, missing};
use crate::failure::Failure;
use crate::value::{Object, Value};

/// The cmdlets of this file.
pub(crate) const ALL: &[&dyn Cmdlet] =
    &[&GetMpPreference, &Exclude { adds: true }, &Exclude { adds: false }, &GetMpComputerStatus];

struct GetMpPreference;
struct Exclude {
    adds: bool,
}
struct GetMpComputerStatus;

#[async_trait]
impl Cmdlet for GetMpPreference {
    fn spec(&self) -> Spec {
        Spec::new("Get-MpPreference", "Get-MpPreference")
            .since(4, 0)
            .lacks(&["CimSession", "AsJob"])
    }

    /// The exclusions alone; of the other preferences the machine has none.
    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let status = status(call)?;
        let (paths, processes): (Vec<&WinPath>, Vec<&WinPath>) =
            status.exclusions.iter().partition(|it| it.as_str().contains('\\'));
        let list = |items: Vec<&WinPath>| {
            let texts = items.into_iter().map(WinPath::as_str);
            Some(Value::texts(texts)).filter(|it| *it != Value::List(Vec::new()))
        };
        let object = Object::new("MSFT_MpPreference")
            .with("ExclusionExtension", Value::Null)
            .with("ExclusionPath", list(paths))
            .with("ExclusionProcess", list(processes))
            .with("DisableRealtimeMonitoring", status.product.is_empty())
            .with("PSComputerName", Value::Null);
        call.put(object);
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for Exclude {
    fn spec(&self) -> Spec {
        let name = if self.adds { "Add-MpPreference" } else { "Remove-MpPreference" };
        Spec::new(name, name)
            .since(4, 0)
            .takes(&["…", "ExclusionPath", "ExclusionProcess", "Force!"])
            .lacks(&["ExclusionExtension", "ThreatIDDefaultAction_Ids", "CimSession", "AsJob"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let _ = status(call)?;
        let paths =
            [call.arguments.texts("ExclusionPath"), call.arguments.texts("ExclusionProcess")]
                .concat();
        if paths.is_empty() {
            return Err(missing("ExclusionPath"));
        }
        for path in paths {
            let path = WinPath::new(path.trim_end_matches("\\*"));
            if self.adds {
                call.host().add_antivirus_exclusion(&path);
            } else {
                call.host().remove_antivirus_exclusion(&path);
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Cmdlet for GetMpComputerStatus {
    fn spec(&self) -> Spec {
        Spec::new("Get-MpComputerStatus", "Get-MpComputerStatus")
            .since(4, 0)
            .lacks(&["CimSession", "AsJob"])
    }

    async fn run(&self, call: &mut Call<'_>) -> Result<(), Failure> {
        let status = status(call)?;
        let is_on = !status.product.is_empty();
        let object = Object::new("MSFT_MpComputerStatus")
            .with("AMServiceEnabled", is_on)
            .with("AntivirusEnabled", is_on)
            .with("OnAccessProtectionEnabled", is_on)
            .with("RealTimeProtectionEnabled", is_on)
            .with("PSComputerName", Value::Null);
        call.put(object);
        Ok(())
    }
}

/// What the antivirus program tells. Defender's cmdlets tell of no other program: its service is off beside one.
fn status(call: &Call<'_>) -> Result<AntivirusStatus, Failure> {
    let status = call.host().antivirus().map_err(|error| {
        Failure::new(
            "NotSpecified",
            "HRESULT 0x800106ba",
            format!("The extrinsic Method could not be executed. ({error})"),
        )
        .of("CimException")
    })?;
    let is_other =
        !status.product.is_empty() && !status.product.to_ascii_lowercase().contains("defender");
    if is_other {
        let message = "The operation failed with the following error: 0x800106ba.";
        return Err(Failure::new("NotSpecified", "HRESULT 0x800106ba", message).of("CimException"));
    }
    Ok(status)
}
