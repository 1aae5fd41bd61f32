"""The resource manager, asked by its stock clients. Each check takes a lab (lab.py)."""

import base64

from azure.mgmt.recoveryservices import RecoveryServicesClient
from azure.mgmt.recoveryservicesbackup import RecoveryServicesBackupClient
from azure.mgmt.resource.resources import ResourceManagementClient

import certificates
from checks import refused_with as refused

ARM = "https://management.azure.com"


def client(lab, kind):
    return kind(lab.credential(), lab.subscription, transport=lab.transport(), retry_total=0)


def vaults(lab):
    return client(lab, RecoveryServicesClient).vaults


def backups(lab):
    return client(lab, RecoveryServicesBackupClient)


def headers(lab):
    return {"Authorization": "Bearer " + lab.credential().get_token(ARM + "/.default").token}


def issue(lab):
    _, _, der, _ = certificates.make()
    body = {"properties": {"authType": "AAD", "certificate": base64.b64encode(der).decode()}}
    made = client(lab, RecoveryServicesClient).vault_certificates
    return made.create(lab.group, lab.vault, "vault-east-test", body)


def a_vaults_whole_life(lab):
    with lab.broken("user-role", role="Contributor"):
        own = vaults(lab)
        name, body = "vault-made", {"location": "japaneast", "sku": {"name": "RS0", "tier": "Standard"}, "properties": {}}
        made = own.begin_create_or_update(lab.group, name, body, polling_interval=0).result()
        assert (made.name, made.location, made.sku.name) == (name, "japaneast", "RS0"), made
        assert made.properties.provisioning_state == "Succeeded" and made.etag
        assert name in [it.name for it in own.list_by_resource_group(lab.group)]
        assert name in [it.name for it in own.list_by_subscription_id()]
        changed = own.begin_update(lab.group, name, {"tags": {"owner": "tests"}}, polling_interval=0).result()
        assert changed.tags == {"owner": "tests"} and changed.etag != made.etag
        resources = client(lab, ResourceManagementClient)
        assert resources.resources.check_existence_by_id(made.id, api_version="2024-04-01")
        kinds = list(resources.resources.list(filter="resourceType eq 'Microsoft.RecoveryServices/vaults'"))
        assert name in [it.name for it in kinds]
        refused(412, "PreconditionFailed", own.begin_update, lab.group, name, {}, headers={"If-Match": made.etag})
        own.begin_delete(lab.group, name, polling_interval=0).result()
        refused(404, "ResourceNotFound", own.get, lab.group, name)
        assert not resources.resources.check_existence_by_id(made.id, api_version="2024-04-01")


def a_vault_with_machines_is_not_deleted(lab):
    with lab.broken("vault-holds", machines=3), lab.broken("user-role", role="Owner"):
        code = "ServiceResourceNotEmptyWithContainerDetails"
        refused(400, code, vaults(lab).begin_delete, lab.group, lab.vault)


def what_is_below_a_vault(lab):
    with lab.broken("vault-holds", machines=3):
        client_, own = client(lab, RecoveryServicesClient), backups(lab)
        usages = {it.name.value: it.current_value for it in client_.usages.list_by_vaults(lab.group, lab.vault)}
        assert usages["MABContainersCount"] == 3 and len(usages) >= 7, usages
        assert list(client_.replication_usages.list(lab.group, lab.vault))
        of = (lab.vault, lab.group)
        held = own.backup_protection_containers.list(*of, filter="backupManagementType eq 'MAB'")
        assert len(list(held)) == 3
        assert not list(own.backup_protection_containers.list(*of, filter="backupManagementType eq 'AzureIaasVM'"))
        refused(400, "InvalidFilterInQueryString", own.backup_protection_containers.list(*of, filter="nonsense").next)
        assert not list(own.backup_protected_items.list(*of))
        assert not list(own.backup_jobs.list(*of))
        assert not list(own.backup_engines.list(*of))
        assert "DefaultPolicy" in [it.name for it in own.backup_policies.list(*of)]
        assert own.backup_resource_vault_configs.get(*of).properties.soft_delete_feature_state == "Enabled"
        config = own.backup_resource_storage_configs_non_crr.get(*of)
        assert config.properties.storage_type == "GeoRedundant"
        assert list(own.backup_usage_summaries.list(*of, filter="type eq 'BackupProtectionContainerCountSummary'"))
        refused(404, "ResourceExtendedInfoNotFound", client_.vault_extended_info.get, lab.group, lab.vault)
        assert list(client_.operations.list()) and list(own.operations.list())


