#!/usr/bin/env python3
"""terminal.py SCRUTINEER MODULE: the agent at a real terminal: what it shows, a PIN typed there, a question answered there.

The PIN is typed while the agent also listens for "go on" and "quit" on the same terminal: neither takes the other's line.
"""
import http.client
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

SCRUTINEER, MODULE = sys.argv[1:3]
ORIGIN = "https://count.example"
SHEET = ('scrutineer/count-sheet/1\n{"election":"' + "e" * 64 + '","unit":"\\u001b[2Ja1","contest":"mayor",'
         '"how":"by-hand","ballots_cast":1234,"votes":{"A":1000}}\n')
failures = []


def check(good, what):
    if not good:
        failures.append(what)
        print("FAILED:", what)


class Agent:
    """An agent whose terminal is ours."""

    def __init__(self, *arguments):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execv(SCRUTINEER, [SCRUTINEER, "agent", "--origin", ORIGIN, "--port", "0", *arguments])
        self.shown = ""
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = int(self.wait(r"Agent: http://127\.0\.0\.1:(\d+)/").group(1))

    def _listen(self):
        try:
            while part := os.read(self.terminal, 4096):
                self.shown += part.decode("utf-8", "replace")
        except OSError:
            pass

    def wait(self, pattern):
        for _ in range(200):
            if found := re.search(pattern, self.shown):
                return found
            time.sleep(0.05)
        raise SystemExit(f"never shown: {pattern}\n{self.shown}")

    def type(self, line):
        time.sleep(0.2)  # the echo is off by then
        os.write(self.terminal, (line + "\n").encode())

    def ask(self, typed, question):
        """Asks for a signature and types that line when the question stands; the answer's code, or "good"."""
        self.shown = ""
        answers = []
        asking = threading.Thread(target=lambda: answers.append(self.post()))
        asking.start()
        self.wait(question)
        self.type(typed)
        asking.join(20)
        return answers[0] if answers else "no answer"

    def post(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("POST", "/v1/sign", json.dumps({"text": SHEET}),
                           {"Origin": ORIGIN, "Content-Type": "application/json"})
        answer = connection.getresponse()
        body = json.loads(answer.read())
        return "good" if answer.status == 200 and body["signature"] else body["code"]

    def end(self):
        self.type("quit")
        for _ in range(100):
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return status == 0
            time.sleep(0.05)
        os.kill(self.pid, 9)
        return False


def main():
    work = tempfile.mkdtemp(prefix="scrutineer-terminal-")
    try:
        os.mkdir(work + "/tokens")
        os.environ["SOFTHSM2_CONF"] = work + "/softhsm2.conf"
        with open(os.environ["SOFTHSM2_CONF"], "w", encoding="utf-8") as out:
            out.write(f"directories.tokendir = {work}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
        with open(work + "/pin", "w", encoding="utf-8") as out:
            out.write("1234\n")
        subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", "card", "--pin", "1234", "--so-pin", "5678"],
                       check=True, stdout=subprocess.DEVNULL)
        card = ["--pkcs11", MODULE, "--token", "card"]
        subprocess.run([SCRUTINEER, "key", "make", *card, "--name", "jongno/chair", "--pin-file", work + "/pin"],
                       check=True, stdout=subprocess.DEVNULL)
        subprocess.run([SCRUTINEER, "key", "new", "--name", "demo/chair", "--out", work + "/plain", "--no-passphrase"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        agent = Agent(*card, "--ask")
        check(agent.ask("1234", r"PIN \(jongno/chair\)") == "good", "a PIN typed at the terminal")
        check("1,234" in agent.shown and "1234" not in agent.shown.replace("1,234", ""), "figures shown, PIN not echoed")
        check("\\u001b[2Ja1" in agent.shown, "an escape of the text is spelt out")
        check(agent.ask("", r"PIN \(jongno/chair\)") == "declined", "an empty line declines")
        for _ in range(3):
            check(agent.ask("9999", r"PIN \(jongno/chair\)") == "wrong-pin", "a wrong PIN")
        check(agent.post() == "agent-locked", "three wrong PINs lock")
        agent.type("go on")
        agent.wait("signing goes on")
        check(agent.ask("1234", r"PIN \(jongno/chair\)") == "good", "and go on")
        check(agent.end(), "quit ends it")

        agent = Agent("--key", work + "/plain")
        check(agent.ask("y", r"Sign as demo/chair\?") == "good", "a yes")
        check(agent.ask("n", r"Sign as demo/chair\?") == "declined", "a no")
        check(agent.end(), "quit ends it, too")
    finally:
        shutil.rmtree(work)
    print(f"{len(failures)} checks failed" if failures else "the agent's terminal holds")
    return 1 if failures else 0


sys.exit(main())
