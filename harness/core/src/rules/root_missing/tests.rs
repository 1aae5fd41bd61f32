use marslab_model::Operation;
use marslab_wire::x509::{self, SelfSigned};

use super::RULE;
use crate::facts::{SERVICE_ROOTS, areas};
use crate::rule_output::RuleOutput;
use crate::testing::survey::SurveyFixture;
use crate::testing::{
    Machine, NOW, assert_cause, assert_silent, bundle, look_at, look_during, told,
};

fn look(seen: &[(&str, &str)]) -> RuleOutput {
    look_at(&RULE, SurveyFixture::direct().untrusted(seen))
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
            let evidence = &seen.findings[0].evidence[0];
            assert!(evidence.contains("login.windows.net, go.microsoft.com"), "{evidence}");
        }
    }
}

#[test]
fn two_roots_are_two_findings() {
    let seen = look(&[
        ("a.example", "CN=DigiCert Global Root G2"),
        ("b.example", "CN=Contoso Inspection CA"),
        ("c.example", "CN=Baltimore CyberTrust Root"),
    ]);
    let abouts: Vec<_> = told(&seen.findings).iter().map(|told| told.1).collect();
    assert_eq!(abouts, [Some("Baltimore CyberTrust Root"), Some("DigiCert Global Root G2")]);
    let hosts = seen.unchecked.iter().map(|it| it.because.split(':').next().unwrap());
    assert_eq!(hosts.collect::<Vec<_>>(), ["a.example", "c.example"]);
}

#[test]
fn an_unknown_issuer_is_no_matter_of_the_roots() {
    for issuer in ["CN=Contoso Inspection CA", "O=Baltimore CyberTrust Root", ""] {
        assert_silent(&look(&[("go.microsoft.com", issuer)]));
    }
    let portal = look_during(&RULE, Operation::DownloadCredentials, Machine::healthy(), |scene| {
        let seen = [("management.azure.com", "CN=Baltimore CyberTrust Root")];
        scene.network = SurveyFixture::portal().untrusted(&seen);
    });
    assert_eq!(portal.unchecked[0].what, areas::PORTAL);
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
        scene.network = SurveyFixture::direct()
            .untrusted(&[("go.microsoft.com", "CN=Baltimore CyberTrust Root")]);
    });
    assert_silent(&seen);
}

#[test]
fn where_everything_is_trusted_nothing_is_missing() {
    assert_silent(&look(&[]));
}
