"""A world that is held open, and how a stock client reaches it."""

import json
import os
import signal
import subprocess
import threading
from contextlib import contextmanager


class Lab:
    """An open session, and what a user can read of its world."""

    def __init__(self, marslab, session):
        self.marslab = marslab
        self.session = session
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

    def tell(self, *arguments):
        """Gives the session a command of `marslab`: `lab.tell("break", "edit = …")`."""
        command = [self.marslab, *arguments, "--session", self.session["session-file"]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout


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
