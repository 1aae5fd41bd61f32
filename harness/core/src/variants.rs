//! The core as it would be with something changed. Tests show by these that the change is noticed.

use async_trait::async_trait;
use marslab_model::subject::SubjectError;
use marslab_model::world::Language;
use marslab_model::{Complaint, Diagnosis, HostRead, Subject};

use crate::{LANGUAGES, Limits, ReferenceCore, diagnose};

/// The reference core as it would be without its words of one language. Tests show by it that their loss is noticed.
#[derive(Clone, Copy, Debug)]
pub struct WithoutLanguage(pub Language);

#[async_trait]
impl Subject for WithoutLanguage {
    async fn diagnose(
        &self,
        complaint: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let known = LANGUAGES.into_iter().filter(|language| *language != self.0);
        Ok(diagnose(complaint, host, (&known.collect::<Vec<_>>(), Limits::default())).await)
    }
}

/// The reference core as it would be with other limits. Tests show by it that a limit that slipped is noticed.
#[derive(Clone, Copy, Debug)]
pub struct WithLimits(pub Limits);

#[async_trait]
impl Subject for WithLimits {
    async fn diagnose(
        &self,
        complaint: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        Ok(diagnose(complaint, host, (&LANGUAGES, self.0)).await)
    }
}

/// The reference core as it would be if something were done to its answers. Tests show by it that this is noticed.
#[derive(Clone, Copy, Debug)]
pub struct Altered(pub fn(&mut Diagnosis));

#[async_trait]
impl Subject for Altered {
    async fn diagnose(
        &self,
        complaint: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let mut said = ReferenceCore.diagnose(complaint, host).await?;
        (self.0)(&mut said);
        Ok(said)
    }
}
