"""What a module of checks is made of.

A module has a list `CHECKS` of functions. Each takes the lab, says in its docstring what it checks, and raises
`Differs` where a stock client meets anything else than what is documented.
"""

import traceback

from azure.core.exceptions import HttpResponseError


class Differs(Exception):
    """What a client met is not what is documented."""


def expect(what, found, wanted):
    """`found` has to be what is documented."""
    if found != wanted:
        raise Differs(f"{what}: expected {wanted!r}, found {found!r}")


def refused(what, wanted, call):
    """`call` has to raise an error with `wanted` in its message, and returns that message."""
    try:
        found = call()
    except Exception as error:  # Each client has errors of its own.
        message = str(error)
        if wanted not in message:
            raise Differs(f"{what}: expected {wanted!r} in {message!r}") from error
        return message
    raise Differs(f"{what}: expected {wanted!r}, but it was answered: {str(found)[:80]!r}")


def refused_with(status, code, call, *arguments, **named):
    """`call` has to raise the error of an Azure client with this status and code, and returns it."""
    try:
        answer = call(*arguments, **named)
        answer = list(answer) if hasattr(answer, "__next__") else answer
    except HttpResponseError as error:
        seen = getattr(error, "error_code", None) or (error.error.code if error.error else None)
        expect(error.message, (error.status_code, getattr(seen, "value", seen)), (status, code))
        return error
    raise Differs(f"not refused with {status} {code}, but answered {str(answer)[:80]!r}")


def run(lab, name, checks):
    """Makes the checks of a module, and returns how many failed."""
    failed = 0
    for check in checks:
        what = (check.__doc__ or check.__name__).strip().splitlines()[0]
        try:
            check(lab)
        except Differs as differs:
            failed += 1
            print(f"  FAILED  {name}: {what}\n          {differs}", flush=True)
        except Exception:
            failed += 1
            print(f"  FAILED  {name}: {what}\n{traceback.format_exc()}", flush=True)
        else:
            print(f"  ok      {name}: {what}", flush=True)
    return failed
