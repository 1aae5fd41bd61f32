#!/usr/bin/env python3
"""A small diagnostic core for marslab, with nothing but Python's standard library.

It is told a complaint on standard input, looks at the machine through the door that MARSLAB_HOST
names, and says on standard output what is wrong. Try it:

    marslab run --subject 'python3 tests/subjects/example.py' iscsi task-disabled kek policy
"""
import json
import os
import sys
import urllib.request

complaint = json.load(sys.stdin.buffer)
with open(os.environ["MARSLAB_HOST"], encoding="utf-8") as file:
    door = json.load(file)


def ask(call, **arguments):
    """One call of the host port; None where Windows refuses it. A wrong call raises HTTPError."""
    request = urllib.request.Request(
        f"http://{door['http']}/v1/{call}",
        data=json.dumps(arguments).encode(),
        headers={"Authorization": f"Bearer {door['token']}"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer).get("ok")


BACKUP = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config"
SHELL = r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell"
TASK = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup"
findings = []

for service, cause in [("obengine", "agent-service-stopped"), ("MSiSCSI", "iscsi-service-stopped")]:
    state = ask("service", name=service)["state"]
    if state != "running":
        findings.append({"cause": cause, "about": service, "evidence": [f"{service} is {state}"]})
if not ask("task", name=TASK)["trigger"]["enabled"]:
    findings.append({"cause": "task-trigger-disabled", "about": TASK})
if ask("registry-value", key=SHELL, name="ExecutionPolicy") == {"text": "Restricted"}:
    findings.append({"cause": "execution-policy-restricted"})
if ask("registry-value", key=BACKUP, name="KeyVerifier"):
    scratch = ask("registry-value", key=BACKUP, name="ScratchLocation")["text"]
    key = scratch + r"\OnlineBackup.KEK"
    if ask("file-info", path=key) is None:
        findings.append({"cause": "kek-missing", "about": key})

json.dump({"version": 1, "findings": findings, "unchecked": []}, sys.stdout)
