"""Storage accounts, asked by azure-storage-blob. Each check takes a lab (lab.py)."""

import datetime

from azure.storage.blob import BlobBlock, BlobLeaseClient, BlobSasPermissions, BlobServiceClient, generate_blob_sas

from checks import refused_with as refused
from management import ARM, headers


def account_key(lab):
    path = f"/subscriptions/{lab.subscription}/resourceGroups/{lab.group}/providers/Microsoft.Storage"
    url = f"{ARM}{path}/storageAccounts/{lab.account}/listKeys?api-version=2023-01-01"
    with lab.broken("user-role", role="Contributor"):
        return lab.session().post(url, headers=headers(lab)).json()["keys"][0]["value"]


def service(lab, credential):
    url = f"https://{lab.account}.blob.core.windows.net"
    return BlobServiceClient(url, credential, transport=lab.transport(), retry_total=0, max_single_put_size=1024, max_block_size=1000)


def container(lab, name):
    own = service(lab, account_key(lab))
    return own.create_container(name)


def keys_are_for_who_may_list_them(lab):
    path = f"/subscriptions/{lab.subscription}/resourceGroups/{lab.group}/providers/Microsoft.Storage"
    url = f"{ARM}{path}/storageAccounts/{lab.account}/listKeys?api-version=2023-01-01"
    answer = lab.session().post(url, headers=headers(lab))
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "AuthorizationFailed")


def an_upload(lab):
    place = container(lab, "uploads")
    refused(409, "ContainerAlreadyExists", place.create_container)
    small, large = b"hello", bytes(range(256)) * 20
    blob = place.upload_blob("folder/small name.txt", small, metadata={"origin": "tests"})
    assert blob.download_blob().readall() == small
    assert blob.get_blob_properties().metadata == {"origin": "tests"}
    refused(409, "BlobAlreadyExists", place.upload_blob, "folder/small name.txt", small)
    # Larger than one request of this client: blocks, and a list of them.
    many = place.upload_blob("large", large)
    assert many.download_blob().readall() == large
    assert many.download_blob(offset=250, length=10).readall() == large[250:260]
    refused(416, "InvalidRange", many.download_blob, offset=len(large), length=1)
    assert sorted(it.name for it in place.list_blobs()) == ["folder/small name.txt", "large"]
    assert [it.name for it in place.list_blobs(name_starts_with="la")] == ["large"]
    many.stage_block("YQ==", b"more")
    refused(400, "InvalidBlockList", many.commit_block_list, [BlobBlock("Yg==")])
    old = many.get_blob_properties().etag
    place.upload_blob("large", small, overwrite=True)
    from azure.core import MatchConditions

    refused(412, "ConditionNotMet", many.delete_blob, etag=old, match_condition=MatchConditions.IfNotModified)
    many.delete_blob()
    refused(404, "BlobNotFound", many.get_blob_properties)
    place.delete_container()
    refused(404, "ContainerNotFound", place.upload_blob, "x", small)


def leases(lab):
    place = container(lab, "leases")
    blob = place.upload_blob("held", b"1")
    lease = blob.acquire_lease(15)
    refused(409, "LeaseAlreadyPresent", blob.acquire_lease, 15)
    refused(412, "LeaseIdMissing", place.upload_blob, "held", b"2", overwrite=True)
    other = "00000000-0000-4000-8000-000000000000"
    refused(412, "LeaseIdMismatchWithBlobOperation", place.upload_blob, "held", b"2", overwrite=True, lease=other)
    place.upload_blob("held", b"3", overwrite=True, lease=lease)
    assert blob.get_blob_properties().lease.state == "leased"
    lease.renew()
    assert lease.break_lease(0) == 0
    refused(409, "LeaseIsBrokenAndCannotBeRenewed", lease.renew)
    again = blob.acquire_lease()
    id_of = again.id
    again.release()
    refused(409, "LeaseIdMismatchWithLeaseOperation", BlobLeaseClient(blob, id_of).release)
    blob.delete_blob()


def who_may_what(lab):
    place = container(lab, "shared")
    place.upload_blob("read", b"1")
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    made = generate_blob_sas(
        lab.account, "shared", "read", account_key=account_key(lab), permission=BlobSasPermissions(read=True), expiry=until
    )
    reader = service(lab, made).get_blob_client("shared", "read")
    assert reader.download_blob().readall() == b"1"
    refused(403, "AuthorizationPermissionMismatch", reader.upload_blob, b"2", overwrite=True)
    other = service(lab, made).get_blob_client("shared", "another")
    refused(403, "AuthenticationFailed", other.download_blob)
    wrong = service(lab, "d3Jvbmc=").get_container_client("shared")
    refused(403, "AuthenticationFailed", wrong.upload_blob, "x", b"1")
    nobody = service(lab, None).get_container_client("shared")
    refused(401, "NoAuthenticationInformation", nobody.upload_blob, "x", b"1")


def faults_of_the_cloud(lab):
    place = container(lab, "faults")
    key = account_key(lab)
    with lab.broken("subscription-state", state="disabled"):
        refused(403, "AccountIsDisabled", place.upload_blob, "x", b"1")
    with lab.broken("server-interrupted", host=f"{lab.account}.blob.core.windows.net", minutes=20):
        refused(503, "ServerBusy", service(lab, key).get_container_client("faults").upload_blob, "x", b"1")


CHECKS = [
    keys_are_for_who_may_list_them,
    an_upload,
    leases,
    who_may_what,
    faults_of_the_cloud,
]