def what_is_beside_vaults(lab):
    own = client(lab, ResourceManagementClient)
    assert [it.name for it in own.resource_groups.list()] == [lab.group]
    assert own.resource_groups.check_existence(lab.group) and not own.resource_groups.check_existence("nowhere")
    refused(404, "ResourceGroupNotFound", vaults(lab).get, "nowhere", lab.vault)
    assert own.providers.get("Microsoft.RecoveryServices").registration_state == "Registered"
    assert "Microsoft.RecoveryServices" in [it.namespace for it in own.providers.list()]
    refused(404, "InvalidResourceNamespace", own.providers.get, "Microsoft.Nowhere")


def a_certificate_is_issued(lab):
    issued = issue(lab).properties
    assert issued.aad_tenant_id == lab.tenant and issued.service_principal_client_id, issued


def who_may_what(lab):
    for role, allows in (("Reader", None), ("Backup Reader", None), ("None", [])):
        parameters = {"role": role} | ({} if allows is None else {"allows": allows})
        with lab.broken("user-role", **parameters):
            error = refused(403, "AuthorizationFailed", issue, lab)
            assert "Microsoft.RecoveryServices/Vaults/certificates/write" in error.message
            if allows == []:
                refused(403, "AuthorizationFailed", vaults(lab).get, lab.group, lab.vault)
    with lab.broken("user-role", role="Backup Contributor"):
        body = {"location": "japaneast", "sku": {"name": "Standard"}}
        refused(403, "AuthorizationFailed", vaults(lab).begin_create_or_update, lab.group, "another", body)
    custom = ["Microsoft.RecoveryServices/*/read", "Microsoft.RecoveryServices/Vaults/certificates/write"]
    with lab.broken("user-role", role="Custom", allows=custom):
        error = refused(403, "AuthorizationFailed", issue, lab)
        assert "registeredIdentities/write" in error.message


def faults_of_the_cloud(lab):
    for state in ("disabled", "expired"):
        with lab.broken("subscription-state", state=state):
            refused(409, "ReadOnlyDisabledSubscription", issue, lab)
            assert vaults(lab).get(lab.group, lab.vault).name == lab.vault
    with lab.broken("vault-holds", machines=50):
        refused(403, "VaultMachineLimitReached", issue, lab)
    with lab.broken("server-interrupted", host="management.azure.com", minutes=20):
        refused(500, "CloudInternalError", vaults(lab).get, lab.group, lab.vault)
    with lab.broken("public-access-disabled", vault=lab.vault):
        assert vaults(lab).get(lab.group, lab.vault).properties.public_network_access == "Disabled"


def the_manners_of_the_resource_manager(lab):
    own = lab.session()
    path = f"{ARM}/subscriptions/{lab.subscription}/resourceGroups/{lab.group}/providers/Microsoft.RecoveryServices/vaults"
    for query, status, code in (
        ("", 400, "MissingApiVersionParameter"),
        ("?api-version=", 400, "InvalidApiVersionParameter"),
        ("?api-version=1999-01-01", 400, "NoRegisteredProviderFound"),
        ("?api-version=2016-06-01", 200, None),
    ):
        answer = own.get(path + query, headers=headers(lab))
        assert (answer.status_code, answer.json().get("error", {}).get("code")) == (status, code), answer.text
        for name in ("x-ms-request-id", "x-ms-correlation-request-id", "x-ms-routing-request-id"):
            assert answer.headers[name]
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    nobody = own.get(path + "?api-version=2016-06-01")
    assert nobody.status_code == 401 and nobody.json()["error"]["code"] == "AuthenticationFailed"
    challenge = nobody.headers["WWW-Authenticate"]
    assert challenge.startswith(f'Bearer authorization_uri="https://login.windows.net/{lab.tenant}"'), challenge
    strange = own.post(path + "?api-version=2016-06-01", headers=headers(lab))
    assert (strange.status_code, strange.json()["error"]["code"]) == (405, "MethodNotAllowed")
    pages, at = 0, path + "?api-version=2016-06-01&$top=1"
    while at:
        page = own.get(at, headers=headers(lab)).json()
        pages, at = pages + 1, page.get("nextLink")
        assert len(page["value"]) == 1
    assert pages == 2
    assert "x-ms-request-id" not in own.get("http://www.msftncsi.com/ncsi.txt").headers


def names_that_exist(lab):
    own = lab.session()
    for url, status in (
        ("https://pod01-prot1.jpe.backup.windowsazure.com/", 404),
        ("https://login.microsoft.com/", 200),
        ("https://portal.azure.com/", 200),
        ("https://graph.microsoft.com/v1.0/me", 401),
    ):
        assert own.get(url).status_code == status, url


CHECKS = [
    a_vaults_whole_life,
    a_vault_with_machines_is_not_deleted,
    what_is_below_a_vault,
    what_is_beside_vaults,
    a_certificate_is_issued,
    who_may_what,
    faults_of_the_cloud,
    the_manners_of_the_resource_manager,
    names_that_exist,
]
