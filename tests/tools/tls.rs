//! Clients that are not ours, against servers of a session on loopback: `openssl s_client` and curl, with no more than the
//! lab's root certificates. Each fault shows them its textbook symptom.

use std::path::PathBuf;

use libtest_mimic::Trial;
use marslab::live::Pace;
use marslab::session::control::Control;
use marslab::session::message::Description;
use tokio::runtime::Runtime;

use crate::session;
use crate::tool::{Tool, output, output_of};

const HOST: &str = "login.windows.net";

pub(crate) fn trials() -> Vec<Trial> {
    let faults = FAULTS.into_iter().map(|case| {
        let name = format!("tls::{}", case.name);
        Tool::OpenSsl.trial(&name, move || check_fault(&case))
    });
    let health = HEALTH.into_iter().map(|(name, flags, expected)| {
        let name = format!("tls::healthy::{name}");
        Tool::OpenSsl.trial(&name, move || check_health(flags, expected))
    });
    let others = [
        Tool::OpenSsl.trial("tls::healthy::sessions_are_resumed", check_resumption),
        Tool::OpenSsl.trial("tls::certificates_point_to_what_is_there", check_publications),
    ];
    faults.chain(health).chain(others).collect()
}

/// A fault, and what the clients then say.
struct Case {
    name: &'static str,
    parameters: &'static str,
    /// In the output of `openssl s_client`.
    says: &'static str,
    /// How curl ends.
    curl: i32,
}

const fn case(name: &'static str, parameters: &'static str, says: &'static str, curl: i32) -> Case {
    Case { name, parameters, says, curl }
}

/// What curl ends with: fine, TLS failed (`CURLE_SSL_CONNECT_ERROR`), the certificate is not accepted
/// (`CURLE_PEER_FAILED_VERIFICATION`).
const FINE: i32 = 0;
const NO_TLS: i32 = 35;
const NOT_ACCEPTED: i32 = 60;

const FAULTS: [Case; 9] = [
    case("certificate-expired", ", days = 3", "return code: 10 ", NOT_ACCEPTED),
    case("certificate-not-yet-valid", ", days = 3", "return code: 9 ", NOT_ACCEPTED),
    case(
        "certificate-for-another-name",
        ", name = \"www.contoso.example\"",
        "return code: 62 ",
        NOT_ACCEPTED,
    ),
    case(
        "certificate-of-another-authority",
        ", authority = \"Contoso Root CA\"",
        "return code: 20 ",
        NOT_ACCEPTED,
    ),
    // Of a chain of one, the error of which the number is 20 comes first.
    case("certificate-chain-incomplete", "", "return code: 21 ", NOT_ACCEPTED),
    case("certificate-self-signed", "", "return code: 18 ", NOT_ACCEPTED),
    // curl asks nobody for what is revoked.
    case("certificate-revoked", ", days = 3", "return code: 23 ", FINE),
    case("server-tls-versions", ", oldest = \"1.0\", newest = \"1.1\"", "alert number 70", NO_TLS),
    case("certificate-unbound", "", "errno=104", NO_TLS),
];

/// Options of `openssl s_client`, and what it then says.
const HEALTH: [(&str, &[&str], &[&str]); 9] = [
    ("tls_1_3", &["-tls1_3"], &["New, TLSv1.3", "return code: 0 "]),
    ("tls_1_2", &["-tls1_2"], &["New, TLSv1.2", "return code: 0 "]),
    (
        "the_chain_has_an_intermediate",
        &[],
        &["1 s:O = \"marslab, no real authority\", CN = Microsoft IT TLS CA 5"],
    ),
    ("http_1_1_is_agreed_on", &["-alpn", "h2,http/1.1"], &["ALPN protocol: http/1.1"]),
    ("no_alpn_is_no_matter", &[], &["No ALPN negotiated", "return code: 0 "]),
    ("without_a_name_it_is_the_servers_own", &["-noservername"], &["return code: 0 "]),
    (
        "with_anothers_name_it_is_the_servers_own",
        &["-servername", "management.azure.com"],
        &["return code: 0 ", "CN = login.windows.net"],
    ),
    ("tls_1_1_is_refused", &["-tls1_1", "-cipher", "ALL@SECLEVEL=0"], &["alert number 70"]),
    ("tls_1_0_is_refused", &["-tls1", "-cipher", "ALL@SECLEVEL=0"], &["alert number 70"]),
];

/// A world that is held open, and the runtime on whose thread its servers go on answering.
struct Site {
    runtime: Runtime,
    _control: Control,
    described: Description,
    /// For what the clients write.
    folder: tempfile::TempDir,
}

impl Site {
    fn open(fault: &str) -> Self {
        let (runtime, (control, described)) = session::open(fault, Pace::Real);
        let folder = tempfile::tempdir().unwrap();
        Self { runtime, _control: control, described, folder }
    }

    fn healthy() -> Self {
        Self::open("")
    }

