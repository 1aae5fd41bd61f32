use marslab_model::HostName;

use super::{Cloud, storage_pattern};

#[test]
fn the_service_tells_the_cloud() {
    for (service, management) in [
        (None, "https://management.azure.com"),
        (Some("pod01-manag1.jpe.backup.windowsazure.com"), "https://management.azure.com"),
        (Some("pod01-manag1.ugv.backup.windowsazure.us"), "https://management.usgovcloudapi.net"),
        (Some("POD01-MANAG1.BJB.BACKUP.WINDOWSAZURE.CN"), "https://management.chinacloudapi.cn"),
        (Some("windowsazure.us.example"), "https://management.azure.com"),
    ] {
        let service = service.map(HostName::new);
        assert_eq!(Cloud::of(service.as_ref()).management, management, "{service:?}");
    }
}

#[test]
fn a_storage_host_has_the_pattern_of_its_article() {
    for (host, pattern) in [
        ("a1.blob.core.windows.net", "*blob.core.windows.net"),
        ("a1.queue.core.windows.net", "*queue.core.windows.net"),
        ("a1.z07.blob.storage.azure.net", "*blob.storage.azure.net"),
        ("a1.blob.core.usgovcloudapi.net", "*.usgovcloudapi.net"),
        ("a1.queue.core.chinacloudapi.cn", "*.chinacloudapi.cn"),
        ("a1.table.core.windows.net", "a1.table.core.windows.net"),
    ] {
        assert_eq!(storage_pattern(&HostName::new(host)), pattern);
    }
}
