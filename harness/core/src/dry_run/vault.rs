//! What the portal shows of the vault, beside what the registration says.

use super::Needed;
use super::identity::Identity;
use crate::config::Vault;
use crate::portal::Portal;
use crate::scene::Scene;

/// What the portal shows of a vault to the user who is signed in, by the agent's own way; `None` if nobody is.
pub(super) async fn shown(scene: &Scene<'_>, vault: &Vault) -> Option<Portal> {
    let by_agent = scene.cloud().management.parse().ok().and_then(|url| scene.route_to(&url));
    let session = scene.open(scene.signed_in()?, by_agent);
    let mut shown = session.ask_containers(Some(vault)).await;
    session.ask_vault(vault, &mut shown).await;
    Some(shown)
}

/// That the tokens which the agent asks for are for this vault, where it is now: `…/{location}/{vault}/{resource id}`
/// (mars-facts 3.2).
pub(super) fn is_the_registrations(vault: &Vault, shown: &Portal, own: &Identity) -> Needed {
    if let Some(lost) = shown.unchecked.iter().find(|it| it.because.ends_with(NOT_FOUND)) {
        return Err(lost.because.clone());
    }
    let end = format!("/{}/{}", vault.name, own.resource_id);
    let Some(start) = own.audience.strip_suffix(&end) else {
        return Err(format!("{} is not the audience of {}", own.audience, vault.name));
    };
    let region = shown.regions.get(&vault.name);
    match region.filter(|region| !start.ends_with(&format!("/{region}"))) {
        Some(region) => Err(format!("{} is in {region}, not as {start} says", vault.name)),
        None => Ok(()),
    }
}

/// That the vault holds the machine.
pub(super) fn holds(scene: &Scene<'_>, shown: &Portal) -> Needed {
    let own = scene.config.server_name.clone();
    let own = own.map_or_else(|| scene.host.full_name(), marslab_model::Name::new);
    let is_lost = shown.containers.as_ref().is_some_and(|machines| !machines.contains(&own));
    if is_lost { Err(format!("the vault holds no machine {own}")) } else { Ok(()) }
}

/// How the reason ends where the portal answers 404.
const NOT_FOUND: &str = "answered 404";
