"""Runs the programs under test and says what went wrong in one sentence."""
import json
import os
import shutil
import subprocess
import sys
import tempfile


class Programs:
    def __init__(self, scrutineer, verify):
        self.scrutineer = os.path.abspath(scrutineer)
        self.verifier = os.path.abspath(verify)
        self.directory = tempfile.mkdtemp(prefix="scrutineer-cli-")
        os.chdir(self.directory)

    def close(self):
        os.chdir("/")
        shutil.rmtree(self.directory)

    def _run(self, program, arguments, expect):
        done = subprocess.run([program, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != expect:
            sys.exit(f"{os.path.basename(program)} {' '.join(arguments)}: exit {done.returncode}, expected {expect}\n"
                     f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done

    def run(self, *arguments, expect=0):
        return self._run(self.scrutineer, list(arguments), expect)

    def verify(self, *arguments, expect=0):
        return self._run(self.verifier, list(arguments), expect)

    def tally(self, log, unit=None):
        more = ["--unit", unit] if unit else []
        return json.loads(self.run("tally", "--log", log, "--json", *more).stdout)


def check(condition, sentence):
    if not condition:
        sys.exit(f"FAILED: {sentence}")


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()
