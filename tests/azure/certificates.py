"""Certificates for applications, made for one run."""

import base64
import datetime

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

RESOURCE_MANAGER = "https://management.azure.com"


def make():
    """A self-signed certificate of two days and its key: (PEM of the certificate, PEM of the key, DER, SHA-1 thumbprint)."""
    now = datetime.datetime.now(datetime.timezone.utc)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stock client")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=10))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    key_pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    return pem.decode(), key_pem.decode(), der, certificate.fingerprint(hashes.SHA1()).hex()


def upload(lab, token, der):
    """Makes it a certificate of the vault's application, and returns that application's client id."""
    url = (
        f"{RESOURCE_MANAGER}/subscriptions/{lab.subscription}/resourceGroups/{lab.group}"
        f"/providers/Microsoft.RecoveryServices/vaults/{lab.vault}/certificates/stock?api-version=2016-06-01"
    )
    body = {"properties": {"authType": "AAD", "certificate": base64.b64encode(der).decode()}}
    answer = requests.put(url, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=60)
    answer.raise_for_status()
    return answer.json()["properties"]["servicePrincipalClientId"]
