"""Signing in with azure-identity, MSAL and ADAL: in four ways, and with each credential broken."""

import time
import warnings
from base64 import urlsafe_b64encode

import adal
import jwt
import msal
import requests
from azure.identity import (
    CertificateCredential,
    ClientSecretCredential,
    DeviceCodeCredential,
    UsernamePasswordCredential,
)

import certificates
from checks import expect, refused

SCOPE = "https://management.azure.com/.default"
RESOURCE = "https://management.azure.com/"
# What azure-identity calls itself where it is given no client id: Azure CLI.
AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
HOST = "https://login.microsoftonline.com"
OLD_HOST = "https://login.windows.net"

warnings.simplefilter("ignore", DeprecationWarning)


def claims_of(lab, token):
    """The claims of a token, whose signature is checked with the published key."""
    keys = jwt.PyJWKClient(f"{HOST}/{lab.tenant}/discovery/v2.0/keys")
    keys.fetch_data = lambda: requests.get(keys.uri, timeout=60).json()
    key = keys.get_signing_key_from_jwt(token).key
    return jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})


def uploaded(lab):
    """A certificate that the vault's application knows: (client id, PEM, key, thumbprint)."""
    pem, key, der, thumbprint = certificates.make()
    client_id = certificates.upload(lab, with_password(lab).get_token(SCOPE).token, der)
    return client_id, pem, key, thumbprint


def with_password(lab, **changed):
    given = {"client_id": AZURE_CLI, "username": lab.user, "password": lab.password, "tenant_id": lab.tenant}
    return UsernamePasswordCredential(**(given | changed))


def client_secret(lab):
    """a client secret, and the claims of the token"""
    for tenant in (lab.tenant, lab.domain):
        credential = ClientSecretCredential(tenant, lab.client_id, lab.secret)
        claims = claims_of(lab, credential.get_token(SCOPE).token)
        for name, value in {
            "aud": RESOURCE.rstrip("/"),
            "iss": f"https://sts.windows.net/{lab.tenant}/",
            "appid": lab.client_id,
            "appidacr": "1",
            "idtyp": "app",
            "tid": lab.tenant,
            "ver": "1.0",
        }.items():
            expect(name, claims[name], value)


def certificate(lab):
    """a certificate, by azure-identity and MSAL"""
    client_id, pem, key, thumbprint = uploaded(lab)
    credential = CertificateCredential(lab.tenant, client_id, certificate_data=(pem + key).encode())
    expect("appidacr", claims_of(lab, credential.get_token(SCOPE).token)["appidacr"], "2")
    for how in (
        {"private_key": key, "thumbprint": thumbprint},
        {"private_key": key, "public_certificate": pem},
    ):
        app = msal.ConfidentialClientApplication(
            client_id, authority=f"{HOST}/{lab.tenant}", client_credential=how
        )
        expect("token_type", app.acquire_token_for_client([SCOPE]).get("token_type"), "Bearer")


def password(lab):
    """user and password, in the tenant, in its domain and in `organizations`"""
    for tenant in (lab.tenant, lab.domain, "organizations"):
        claims = claims_of(lab, with_password(lab, tenant_id=tenant).get_token(SCOPE).token)
        expect("upn", claims["upn"], lab.user)
        expect("tid", claims["tid"], lab.tenant)


def refresh(lab):
    """a refresh token, by MSAL"""
    app = msal.PublicClientApplication(AZURE_CLI, authority=f"{HOST}/{lab.tenant}")
    first = app.acquire_token_by_username_password(lab.user, lab.password, [SCOPE])
    expect("error", first.get("error_description"), None)
    expect("preferred_username", first["id_token_claims"]["preferred_username"], lab.user)
    (account,) = app.get_accounts()
    again = app.acquire_token_silent_with_error([SCOPE], account, force_refresh=True)
    expect("token_source", again.get("token_source"), "identity_provider")


def device_code(lab):
    """a device code that nobody enters"""
    shown = []
    credential = DeviceCodeCredential(
        tenant_id=lab.tenant, timeout=1, prompt_callback=lambda *told: shown.append(told)
    )
    refused("device code", "Timed out waiting for user", lambda: credential.get_token(SCOPE))
    expect("page", shown[0][0], "https://microsoft.com/devicelogin")
    confidential = DeviceCodeCredential(lab.client_id, tenant_id=lab.tenant, prompt_callback=print_nothing)
    refused("device code", "AADSTS7000218", lambda: confidential.get_token(SCOPE))


def print_nothing(*_told):
    pass


def older_clients(lab):
    """ADAL, at both names of the service"""
    client_id, _pem, key, thumbprint = uploaded(lab)
    for host in (HOST, OLD_HOST):
        context = adal.AuthenticationContext(f"{host}/{lab.tenant}", cache=None)
        for token in (
            context.acquire_token_with_client_credentials(RESOURCE, lab.client_id, lab.secret),
            context.acquire_token_with_client_certificate(RESOURCE, client_id, key, thumbprint),
            context.acquire_token_with_username_password(RESOURCE, lab.user, lab.password, AZURE_CLI),
        ):
            expect("resource", token["resource"], RESOURCE)
            claims_of(lab, token["accessToken"])
        again = context.acquire_token_with_refresh_token(token["refreshToken"], AZURE_CLI, RESOURCE)
        expect("tokenType", again["tokenType"], "Bearer")


