#!/usr/bin/env python3
"""The core of example.py as an agent that uses tools: an MCP client with nothing but Python's
standard library.

It reads the configuration that its last argument names, starts the server that stands there, looks
at the machine with the server's tools, and submits what is wrong. Try it:

    marslab run --subject 'python3 tests/subjects/mcp.py --mcp-config {mcp}' kek task-disabled
"""
import json
import subprocess
import sys

with open(sys.argv[-1], encoding="utf-8") as file:
    server = json.load(file)["mcpServers"]["marslab"]
process = subprocess.Popen(
    [server["command"], *server["args"]],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    encoding="utf-8",
)
sent = 0


def send(method, params, **rest):
    """One message to the server."""
    message = {"jsonrpc": "2.0", "method": method, "params": params, **rest}
    print(json.dumps(message), file=process.stdin, flush=True)


def request(method, params):
    """One request, and the result of the answer to it."""
    global sent
    sent += 1
    send(method, params, id=sent)
    answer = json.loads(process.stdout.readline())
    assert answer["id"] == sent, answer
    return answer["result"]


def use(tool, **arguments):
    """The text that a tool answers, and whether it is an error."""
    result = request("tools/call", {"name": tool, "arguments": arguments})
    return result["content"][0]["text"], result.get("isError", False)


def ask(call, **arguments):
    """One call of the host port; None where Windows refuses it."""
    text, is_error = use(call, **arguments)
    assert not is_error, text
    return json.loads(text).get("ok")


client = {"name": "mcp.py", "version": "1"}
request("initialize", {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client})
send("notifications/initialized", {})
tools = {tool["name"] for tool in request("tools/list", {})["tools"]}
assert {"complaint", "causes", "submit", "service", "task"} <= tools, tools
complaint = json.loads(use("complaint")[0])
causes = {cause["cause"] for cause in json.loads(use("causes")[0])["causes"]}

BACKUP = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config"
SHELL = r"HKLM\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell"
TASK = r"\Microsoft\OnlineBackup\Microsoft-OnlineBackup"
findings = []
for service, cause in [("obengine", "agent-service-stopped"), ("MSiSCSI", "iscsi-service-stopped")]:
    if ask("service", name=service)["state"] != "running":
        findings.append({"cause": cause, "about": service})
if not ask("task", name=TASK)["trigger"]["enabled"]:
    findings.append({"cause": "task-trigger-disabled", "about": TASK})
if ask("registry-value", key=SHELL, name="ExecutionPolicy") == {"text": "Restricted"}:
    findings.append({"cause": "execution-policy-restricted"})
if ask("registry-value", key=BACKUP, name="KeyVerifier"):
    key = ask("registry-value", key=BACKUP, name="ScratchLocation")["text"] + r"\OnlineBackup.KEK"
    if ask("file-info", path=key) is None:
        findings.append({"cause": "kek-missing", "about": key})
assert all(finding["cause"] in causes for finding in findings)

# A mistake is told, and can be corrected.
told, is_error = use("submit", version=1, findings=[{"cause": "gremlins"}])
assert is_error and "gremlins" in told, told
told, is_error = use("submit", version=1, findings=findings)
assert not is_error, told
process.stdin.close()
process.wait(timeout=10)
print(f"Looked at {complaint['machine']}, and submitted {len(findings)} findings.")
