#!/usr/bin/env python3
"""Plays the corpus again and again, and kills the lab at random moments: no play may end otherwise than the first time, and
no folder, process or open file may be left.

    cargo build --release
    python3 tests/soak.py target/release/marslab

Takes about half an hour on two cores; `--share 0.1` does a tenth of it. Run by hand on Linux; the last result stands in
tests/README.md.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

EXAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "subjects", "example.py")


def open_files(pid):
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def processes(folder):
    """Whoever has the folder for temporary files in the environment: the lab, and the subjects that it started."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                if folder.encode() in file.read():
                    found.append(int(pid))
        except OSError:
            pass
    return found


class Lab:
    """The program, with a folder for temporary files of its own."""

    def __init__(self, program, temp):
        self.program, self.temp = os.path.abspath(program), temp
        self.environment = {**os.environ, "TMPDIR": temp, "NO_COLOR": "1"}

    def start(self, *arguments):
        return subprocess.Popen(
            [self.program, *arguments], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def left(self):
        return sorted(os.listdir(self.temp)), processes(self.temp)

    def expect_nothing_left(self, after):
        # A program whose parent was killed needs a moment to find its door closed.
        until = time.monotonic() + 20
        while processes(self.temp) and time.monotonic() < until:
            time.sleep(0.05)
        folders, running = self.left()
        if folders or running:
            sys.exit(f"error: left after {after}: folders {folders}, processes {running}")


def repeat(lab, fidelity, plays):
    """At least so many plays, as whole repeats of the corpus, each with another seed."""
    report = os.path.join(lab.temp, "report.json")
    repeats = -(-plays // corpus(lab))
    process = lab.start("run", "--fidelity", fidelity, "--repeat", str(repeats), "--json", report)
    samples = []

    def watch():
        while process.poll() is None:
            samples.append(open_files(process.pid))
            time.sleep(0.01)

    watching = threading.Thread(target=watch)
    watching.start()
    code = process.wait()
    watching.join()
    with open(report, encoding="utf-8") as file:
        counts = json.load(file)["counts"]
    os.remove(report)
    if code != 0:
        sys.exit(f"error: {fidelity}: exit code {code}: {counts}")
    quarter = len(samples) // 4
    early, late = max(samples[:quarter]), max(samples[-quarter:])
    if late > early + 16:
        sys.exit(f"error: {fidelity}: up to {early} files were open in the first quarter, {late} in the last")
    lab.expect_nothing_left(f"{repeats} repeats on {fidelity}")
    print(f"{fidelity}: {repeats} repeats, {counts}, at most {max(samples)} files open", flush=True)


def corpus(lab):
    told = subprocess.run([lab.program, "list"], capture_output=True, text=True, check=True).stdout
    return max(1, len(told.splitlines()))


def kill(lab, times, draw):
    """Half of them a run with a program as its subject, half a session."""
    ways = [
        ("run", "--jobs", "2", "--subject", f"python3 '{EXAMPLE}'", "iscsi-service-stopped", "kek-missing"),
        ("up", "iscsi-service-stopped"),
    ]
    for number in range(times):
        process = lab.start(*ways[number % 2])
        time.sleep(draw.uniform(0.0, 0.6))
        process.kill()
        process.wait()
    # The next start, which removes what the killed ones have left.
    lab.start(*ways[0]).wait()
    lab.expect_nothing_left(f"{times} kills")
    print(f"{times} kills at random moments, and one more start: nothing is left", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="soak-") as temp:
        lab = Lab(arguments.program, temp)
        repeat(lab, "memory", int(10_000 * arguments.share))
        repeat(lab, "loopback", int(1_000 * arguments.share))
        kill(lab, int(1_000 * arguments.share), random.Random(arguments.seed))


main()