def documents(lab):
    """what clients look up: configurations, instances, realms"""
    for path, issuer in (
        (f"{lab.tenant}/v2.0", f"{HOST}/{lab.tenant}/v2.0"),
        (f"{lab.domain}/v2.0", f"{HOST}/{lab.tenant}/v2.0"),
        ("common/v2.0", f"{HOST}/{{tenantid}}/v2.0"),
        (lab.tenant, f"https://sts.windows.net/{lab.tenant}/"),
    ):
        found = requests.get(f"{HOST}/{path}/.well-known/openid-configuration", timeout=60).json()
        expect(path, found["issuer"], issuer)
        expect("keys", len(requests.get(found["jwks_uri"], timeout=60).json()["keys"]), 1)
    unknown = requests.get(f"{HOST}/no.example/v2.0/.well-known/openid-configuration", timeout=60)
    expect("an unknown tenant", (unknown.status_code, unknown.json()["error"]), (400, "invalid_tenant"))
    asked = {"api-version": "1.1", "authorization_endpoint": f"{HOST}/common/oauth2/v2.0/authorize"}
    found = requests.get(f"{HOST}/common/discovery/instance", params=asked, timeout=60).json()
    expect("metadata", found["metadata"][0]["preferred_network"], "login.microsoftonline.com")
    for user, kind in ((lab.user, "Managed"), ("a@no.example", "Unknown")):
        found = requests.get(f"{HOST}/common/UserRealm/{user}", params={"api-version": "1.0"}, timeout=60)
        expect(user, found.json()["account_type"], kind)


def broken_secret(lab):
    """a secret that is wrong, an application and a tenant that are not there, a scope that is none"""
    for given, error in (
        ((lab.tenant, lab.client_id, "wrong"), "AADSTS7000215"),
        ((lab.tenant, "00000000-0000-4000-8000-000000000000", lab.secret), "AADSTS700016"),
        # Azure-identity looks the tenant up first, and tells of the answer no more than this.
        (("no.example", lab.client_id, lab.secret), "Unable to get authority configuration"),
        (("common", lab.client_id, lab.secret), "AADSTS50059"),
    ):
        refused(str(given[:2]), error, lambda given=given: ClientSecretCredential(*given).get_token(SCOPE))
    lost = adal.AuthenticationContext(f"{HOST}/no.example", cache=None)
    given = (RESOURCE, lab.client_id, lab.secret)
    refused("ADAL", "AADSTS90002", lambda: lost.acquire_token_with_client_credentials(*given))
    right = ClientSecretCredential(lab.tenant, lab.client_id, lab.secret)
    refused("resource", "AADSTS500011", lambda: right.get_token("https://no.example/.default"))
    refused("scope", "AADSTS1002012", lambda: right.get_token("https://management.azure.com/read"))


def broken_certificate(lab):
    """a certificate that the application does not know, and an assertion that has expired"""
    client_id, _pem, key, thumbprint = uploaded(lab)
    other, other_key, _, _ = certificates.make()
    stranger = CertificateCredential(lab.tenant, client_id, certificate_data=(other + other_key).encode())
    refused("unknown key", "AADSTS700027", lambda: stranger.get_token(SCOPE))
    endpoint = f"{HOST}/{lab.tenant}/oauth2/v2.0/token"
    for what, exp, aud, algorithm, error in (
        ("expired", -3600, endpoint, "RS256", "AADSTS700024"),
        ("audience", 600, f"{HOST}/no.example/oauth2/v2.0/token", "RS256", "AADSTS700023"),
        ("none", 600, endpoint, "none", "AADSTS5002730"),
    ):
        said = {"aud": aud, "iss": client_id, "sub": client_id, "exp": time.time() + exp}
        x5t = urlsafe_b64encode(bytes.fromhex(thumbprint)).decode()
        signed = jwt.encode(said, key if algorithm != "none" else None, algorithm, {"x5t": x5t})
        app = msal.ConfidentialClientApplication(
            client_id, authority=f"{HOST}/{lab.tenant}", client_credential={"client_assertion": signed}
        )
        found = app.acquire_token_for_client([SCOPE])
        expect(what, f"AADSTS{found['error_codes'][0]}", error)


def broken_password(lab):
    """a password that is wrong, a user who is not there, an application that has to prove itself"""
    for changed, error in (
        ({"password": "wrong"}, "AADSTS50126"),
        ({"username": f"nobody@{lab.domain}"}, "AADSTS50034"),
        ({"client_id": lab.client_id}, "AADSTS7000218"),
    ):
        refused(str(changed), error, lambda changed=changed: with_password(lab, **changed).get_token(SCOPE))


def broken_forms(lab):
    """forms that lack a parameter, and the whole shape of a refusal"""
    endpoint = f"{HOST}/{lab.tenant}/oauth2/v2.0/token"
    form = {"grant_type": "client_credentials", "client_id": lab.client_id, "scope": SCOPE, "client_secret": "x"}
    for missing, code, status in (
        ("grant_type", 900144, 400),
        ("client_id", 900144, 400),
        ("client_secret", 7000218, 401),
    ):
        asked = {name: value for name, value in form.items() if name != missing}
        request_id = "01234567-89ab-4cde-8f01-23456789abcd"
        headers = {"client-request-id": request_id}
        answer = requests.post(endpoint, data=asked, headers=headers, timeout=60)
        body = answer.json()
        expect(missing, (answer.status_code, body["error_codes"]), (status, [code]))
        expect("members", sorted(body), sorted([
            "error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id", "error_uri",
        ]))
        expect("correlation_id", body["correlation_id"], request_id)
        expect("error_uri", body["error_uri"], f"{HOST}/error?code={code}")


CHECKS = [
    client_secret,
    certificate,
    password,
    refresh,
    device_code,
    older_clients,
    documents,
    broken_secret,
    broken_certificate,
    broken_password,
    broken_forms,
]
