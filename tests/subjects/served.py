#!/usr/bin/env python3
"""The core of example.py, started once to answer a question a line. Try it:

    marslab run --serve --subject 'python3 tests/subjects/served.py'
"""
import http.client
import json
import sys

BACKUP = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config"
SHELL = r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell"
TASK = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup"
SERVICES = [("obengine", "agent-service-stopped"), ("MSiSCSI", "iscsi-service-stopped")]


def look(ask):
    """What is wrong with a machine; `ask` makes one call of its host port."""
    for service, cause in SERVICES:
        if ask("service", name=service)["state"] != "running":
            yield {"cause": cause, "about": service}
    if not ask("task", name=TASK)["trigger"]["enabled"]:
        yield {"cause": "task-trigger-disabled", "about": TASK}
    if ask("registry-value", key=SHELL, name="ExecutionPolicy") == {"text": "Restricted"}:
        yield {"cause": "execution-policy-restricted"}
    if ask("registry-value", key=BACKUP, name="KeyVerifier"):
        key = ask("registry-value", key=BACKUP, name="ScratchLocation")["text"] + r"\OnlineBackup.KEK"
        if ask("file-info", path=key) is None:
            yield {"cause": "kek-missing", "about": key}


for line in sys.stdin.buffer:
    question = json.loads(line)
    door = http.client.HTTPConnection(question["host"]["http"], timeout=10)

    def ask(call, **arguments):
        headers = {"Authorization": "Bearer " + question["host"]["token"]}
        door.request("POST", "/v1/" + call, json.dumps(arguments), headers)
        answer = json.load(door.getresponse())
        if "error" in answer:  # a mistake in this program; what Windows refuses is "refused"
            sys.exit(f"{call}: {answer['error']['message']}")
        return answer.get("ok")

    diagnosis = {"version": 1, "findings": list(look(ask))}
    print(json.dumps({"ask": question["ask"], "diagnosis": diagnosis}), flush=True)
