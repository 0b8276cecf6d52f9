#!/usr/bin/env python3
"""Usage: carriers.py SCRUTINEER SCRUTINEER_VERIFY POSTFIX. An institution whose server cannot be reached gets the notice by
mail (a real Postfix), by TAXII and on a stick: one notice, answered by mail, and proven like any other."""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from exchange import REPORT, Envelope, Exchange, Programs, check, free_port, get, read, until, write  # noqa: E402

NODES = {"notifier": "notifier", "institution": "institution", "relay-1": "relay"}
MEDIA = {"Accept": "application/taxii+json;version=2.1"}


class Postfix:
    def __init__(self, script):
        self.script = script
        self.directory = tempfile.mkdtemp(prefix="scrutineer-postfix-")
        os.chmod(self.directory, 0o755)  # Postfix's processes are other users
        self.port = free_port()
        subprocess.run(["sh", self.script, "start", self.directory, str(self.port), "notices@notifier.example=box",
                        "notices@institution.example=box"], check=True, timeout=60)

    def box(self, side):
        return f"{self.directory}/mail/notices@{side}.example"

    def mails(self, side):
        folder = self.box(side) + "/new"
        return len(os.listdir(folder)) if os.path.isdir(folder) else 0

    def stop(self):
        subprocess.run(["sh", self.script, "stop", self.directory, str(self.port)], timeout=60)
        shutil.rmtree(self.directory, ignore_errors=True)


def send_mail(x, postfix, side, expect=0):
    done = x.notice("mail", "--dir", side, "--smtp", "127.0.0.1", "--port", str(postfix.port), "--plain", "--from",
                    f"notices@{side}.example", expect=expect)
    return done.stderr + done.stdout


def take_mail(x, postfix, side):
    until(lambda: postfix.mails(side) > 0, f"a mail lies in the mailbox of the {side}", 30)
    done = x.notice("mail", "--dir", side, "--maildir", postfix.box(side))
    check("0 refused, 0 waiting" in done.stderr + done.stdout, f"all mails are taken: {done.stderr}{done.stdout}")


def spool(side):
    return [name for name in os.listdir(f"{side}/outbox/mail") if name.endswith(".to")]


def by_mail(x, postfix):
    """Nothing answers at the institution's address: after the deadline the notice lies in the outbox for mail."""
    notice = x.send("--to", x.agreements["institution"])[0]
    check(x.row("institution", notice)["state"] == "absent", "the institution has nothing yet")
    until(lambda: spool("notifier"), "the deadline passes and it is put out for mail", 30)
    check(read("notifier/outbox/mail/" + spool("notifier")[0]) == b"notices@institution.example\n", "to the agreed address")
    words = send_mail(x, postfix, "notifier")
    check(notice[:12] in words and "sent by mail" in words, f"it says so: {words}")
    check(spool("notifier") == [], "sent once")
    take_mail(x, postfix, "institution")
    check(x.row("institution", notice)["state"] == "received", "opened, with a receipt")
    return notice


