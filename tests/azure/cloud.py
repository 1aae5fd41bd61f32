"""Runs the checks of resource manager and storage against a session: `python cloud.py path/to/marslab`."""

import sys
import traceback

import management
import storage
from cloud_session import Lab


def main():
    failed = 0
    with Lab(sys.argv[1]) as lab:
        for module in (management, storage):
            for check in module.CHECKS:
                try:
                    check(lab)
                    print(f"ok      {module.__name__}.{check.__name__}")
                except Exception:
                    failed += 1
                    print(f"FAILED  {module.__name__}.{check.__name__}\n{traceback.format_exc()}")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
