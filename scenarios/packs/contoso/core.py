#!/usr/bin/env python3
"""A diagnostic core that knows one issue, that of this pack:

    marslab run --pack scenarios/packs/contoso --subject 'python3 scenarios/packs/contoso/core.py'
"""
import json
import os
import sys
import urllib.request

json.load(sys.stdin.buffer)  # the complaint
with open(os.environ["MARSLAB_HOST"], encoding="utf-8") as file:
    door = json.load(file)
request = urllib.request.Request(
    f"http://{door['http']}/v1/registry-value",
    data=json.dumps({"key": r"HKLM\SOFTWARE\Contoso\Hardening", "name": "BackupMode"}).encode(),
    headers={"Authorization": f"Bearer {door['token']}"},
)
with urllib.request.urlopen(request, timeout=10) as answer:
    mode = json.load(answer).get("ok")
findings = []
if mode == {"number": 2}:
    findings.append(
        {
            "cause": "contoso/backup-locked",
            "evidence": ["BackupMode is 2"],
            "remedy": "contoso/unlock-backup",
        }
    )
json.dump({"version": 1, "findings": findings, "unchecked": []}, sys.stdout)
