"""A session of the lab (`marslab up`), as stock clients of Azure see it: by the names of the world, through SOCKS."""

import json
import pathlib
import subprocess
import time
import urllib.request

import requests
from azure.core.credentials import AccessToken
from azure.core.pipeline.transport import RequestsTransport

HERE = pathlib.Path(__file__).parent


class Credential:
    """Signs in as a browser does in which the user is signed in already: the lab's own grant."""

    def __init__(self, lab):
        self.lab = lab

    def get_token(self, *scopes, **_):
        resource = scopes[0].removesuffix(".default")
        if not resource.endswith("/"):
            resource += "/"
        form = {"grant_type": "sso", "username": self.lab.user, "resource": resource}
        url = f"https://login.microsoftonline.com/{self.lab.tenant}/oauth2/token"
        answer = self.lab.session().post(url, data=form).json()
        # The world's clock may be behind, and the client's is what it looks at.
        return AccessToken(answer["access_token"], int(time.time()) + 3600)


class Lab:
    """A world that is held open."""

    subscription = "c0ffee00-1b2d-4e3f-9a8b-7c6d5e4f3a21"
    tenant = "5a2e7c1d-9f43-4b06-8a57-c3d0e1f29b64"
    user = "admin@contoso.example"
    group = "rg-backup"
    vault = "vault-east"
    account = "contosodata"

    def __init__(self, program, scenario=HERE / "cloud_world.toml"):
        self.process = subprocess.Popen(
            [program, "up", str(scenario), "--healthy", "--json"], stdout=subprocess.PIPE, text=True
        )
        self.about = json.loads(self.process.stdout.readline())
        session_file = json.loads(pathlib.Path(self.about["session-file"]).read_text())
        self.control, self.token = session_file["control"], session_file["token"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def session(self):
        """A client on the customer's server, that trusts what it trusts."""
        client = requests.Session()
        client.trust_env = False
        door = f"socks5h://SYSTEM:{self.about['door-token']}@{self.about['socks']}"
        client.proxies = {"http": door, "https": door}
        client.verify = self.about["ca-file"]
        return client

    def transport(self):
        return RequestsTransport(session=self.session(), session_owner=False, connection_verify=self.about["ca-file"])

    def credential(self):
        return Credential(self)

    def ask(self, path, **body):
        """Asks the session itself."""
        request = urllib.request.Request(
            f"http://{self.control}/v1/{path}",
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def broken(self, fault, **parameters):
        return Broken(self, fault, parameters)


class Broken:
    """The world with one fault, for the length of a `with`."""

    def __init__(self, lab, fault, parameters):
        self.lab, self.fault, self.parameters = lab, fault, parameters

    def __enter__(self):
        answer = self.lab.ask("break", fault=self.fault, **{"with": self.parameters})
        self.number = answer["done"][0]["number"]

    def __exit__(self, *_):
        self.lab.ask("revert", number=self.number)


def refused(status, code, call, *arguments, **named):
    """The error of a call that must fail so."""
    from azure.core.exceptions import HttpResponseError

    try:
        answer = call(*arguments, **named)
        answer = list(answer) if hasattr(answer, "__next__") else answer
    except HttpResponseError as error:
        seen = getattr(error, "error_code", None) or (error.error.code if error.error else None)
        seen = getattr(seen, "value", seen)
        assert (error.status_code, seen) == (status, code), f"{error.status_code} {seen}: {error.message}"
        return error
    raise AssertionError(f"not refused with {status} {code}, but answered {answer}")