    /// Where a server really listens.
    fn at(&self, name: &str) -> String {
        let listeners = &self.described.listeners;
        listeners.iter().find(|it| it.name == name).unwrap().at.clone()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Everything that `openssl s_client` says.
    fn s_client(&self, flags: &[&str]) -> String {
        let (at, roots) =
            (self.at(&format!("{HOST}:443")), self.described.ca_file.display().to_string());
        let always = ["s_client", "-connect", &at, "-CAfile", &roots, "-verify_hostname", HOST];
        let named: &[&str] = if flags.iter().any(|it| it.contains("servername")) {
            &[]
        } else {
            &["-servername", HOST]
        };
        // It reads until the server closes, and so gets the tickets.
        let request = format!("GET / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n");
        let arguments = [&always[..], named, &["-ign_eof"], flags].concat();
        let said = output_of("openssl", &arguments, &request).unwrap();
        [said.stdout, said.stderr].map(|it| String::from_utf8_lossy(&it).into_owned()).concat()
    }

    fn openssl(&self, arguments: &[&str]) -> String {
        let _runs = &self.runtime;
        String::from_utf8_lossy(&output("openssl", arguments).unwrap().stdout).into_owned()
    }

    /// How curl ends.
    fn curl(&self, url: &str, to: &str, flags: &[&str]) -> Option<i32> {
        let roots = self.described.ca_file.display().to_string();
        let to = format!("::{}", self.at(to));
        let always = ["-s", "-m", "20", "--noproxy", "*", "--cacert", &roots, "--connect-to", &to];
        output("curl", &[&always[..], flags, &[url]].concat()).unwrap().status.code()
    }

    /// Downloads what is at one of the addresses of the server's certificate.
    fn download(&self, url: &str, name: &str) -> String {
        let file = self.file(name).display().to_string();
        let ended = self.curl(url, "www.microsoft.com:80", &["--fail", "-o", &file]);
        assert_eq!(ended, Some(FINE), "{url}");
        file
    }

    /// The addresses that an extension of the server's certificate has.
    fn addresses(&self, extension: &str) -> Vec<String> {
        let said = self.s_client(&["-showcerts"]);
        let file = self.file("leaf.pem").display().to_string();
        std::fs::write(&file, said).unwrap();
        let text = self.openssl(&["x509", "-in", &file, "-noout", "-ext", extension]);
        text.split_whitespace()
            .filter_map(|word| Some(word.split_once("URI:")?.1.to_owned()))
            .collect()
    }

    /// The options with which `openssl` asks whether a certificate is revoked.
    fn revocation_flags(&self) -> [String; 5] {
        let at = self.addresses("crlDistributionPoints");
        let list = self.download(at.first().unwrap(), "list.crl");
        ["-crl_check".to_owned(), "-CRL".to_owned(), list, "-CRLform".to_owned(), "DER".to_owned()]
    }
}

fn check_fault(case: &Case) {
    let fault = format!("{} = {{ host = \"{HOST}\"{} }}", case.name, case.parameters);
    let site = Site::open(&fault);
    let revocation = if case.name == "certificate-revoked" {
        site.revocation_flags().to_vec()
    } else {
        Vec::new()
    };
    let flags: Vec<&str> = revocation.iter().map(String::as_str).collect();
    let said = site.s_client(&flags);
    assert!(said.contains(case.says), "{said}");
    let url = format!("https://{HOST}/");
    assert_eq!(site.curl(&url, &format!("{HOST}:443"), &[]), Some(case.curl), "{}", case.name);
}

fn check_health(flags: &[&str], expected: &[&str]) {
    let site = Site::healthy();
    let said = site.s_client(flags);
    for part in expected {
        assert!(said.contains(part), "no `{part}` in {said}");
    }
    let url = format!("https://{HOST}/");
    assert_eq!(site.curl(&url, &format!("{HOST}:443"), &[]), Some(FINE));
}

fn check_resumption() {
    let site = Site::healthy();
    let file = site.file("session").display().to_string();
    for version in ["-tls1_2", "-tls1_3"] {
        let first = site.s_client(&[version, "-sess_out", &file]);
        assert!(first.contains("New, TLS"), "{first}");
        let again = site.s_client(&[version, "-sess_in", &file]);
        assert!(again.contains("Reused, TLS"), "{again}");
    }
}

/// With what is downloaded from its own addresses, the certificate verifies, and is not revoked.
fn check_publications() {
    let site = Site::healthy();
    let flags = site.revocation_flags();
    let said = site.s_client(&flags.each_ref().map(String::as_str));
    assert!(said.contains("return code: 0 "), "{said}");
    let issuers = site.addresses("authorityInfoAccess");
    let issuer = site.download(issuers.first().unwrap(), "issuer.crt");
    let text = site.openssl(&["x509", "-inform", "DER", "-in", &issuer, "-noout", "-subject"]);
    assert!(text.contains("Microsoft IT TLS CA 5"), "{text}");
}
