"""A world that is held open, and how a stock client reaches it."""

import json
import os
import pathlib
import signal
import subprocess
import threading
import time
import urllib.request
from contextlib import contextmanager

import requests
from azure.core.credentials import AccessToken
from azure.core.pipeline.transport import RequestsTransport


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
        answer = requests.post(url, data=form, timeout=60).json()
        # The world's clock may be behind, and the client's is what it looks at.
        return AccessToken(answer["access_token"], int(time.time()) + 3600)


class Lab:
    """An open session, and what a user can read of its world."""

    def __init__(self, marslab, session):
        self.marslab = marslab
        self.ca_file = session["ca-file"]

        tenants = "cloud/tenants"
        self.tenant = self.names(tenants)[0]
        tenant = f"{tenants}/{self.tenant}"
        self.domain = self.value(f"{tenant}/domains")[0]
        self.user = self.names(f"{tenant}/users")[0]
        self.password = self.value(f"{tenant}/users/{self.user}/password")
        self.client_id = self.names(f"{tenant}/applications")[0]
        secrets = f"{tenant}/applications/{self.client_id}/secrets"
        self.secret = self.value(f"{secrets}/{self.names(secrets)[0]}/value")
        self.subscription = self.names("cloud/subscriptions")[0]
        self.vault = self.names("cloud/vaults")[0]
        self.group = self.value(f"cloud/vaults/{self.vault}/resource-group")
        # What the scenario's setting `storage-account` adds.
        self.account = "contosodata"
        self.key = json.loads(pathlib.Path(session["session-file"]).read_text())

    @staticmethod
    def session():
        """A client of HTTP."""
        return requests.Session()

    @staticmethod
    def transport():
        """What carries the requests of an Azure client. Retries would only take time."""
        return RequestsTransport()

    def credential(self):
        """The administrator, as signed in."""
        return Credential(self)

    def names(self, path):
        """The names of the entries at a path of the healthy plain world."""
        rows = self._show(path).split("\n\n", 1)[1]
        return [row.split()[0].rsplit("/", 1)[-1] for row in rows.splitlines() if row.strip()]

    def value(self, path):
        """The value at a path of the healthy plain world."""
        return json.loads(self._show(path).split("\n\n", 1)[1])

    def _show(self, path):
        command = [self.marslab, "show", "world", path]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def ask(self, path, **body):
        """Asks the session itself."""
        request = urllib.request.Request(
            f"http://{self.key['control']}/v1/{path}",
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.key['token']}", "Content-Type": "application/json"},
        )
        # Not through the world.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request) as answer:
            return json.load(answer)

    @contextmanager
    def broken(self, fault, **parameters):
        """The world with one fault, for the length of a `with`."""
        done = self.ask("break", fault=fault, **{"with": parameters})["done"]
        try:
            yield
        finally:
            self.ask("revert", number=done[0]["number"])


@contextmanager
def opened(marslab, scenario):
    """Opens a session in health, and sends every client of this process there.

    Clients get what a user would give them: the SOCKS door as their proxy, and the lab's roots as those to trust.
    """
    command = [marslab, "up", scenario, "--healthy", "--ttl", "15m", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        session = json.loads(process.stdout.readline())
        # A pipe that nobody reads would stop the session.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        door = f"socks5h://SYSTEM:{session['door-token']}@{session['socks']}"
        os.environ.update(HTTPS_PROXY=door, HTTP_PROXY=door, NO_PROXY="")
        os.environ.update(REQUESTS_CA_BUNDLE=session["ca-file"], SSL_CERT_FILE=session["ca-file"])
        yield Lab(marslab, session)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
