use marslab_model::Operation;
use marslab_wire::x509::{self, SelfSigned};

use super::RULE;
use crate::facts::{SERVICE_ROOTS, areas};
use crate::rule_output::RuleOutput;
use crate::survey::{Survey, Untrusted};
use crate::testing::survey::SurveyFixture;
use crate::testing::{
    Machine, NOW, assert_cause, assert_silent, assert_unchecked, bundle, look_at, look_during, told,
};

fn untrusted(seen: &[(&str, &str)]) -> Survey {
    let seen = seen
        .iter()
        .map(|(host, issuer)| Untrusted { host: (*host).to_owned(), issuer: (*issuer).to_owned() });
    Survey { untrusted: seen.collect(), ..SurveyFixture::direct().survey() }
}

fn look(seen: &[(&str, &str)]) -> RuleOutput {
    look_at(&RULE, untrusted(seen))
}

#[test]
fn each_documented_root_is_found_by_its_name() {
    for root in SERVICE_ROOTS {
        for issuer in [format!("CN={root}"), format!("C=IE, O=Any, CN={root}, OU=Other")] {
            let seen = look(&[("login.windows.net", &issuer), ("go.microsoft.com", &issuer)]);
            let (cause, remedy) = ("root-certificate-missing", "import-root-certificate");
            assert_cause(&seen, cause, Some(root), remedy);
            let unchecked = seen.unchecked.iter().map(|it| it.what.as_str());
            assert_eq!(unchecked.collect::<Vec<_>>(), [areas::REQUIRED_HOSTS; 2]);
            assert!(!seen.unchecked[0].because.contains("inspected"));
            let evidence = &seen.findings[0].evidence[0];
            assert!(evidence.contains("login.windows.net, go.microsoft.com"), "{evidence}");
        }
    }
}

#[test]
fn two_roots_are_two_findings_beside_a_host_that_is_inspected() {
    let seen = look(&[
        ("a.example", "CN=DigiCert Global Root G2"),
        ("b.example", "CN=Contoso Inspection CA"),
        ("c.example", "CN=Baltimore CyberTrust Root"),
    ]);
    let abouts: Vec<_> = told(&seen.findings).iter().map(|told| told.1).collect();
    assert_eq!(abouts, [Some("Baltimore CyberTrust Root"), Some("DigiCert Global Root G2")]);
    let [_, inspected, _] = seen.unchecked.as_slice() else { panic!("{seen:?}") };
    assert!(inspected.because.starts_with("b.example: "), "{}", inspected.because);
    assert!(inspected.because.contains("inspected"), "{}", inspected.because);
}

#[test]
fn an_unknown_issuer_leaves_the_hosts_unchecked() {
    for issuer in ["CN=Contoso Inspection CA", "O=Baltimore CyberTrust Root", ""] {
        assert_unchecked(&look(&[("go.microsoft.com", issuer)]), areas::REQUIRED_HOSTS);
    }
    let portal = look_during(&RULE, Operation::DownloadCredentials, Machine::healthy(), |scene| {
        scene.network = untrusted(&[("management.azure.com", "CN=Contoso Inspection CA")]);
    });
    assert_unchecked(&portal, areas::PORTAL);
}

#[test]
fn a_root_that_is_trusted_and_does_not_fit_is_not_the_real_one() {
    let now: jiff::Timestamp = NOW.parse().unwrap();
    let root = SelfSigned {
        subject: "Baltimore CyberTrust Root".to_owned(),
        not_before: now,
        not_after: now,
        client_auth: false,
    };
    let root = x509::self_signed(&root, &bundle().key).unwrap();
    let machine = Machine::healthy().with(|machine| machine.trusted_roots.push(root.into()));
    let seen = look_during(&RULE, Operation::Backup, machine, |scene| {
        scene.network = untrusted(&[("go.microsoft.com", "CN=Baltimore CyberTrust Root")]);
    });
    assert_unchecked(&seen, areas::REQUIRED_HOSTS);
}

#[test]
fn where_everything_is_trusted_nothing_is_missing() {
    assert_silent(&look(&[]));
}