def other_ways(x, notice):
    """The same notice by TAXII and on a stick: known already, and no second receipt."""
    before = len(Envelope.parse(envelope(x, "institution", notice, "before.scrutineer")).records)
    lines = x.run("taxii", "token", "institution").stdout.splitlines()
    write("taxii.user", lines[0] + "\n")
    collection = f"envelopes-{x.agreements['institution']}"
    write("notifier/taxii-users", f"{lines[1]} {collection}:r\n")
    x.stop("notifier")
    x.serve("notifier")
    url = x.url("notifier") + "/taxii2/"
    status, _, _ = get(url, MEDIA)
    check(status == 401, f"TAXII is for those with a token: {status}")
    token = {"Authorization": "Basic " + base64.b64encode(lines[0].encode()).decode()}
    status, headers, body = get(url, MEDIA | token)
    check(status == 200 and json.loads(body)["api_roots"], f"discovery: {status} {body[:200]}")
    fetched = ["--dir", "institution", "--taxii", url, "--collection", collection, "--user", "taxii.user"]
    done = x.notice("fetch", *fetched)
    check("1 envelopes fetched, 0 refused" in done.stderr + done.stdout, f"fetched: {done.stderr}{done.stdout}")
    done = x.notice("fetch", *fetched)
    check("0 envelopes fetched" in done.stderr + done.stdout, "it goes on where it stood")
    x.stop("notifier")
    x.notice("envelope", "--dir", "notifier", notice, "--out", "stick.scrutineer")
    for _ in range(2):
        x.notice("take", "--dir", "institution", "stick.scrutineer")
    after = Envelope.parse(envelope(x, "institution", notice, "after.scrutineer"))
    check(len(after.records) == before, f"one notice, one receipt: {before} records before, {len(after.records)} now")
    broken = bytearray(read("stick.scrutineer"))
    broken[200] ^= 1  # within the notice's own text
    with open("broken.scrutineer", "wb") as file:
        file.write(broken)
    x.notice("take", "--dir", "institution", "broken.scrutineer", expect=1)
    x.serve("notifier")


def envelope(x, side, notice, path):
    x.notice("envelope", "--dir", side, notice, "--replies", "--out", path)
    return read(path)


def answered_by_mail(x, postfix, notice):
    """The institution's people answer; receipt, acknowledgement and answer go back by mail."""
    act = ["--dir", "institution", "--key", "keys/institution-officer-1.key"]
    x.notice("acknowledge", *act, notice)
    x.notice("answer", *act, notice, "--outcome", "found")
    x.notice("envelope", "--dir", "institution", notice, "--replies", "--mail")
    send_mail(x, postfix, "institution")
    until(lambda: postfix.mails("notifier") > 0, "the mail is there", 30)
    x.stop("notifier")
    take_mail(x, postfix, "notifier")
    check(x.row("notifier", notice)["state"] == "answered", f"the notifier has the answer: {x.row('notifier', notice)}")


def proven(x, notice):
    """Evidence of the institution alone names the channel by which it came, and nothing has been received twice."""
    x.notice("evidence", "--dir", "notifier", "--out", "evidence.tar.zst")
    report = json.loads(x.verify("evidence.tar.zst", "--agreement", x.agreements["institution"], "--json").stdout)
    found = [one for one in report["notices"] if one["version"] == notice]
    check(len(found) == 1 and found[0]["verdict"] == "answered", f"one notice, answered: {found}")
    marker = "Nine beacons"
    for path, _, names in os.walk("."):
        for name in names:
            if os.path.join(path, name).startswith(("./report.json", "./opened", "./keys")):
                continue
            with open(os.path.join(path, name), "rb") as file:
                check(marker.encode() not in file.read(), f"{path}/{name} holds what is confidential")
    check(not any(marker in one for one in x.said), "no command has said it")


def main():
    script = os.path.abspath(sys.argv[3])
    p = Programs(sys.argv[1], sys.argv[2])
    skipped = subprocess.run(["sh", script, "check"], stdin=subprocess.DEVNULL).returncode
    if skipped == 77:
        p.close()
        sys.exit(77)
    x = Exchange(p, nodes=NODES, deadlines=[{"code": "machine-1s", "step": "receipt", "after": 1, "then": "mail"}],
                 dead=["institution"])
    postfix = Postfix(script)
    try:
        x.make(witnesses=1)
        x.agree("institution")
        write("report.json", json.dumps(REPORT))
        x.serve("notifier", "relay-1")
        notice = by_mail(x, postfix)
        print("ok  by_mail", flush=True)
        other_ways(x, notice)
        print("ok  other_ways", flush=True)
        answered_by_mail(x, postfix, notice)
        print("ok  answered_by_mail", flush=True)
        proven(x, notice)
        print("ok  proven", flush=True)
        x.stop()
    finally:
        x.close()
        postfix.stop()
        if "KEEP" in os.environ:
            print(p.directory)
        else:
            p.close()


main()
