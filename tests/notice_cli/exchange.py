"""An exchange of notices between real processes: nodes, witnesses, keys, agreements, all made by the commands."""
import hashlib
import json
import os
import random
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from program import Programs, check, read, write  # noqa: E402,F401

NODES = {"notifier": "notifier", "institution": "institution", "ministry": "institution",
         "relay-1": "relay", "relay-2": "relay", "relay-3": "relay"}
DEADLINES = [{"code": "machine-5s", "step": "receipt", "after": 5, "then": "mail"},
             {"code": "person-15m", "step": "acknowledgement", "after": 900, "then": "deputy"}]
REPORT = {
    "kind": "malware-infection", "title": "Nine beacons in twelve minutes", "description": "A computer of yours.",
    "first_seen": "2021-04-19T17:44:00+09:00", "last_seen": "2021-04-19T17:56:00+09:00", "reporter": "Service",
    "tlp": "amber", "language": "en",
    "affected": [{"kind": "address", "value": "192.0.2.17", "told": False}],
    "indicators": [{"kind": "ipv4", "value": "198.51.100.7"}],
    "attributions": [{"name": "Group 7", "confidence": 80}], "actions": ["Take the host off."]}
_taken = set()


def free_port():
    """Below the ports that the system hands out by itself, so that nobody is given it meanwhile."""
    while True:
        port = random.SystemRandom().randrange(15_000, 32_000)
        if port in _taken:
            continue
        _taken.add(port)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def until(what, sentence, seconds=20):
    end = time.monotonic() + seconds
    while True:
        got = what()
        if got:
            return got
        check(time.monotonic() < end, f"within {seconds} s: {sentence}")
        time.sleep(0.05)


class Process:
    """A program that runs on: all that it says is kept."""

    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        stdin=subprocess.DEVNULL)
        self.said = []
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self):
        for line in self.process.stdout:
            self.said.append(line)

    def words(self):
        return "".join(self.said)

    def wait_for(self, pattern):
        def look():
            check(self.process.poll() is None or re.search(pattern, self.words()),
                  f"{self.name} ended: {self.words()}")
            return re.search(pattern, self.words())
        return until(look, f"{self.name} says {pattern}")

    def alive(self):
        return self.process.poll() is None

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=30)
        self.thread.join(timeout=10)
        check(code == 0 or how == signal.SIGKILL, f"{self.name} ends in order: {code}\n{self.words()}")


