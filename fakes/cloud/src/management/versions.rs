//! Which versions of its interface the resource manager knows.
//!
//! The lists are those of the public specifications, as far as versions of SDKs and tools ask for them; † that every world knows
//! all of them, whatever its year. Refusals: azure-cli issues 28496 and 30880, azure-sdk-for-net issue 23760.

use super::errors;
use crate::reply::Reply;
use crate::request::CloudRequest;

/// A group of types with the same versions.
#[derive(Clone, Copy)]
pub(super) struct Versions(&'static [&'static str]);

impl Versions {
    /// For types of the resource manager itself: the text of a request that names none of these versions.
    pub(super) fn check(self, request: &CloudRequest<'_>) -> Result<(), Reply> {
        let asked = asked(request)?;
        if self.has(&asked) { Ok(()) } else { Err(self.invalid(&asked)) }
    }

    /// For a type of a provider, in a place: a region, or what stands for one in the path.
    pub(super) fn check_type(
        self,
        request: &CloudRequest<'_>,
        kind: &str,
        place: &str,
        regions: &str,
    ) -> Result<(), Reply> {
        let asked = asked(request)?;
        if self.has(&asked) {
            return Ok(());
        }
        if asked.is_empty() {
            return Err(self.invalid(&asked));
        }
        let message = format!(
            "No registered resource provider found for location '{place}' and API version '{asked}' for type '{kind}'. \
             The supported api-versions are '{}'. The supported locations are '{regions}'.",
            self.0.join(", ")
        );
        Err(errors::bad("NoRegisteredProviderFound", &message))
    }

    /// All of them, the latest first.
    pub(super) fn latest_first(self) -> Vec<&'static str> {
        self.0.iter().rev().copied().collect()
    }

    fn has(self, version: &str) -> bool {
        self.0.iter().any(|known| known.eq_ignore_ascii_case(version))
    }

    fn invalid(self, version: &str) -> Reply {
        let message = format!(
            "The api-version '{version}' is invalid. The supported versions are '{}'.",
            self.0.join(",")
        );
        errors::bad("InvalidApiVersionParameter", &message)
    }
}

/// The version that a request asks for; it must ask for one.
pub(super) fn asked(request: &CloudRequest<'_>) -> Result<String, Reply> {
    request.query("api-version").ok_or_else(|| {
        let message =
            "The api-version query parameter (?api-version=) is required for all requests.";
        errors::bad("MissingApiVersionParameter", message)
    })
}

/// Of subscriptions, tenants, resource groups, resources and providers.
pub(super) const RESOURCES: Versions = Versions(&[
    "2014-04-01",
    "2015-01-01",
    "2015-11-01",
    "2016-02-01",
    "2016-06-01",
    "2016-09-01",
    "2017-05-10",
    "2018-01-01",
    "2018-02-01",
    "2018-05-01",
    "2019-03-01",
    "2019-05-01",
    "2019-05-10",
    "2019-06-01",
    "2019-07-01",
    "2019-08-01",
    "2019-10-01",
    "2019-11-01",
    "2020-01-01",
    "2020-06-01",
    "2020-08-01",
    "2020-10-01",
    "2021-01-01",
    "2021-04-01",
    "2022-01-01",
    "2022-09-01",
    "2022-12-01",
    "2023-07-01",
    "2024-03-01",
    "2024-07-01",
    "2024-11-01",
    "2025-03-01",
    "2025-04-01",
]);

/// Of `Microsoft.RecoveryServices`.
pub(super) const RECOVERY_SERVICES: Versions = Versions(&[
    "2015-03-15",
    "2015-06-10",
    "2015-08-15",
    "2015-11-10",
    "2015-12-10",
    "2015-12-15",
    "2016-05-01",
    "2016-06-01",
    "2016-08-10",
    "2016-12-01",
    "2017-07-01",
    "2018-01-10",
    "2018-07-10",
    "2018-12-20",
    "2019-05-13",
    "2019-06-15",
    "2020-02-02",
    "2020-02-02-preview",
    "2020-07-01",
    "2020-10-01",
    "2020-12-01",
    "2021-01-01",
    "2021-02-01",
    "2021-02-10",
    "2021-03-01",
    "2021-04-01",
    "2021-06-01",
    "2021-07-01",
    "2021-08-01",
    "2021-10-01",
    "2021-12-01",
    "2022-01-01",
    "2022-02-01",
    "2022-03-01",
    "2022-04-01",
    "2022-05-01",
    "2022-06-01",
    "2022-08-01",
    "2022-09-10",
    "2022-10-01",
    "2023-01-01",
    "2023-02-01",
    "2023-04-01",
    "2023-06-01",
    "2023-08-01",
    "2024-01-01",
    "2024-02-01",
    "2024-03-01",
    "2024-04-01",
    "2024-07-30-preview",
    "2024-10-01",
    "2025-01-01",
    "2025-02-01",
    "2025-08-01",
    "2026-01-01",
    "2026-02-01",
    "2026-05-01",
    "2026-07-01",
    "2026-08-01",
    "2026-10-01",
    "2026-11-01",
]);

/// Of `Microsoft.Authorization`.
pub(super) const AUTHORIZATION: Versions =
    Versions(&["2015-07-01", "2018-01-01-preview", "2018-07-01", "2022-04-01"]);

/// Of `Microsoft.Storage`.
pub(super) const STORAGE: Versions = Versions(&[
    "2015-06-15",
    "2016-01-01",
    "2016-12-01",
    "2017-06-01",
    "2018-02-01",
    "2018-07-01",
    "2018-11-01",
    "2019-04-01",
    "2019-06-01",
    "2020-08-01-preview",
    "2021-01-01",
    "2021-02-01",
    "2021-04-01",
    "2021-06-01",
    "2021-08-01",
    "2021-09-01",
    "2022-05-01",
    "2022-09-01",
    "2023-01-01",
    "2023-04-01",
    "2023-05-01",
    "2024-01-01",
    "2025-01-01",
    "2025-06-01",
    "2025-08-01",
]);
