//! What `Get-ChildItem` lists besides files: keys of the registry, and certificates of the machine.

use marslab_model::KeyPath;
use marslab_wire::x509;

use super::super::registry::{full, has_key, key_of, no_path};
use crate::cmdlet::Call;
use crate::failure::Failure;
use crate::value::{Object, Value};

/// What a path of another provider than the file system lists; `None` for a path of files.
pub(super) fn children(call: &mut Call<'_>, path: &str) -> Result<Option<Vec<Object>>, Failure> {
    if let Some(key) = key_of(path) {
        if !has_key(call, &key) {
            call.fail(no_path(path));
            return Ok(Some(Vec::new()));
        }
        let keys = call.host().registry_subkeys(call.who, &key).unwrap_or_default();
        return Ok(Some(keys.iter().map(|key| key_object(call, key)).collect()));
    }
    let lower = path.to_lowercase().replace('/', "\\");
    let Some(store) = lower.strip_prefix("cert:") else { return Ok(None) };
    match store.trim_matches('\\') {
        r"localmachine\my" => {
            let own = call.host().certificates().unwrap_or_default();
            let made =
                |it: &marslab_model::host::CertificateInfo| certificate(call, it.der.bytes());
            Ok(Some(own.iter().filter_map(made).collect()))
        }
        r"localmachine\root" => {
            let roots = call.host().trusted_roots().unwrap_or_default();
            let made = |der: &marslab_model::Content| certificate(call, der.bytes());
            Ok(Some(roots.iter().filter_map(made).collect()))
        }
        _ => Err(Failure::not_in_lab(&format!("The store {path}"))),
    }
}

/// A key with the names of its values.
pub(super) fn key_object(call: &Call<'_>, key: &KeyPath) -> Object {
    let path = full(key);
    let (parent, name) = path.rsplit_once('\\').unwrap_or(("", &path));
    let values = call.host().registry_values(call.who, key).unwrap_or_default();
    let names = values.keys().map(|name| name.as_str());
    Object::new("Microsoft.Win32.RegistryKey")
        .with("Name", name)
        .with("Property", Value::texts(names))
        .with("Hive", parent)
        .with("PSChildName", name)
        .with("PSPath", format!("Microsoft.PowerShell.Core\\Registry::{path}"))
}

/// A certificate as its own bytes describe it.
pub(crate) fn certificate(call: &Call<'_>, der: &[u8]) -> Option<Object> {
    let read = x509::read(der).ok()?;
    let (from, to) = (call.local(read.not_before), call.local(read.not_after));
    Some(
        Object::new("System.Security.Cryptography.X509Certificates.X509Certificate2")
            .with("Thumbprint", x509::thumbprint(der))
            .with("Subject", read.subject)
            .with("Issuer", read.issuer)
            .with("NotBefore", from)
            .with("NotAfter", to)
            .with("PSParentPath", "Microsoft.PowerShell.Security\\Certificate::LocalMachine"),
    )
}