class Exchange:
    def __init__(self, programs, nodes=None, deadlines=None, dead=()):
        self.p = programs
        self.nodes = nodes or NODES
        self.said = []  # all output of commands
        self.processes = {}
        self.history = []
        self.ports = {name: free_port() for name in self.nodes}
        self.agreements = {}
        self.deadlines = deadlines or DEADLINES
        self.dead = set(dead)
        self.vkeys = {}

    # Commands. All that they say is kept, so that it can be searched.
    def run(self, *arguments, expect=0, verify=False):
        program = self.p.verifier if verify else self.p.scrutineer
        done = subprocess.run([program, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              timeout=60)
        self.said.append(done.stdout + done.stderr)
        check(done.returncode == expect, f"{os.path.basename(program)} {shlex.join(arguments)}: exit {done.returncode},"
              f" expected {expect}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done

    def notice(self, *arguments, expect=0):
        return self.run("notice", *arguments, expect=expect)

    def verify(self, *arguments, expect=0):
        return self.run(*arguments, expect=expect, verify=True)

    def wrong(self, *arguments, word=""):
        """One clear sentence, exit 2, nothing for programs to read."""
        done = self.notice(*arguments, expect=2)
        lines = done.stderr.strip().split("\n")
        check(done.stdout == "", f"{arguments}: nothing on stdout: {done.stdout}")
        check(len(lines) == 1 and len(lines[0]) > 20, f"{arguments}: one sentence: {done.stderr}")
        check(word in lines[0], f"{arguments}: it says '{word}': {lines[0]}")

    def examples(self, word):
        text = self.notice(word, "--help").stdout
        check("\nExample:\n" in text, f"notice {word} --help shows an example")
        lines = [shlex.split(line) for line in text.split("\nExample:\n")[1].strip().split("\n")]
        check(lines and all(line[:3] == ["scrutineer", "notice", word] for line in lines), f"{word}: {lines}")
        return [line[1:] for line in lines]

    def example(self, word, number=0, expect=0, **instead):
        """The example of the help, as it stands but for what is different each time."""
        words = []
        for one in self.examples(word)[number]:
            for old, new in instead.items():
                one = one.replace({"ID": "0a1b2c3d", "KEY": "officer-1.key", "HEAD": "head.key"}.get(old, old), new)
            words.append(one)
        return self.run(*words, expect=expect)

    # The cast.
    def key(self, name, *more):
        path = f"keys/{name}.key"
        os.makedirs("keys", exist_ok=True)
        self.vkeys[name] = self.run("key", "new", "--name", name.replace("-", "/", 1), "--out", path,
                                    "--no-passphrase", *more).stdout.strip()
        return path

    def make(self, witnesses=2):
        for name, role in self.nodes.items():
            vkey = self.notice("new", name, "--role", role, "--name", f"{name}.example/notices", "--title-ko",
                               f"노드 {name}", "--title-en", f"Node {name}").stdout.strip()
            self.vkeys[name] = vkey
            if role in ("notifier", "institution"):
                for person in ("officer-1", "head"):
                    self.key(f"{name}-{person}")
        write("logs", "".join(self.vkeys[name] + "\n" for name in self.nodes))
        lines = []
        for number in range(witnesses):
            key = self.key(f"witness-{number}.example", "--cosigner")
            process = Process(f"witness-{number}", [self.p.scrutineer, "witness", "--dir", f"witness-{number}", "--key",
                                                    key, "--logs", "logs", "--port", "0"])
            url = process.wait_for(r"Witness \S+: (http\S+)\n").group(1).rstrip("/")
            self.processes[f"witness-{number}"] = process
            lines.append(f"{self.vkeys[f'witness-{number}.example']} {url}\n")
        for name in self.nodes:
            write(f"{name}/witnesses", "".join(lines))
        self.witnesses = witnesses

    def url(self, name):
        return f"http://127.0.0.1:{self.ports[name] if name not in self.dead else 9}"

    def party(self, name):
        mail = ["--address", f"mail:notices@{'notifier' if self.nodes[name] == 'notifier' else name}.example"]
        return json.loads(self.notice(
            "party", name, "--person", f"officer:keys/{name}-officer-1.key", "--person",
            f"representative:keys/{name}-head.key", "--address", "https:" + self.url(name), *mail).stdout)

    def terms(self, institution):
        relays = [name for name, role in self.nodes.items() if role == "relay"]
        return {"title": {"ko": "협정", "en": f"Agreement with {institution}"}, "simulated": True,
                "notifier": self.party("notifier"), "institution": self.party(institution),
                "relays": [json.loads(self.notice("party", one, "--url", self.url(one)).stdout) for one in relays],
                "quorum": min(2, len(relays)),
                "witnesses": [self.vkeys[f"witness-{n}.example"] for n in range(self.witnesses)],
                "witness_quorum": self.witnesses, "heartbeat": 2, "received": "available", "deadlines": self.deadlines}

    def agree(self, institution):
        write(f"terms-{institution}.json", json.dumps(self.terms(institution), ensure_ascii=False))
        one = self.notice("agreement", f"terms-{institution}.json", "--key", "keys/notifier-head.key", "--out",
                          f"half-{institution}.note").stdout.strip()
        both = self.notice("agreement", "--note", f"half-{institution}.note", "--key", f"keys/{institution}-head.key",
                           "--out", f"both-{institution}.note").stdout.strip()
        check(one == both and re.fullmatch("[0-9a-f]{64}", one), "both sides sign the same agreement")
        self.agreements[institution] = one
        for name, role in self.nodes.items():
            if role != "institution" or name == institution:
                self.notice("join", name, f"both-{institution}.note")

    def serve(self, *names):
        for name in names or self.nodes:
            process = Process(name, [self.p.scrutineer, "notice", "serve", "--dir", name, "--port",
                                     str(self.ports[name])])
            self.processes[name] = process
            self.history.append(process)
        for name in names or self.nodes:
            self.processes[name].wait_for(r"Public page: http")

    def stop(self, *names, how=signal.SIGTERM):
        for name in names or list(self.processes):
            if name in self.processes:
                self.processes.pop(name).stop(how)

    def close(self):
        for process in self.processes.values():
            if process.alive():
                process.process.kill()

    # What a node knows.
    def rows(self, name):
        keys = ("id", "time", "kind", "change", "institution", "state", "relays", "escalated")
        lines = self.notice("list", "--dir", name).stdout.splitlines()
        return [dict(zip(keys, line.split("\t"))) for line in lines]

    def row(self, name, notice):
        found = [row for row in self.rows(name) if notice.startswith(row["id"])]
        check(len(found) <= 1, f"{name} lists a notice once")
        return found[0] if found else {"state": "absent", "relays": "relays 0"}

    def reaches(self, name, notice, state, seconds=20):
        until(lambda: self.row(name, notice)["state"] == state, f"{name} has {notice[:12]} as {state}", seconds)

    def witnessed(self, path, size):
        """Whether a file of checkpoints (docs/formats/notice-node.md) has one of that size that every witness signed."""
        data = read(path) if os.path.exists(path) else b""
        while data:
            length = int.from_bytes(data[:4], "big")
            text, lines = data[4:4 + length].split(b"\n\n")
            data = data[4 + length:]
            if int(text.split(b"\n")[1]) >= size and lines.count(b"\n") == 1 + self.witnesses:
                return True
        return False

    def copied(self, side):
        """Until the node has copied all that the other logs hold now, witnessed: evidence holds what was copied."""
        others = [name for name in self.nodes if name in self.processes and name != side and
                  (self.nodes[side] == "notifier" or self.nodes[name] != "institution")]
        for name in others:
            there = len(entries(self.url(name)))
            folder = f"{side}/copies/{hashlib.sha256(f'{name}.example/notices'.encode()).hexdigest()}"
            until(lambda f=folder, n=there: self.witnessed(f + "/checkpoints", n), f"{side} has copied {name}'s log", 60)

    def send(self, *arguments, report="report.json", expect=0):
        out = self.notice("send", "--dir", "notifier", "--key", "keys/notifier-officer-1.key", "--report", report,
                          *arguments, expect=expect).stdout
        return out.split()


def get(url, headers=None, data=None, method=None):
    """Status, headers and body, also of refusals."""
    request = urllib.request.Request(url, data=data, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, dict(refused.headers), refused.read()


class Envelope:
    """docs/formats/envelope.md, written a second time: what the tests make is not made by what they test."""

    def __init__(self, records, blobs):
        self.records, self.blobs = records, blobs

    @classmethod
    def parse(cls, data):
        first, counts, rest = data.split(b"\n", 2)
        check(first == b"scrutineer/envelope/1", "an envelope")
        many = [int(n) for n in counts.split(b" ")]
        pieces = []
        for _ in range(sum(many)):
            size = int.from_bytes(rest[:4], "big")
            pieces.append(rest[4:4 + size])
            rest = rest[4 + size:]
        check(rest == b"", "nothing behind the end")
        return cls(pieces[:many[0]], pieces[many[0]:])

    def bytes(self):
        frame = b"".join(len(one).to_bytes(4, "big") + one for one in self.records + self.blobs)
        return f"scrutineer/envelope/1\n{len(self.records)} {len(self.blobs)}\n".encode() + frame


def record_type(note):
    return note.split(b"\n", 1)[0].decode()


def entries(url):
    """All entries of a node's log, as anybody may read them."""
    out, seen = [], 0
    while True:
        status, _, body = get(f"{url}/notice/v1/entries?from={seen}")
        check(status == 200, "entries are public")
        if not body:
            return out
        while body:
            size = int.from_bytes(body[:2], "big")
            out.append(body[2:2 + size])
            body = body[2 + size:]
            seen += 1
