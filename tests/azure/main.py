"""Lets stock Azure clients meet the lab: `python tests/azure/main.py path/to/marslab`.

Says what was checked, and fails where anything differs from what is documented.
"""

import importlib
import logging
import pathlib
import sys
import time

import checks
from lab import opened

# Each has a list `CHECKS`.
MODULES = ["sign_in", "management", "storage"]

# Opened in health: a plain world with a storage account.
SCENARIO = pathlib.Path(__file__).parent / "world.toml"


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} path/to/marslab")
    # What the clients themselves say of errors is in the errors, too.
    logging.disable(logging.CRITICAL)
    began, made, failed = time.monotonic(), 0, 0
    with opened(sys.argv[1], str(SCENARIO)) as lab:
        for name in MODULES:
            module = importlib.import_module(name)
            made += len(module.CHECKS)
            failed += checks.run(lab, name, module.CHECKS)
    print(f"{made} checks, {failed} failed, in {time.monotonic() - began:.0f} s")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
