//! What an authority publishes, and where its certificates say that it does.
//!
//! Real addresses of Microsoft's authorities have this form (`http://www.microsoft.com/pkiops/certs/NAME.crt`,
//! `…/pkiops/crl/NAME.crl`, its PKI repository). Which root issues under which name is Microsoft's for the roots that have had
//! one, and † `{root} Issuing CA` for others.

use std::collections::BTreeMap;

use der::Encode as _;
use der::asn1::Ia5String;
use der::oid::AssociatedOid as _;
use der::oid::db::rfc5280::ID_AD_CA_ISSUERS;
use jiff::{SignedDuration, Timestamp};
use marslab_model::Name;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rcgen::{
    CertificateRevocationListParams, CrlDistributionPoint, CustomExtension, KeyIdMethod,
    RevokedCertParams, SerialNumber,
};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{AccessDescription, AuthorityInfoAccessSyntax};

use crate::make::moment;
use crate::{IdentitySpec, Pki};

/// The host at which authorities publish.
pub const AUTHORITY_HOST: &str = "www.microsoft.com";

/// What is published at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// The certificate (DER) of the authority below a root.
    Certificate(Vec<u8>),
    /// What the authority below this root has revoked; the list is [`Pki::revocation_list`].
    RevocationList(Name),
}

/// The certificates that were revoked: what each says, and when that was.
pub type Revoked = BTreeMap<IdentitySpec, Timestamp>;

impl Pki {
    /// What one of these roots publishes at a path of [`AUTHORITY_HOST`].
    pub fn published(
        &self,
        path: &str,
        roots: impl IntoIterator<Item = Name>,
    ) -> Option<Published> {
        let path = path.to_lowercase();
        for root in roots {
            if path == certificate_path(&root).to_lowercase() {
                let der = self.authority(&root)?.intermediate.der.clone();
                return Some(Published::Certificate(der));
            }
            if path == list_path(&root).to_lowercase() {
                return Some(Published::RevocationList(root));
            }
        }
        None
    }

    /// The list (DER) of what the authority below `root` has revoked, as it is published at a time.
    pub fn revocation_list(
        &self,
        root: &Name,
        revoked: &Revoked,
        at: Timestamp,
    ) -> Option<Vec<u8>> {
        let authority = self.authority(root)?;
        let revoked = revoked.iter().filter(|(spec, since)| spec.root == *root && **since <= at);
        let revoked_certs = revoked.map(|(spec, since)| RevokedCertParams {
            serial_number: SerialNumber::from(self.serial_of(spec, self.renewals(at))),
            revocation_time: moment(*since),
            reason_code: None,
            invalidity_date: None,
        });
        let next = at.saturating_add(SignedDuration::from_hours(24 * LIST_DAYS)).unwrap_or(at);
        let begun = at.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(at);
        let params = CertificateRevocationListParams {
            this_update: moment(begun),
            next_update: moment(next),
            crl_number: SerialNumber::from(u64::try_from(at.as_second()).unwrap_or(0)),
            issuing_distribution_point: None,
            revoked_certs: revoked_certs.collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let list = params.signed_by(&authority.intermediate.issuer).ok()?;
        Some(list.der().to_vec())
    }
}

/// Where the certificates that are issued below a root say that its authority publishes.
pub(crate) fn addresses(root: &Name) -> (Vec<CustomExtension>, Vec<CrlDistributionPoint>) {
    let at = |path: String| format!("http://{AUTHORITY_HOST}{path}");
    let issuer = Ia5String::new(&at(certificate_path(root))).and_then(|address| {
        let description = AccessDescription {
            access_method: ID_AD_CA_ISSUERS,
            access_location: GeneralName::UniformResourceIdentifier(address),
        };
        AuthorityInfoAccessSyntax(vec![description]).to_der()
    });
    let oid: Vec<u64> = AuthorityInfoAccessSyntax::OID.arcs().map(u64::from).collect();
    let issuer = issuer.map(|content| CustomExtension::from_oid_content(&oid, content));
    let list = CrlDistributionPoint { uris: vec![at(list_path(root))] };
    (issuer.into_iter().collect(), vec![list])
}

fn certificate_path(root: &Name) -> String {
    format!("/pkiops/certs/{}.crt", in_path(root))
}

fn list_path(root: &Name) -> String {
    format!("/pkiops/crl/{}.crl", in_path(root))
}

/// The name of the authority below a root, as its addresses have it.
fn in_path(root: &Name) -> String {
    utf8_percent_encode(&intermediate_name(root), NON_ALPHANUMERIC).to_string()
}

/// The name of the authority below a root that issues what servers have.
pub(crate) fn intermediate_name(root: &Name) -> String {
    let known = ISSUING.iter().find(|(name, _)| Name::new(*name) == *root);
    known.map_or_else(|| format!("{root} Issuing CA"), |(_, issuing)| (*issuing).to_owned())
}

/// Roots of mars-facts 5.8, and who has issued Azure's certificates below each (Azure's list of certificate authorities).
const ISSUING: [(&str, &str); 3] = [
    ("Baltimore CyberTrust Root", "Microsoft IT TLS CA 5"),
    ("DigiCert Global Root CA", "DigiCert SHA2 Secure Server CA"),
    ("DigiCert Global Root G2", "Microsoft Azure TLS Issuing CA 01"),
];

/// For how many days a list is good. The lab's own; Microsoft's are for about a week.
const LIST_DAYS: i64 = 7;
