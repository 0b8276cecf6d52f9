#!/usr/bin/env python3
"""Usage: commands.py SCRUTINEER SCRUTINEER_VERIFY. An exchange of notices as a newcomer types it, from new nodes to a verdict."""
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from exchange import REPORT, Exchange, Programs, check, get, read, until, write  # noqa: E402

WORDS = ["new", "party", "agreement", "join", "serve", "list", "read", "send", "acknowledge", "answer", "refuse", "close",
         "state", "envelope", "take", "fetch", "mail", "evidence"]


def prepare(x):
    """Everything that stands before the first notice, with the help's own examples where they are exact."""
    usage = x.run("notice", "--help").stdout
    for word in WORDS:
        check(f"\n  {word} " in usage, f"notice --help names {word}")
        for line in x.examples(word):
            known = x.notice(word, "--help").stdout
            for option in (one for one in line if one.startswith("--")):
                check(re.search(rf"{option}\b", known), f"the example of {word} uses {option}, which is there")
    new = x.examples("new")[0]
    new[2] = "sample"
    vkey = x.run(*new).stdout
    check(re.fullmatch(r"commission\.example/notices\+[0-9a-f]{8}\+\S+\n", vkey), f"the log's key: {vkey}")
    x.wrong("new", "sample", "--role", "relay", "--name", "other.example", "--title-ko", "가", "--title-en", "x")
    x.wrong("new", "other", "--role", "relay", "--name", "not a name", "--title-ko", "가", "--title-en", "x")
    check(not os.path.exists("other/node.json"), "nothing is made for a name that cannot be one")
    check(x.notice("list", "--dir", "sample").stdout == "", "a new node lists nothing")
    x.make()
    x.example("party", institution="institution", KEY="keys/institution-officer-1.key",
              HEAD="keys/institution-head.key")
    x.wrong("party", "relay-1", word="--url")
    x.wrong("party", "institution", "--person", "chief:keys/institution-head.key", word="officer, deputy")
    x.wrong("party", "institution", "--person", "officer:nothing", word="")
    x.wrong("party", "institution", "--address", "pigeon:roof", word="--address")
    x.wrong("party", "keys", word="keys")
    for name in ("institution", "ministry"):
        x.agree(name)
    x.wrong("agreement", "terms-institution.json", "--note", "half-institution.note", "--key", "keys/notifier-head.key",
            "--out", "x", word="either")
    write("broken.json", read("terms-institution.json").decode().replace('"quorum": 2', '"quorum": 9'))
    x.wrong("agreement", "broken.json", "--key", "keys/notifier-head.key", "--out", "x", word="quorum")
    write("text.json", "hello, dear colleagues")
    x.wrong("agreement", "text.json", "--key", "keys/notifier-head.key", "--out", "x", word="text.json")
    x.wrong("join", "relay-1", "terms-institution.json", word="terms-institution.json")
    x.wrong("join", "nowhere", "both-institution.note", word="nowhere")
    check(not os.path.exists("nowhere"), "joining makes no node")
    # Signed by one side alone, it is not in effect; of another node, it is not for us.
    x.notice("join", "sample", "both-institution.note", expect=1)


def first_notices(x):
    write("report.json", json.dumps(REPORT))
    write("beacons.json", json.dumps(REPORT))
    x.serve()
    status, _, page = get(x.url("relay-1") + "/")
    check(status == 200 and b"<html" in page, "a node has a public page")
    for name in x.nodes:  # what was not there before the first notice is known from then on
        until(lambda n=name: x.witnessed(f"{n}/witnessed", 0), f"the log of {name} is witnessed")
    both = x.example("send", notifier="notifier", KEY="keys/notifier-officer-1.key").stdout.split()
    check(len(both) == 2, f"one notice for each institution: {both}")
    one = x.send("--to", x.agreements["institution"][:12], "--kind", "warning")
    check(len(one) == 1, "one notice")
    at = {}
    for notice in both + one:
        until(lambda n=notice: x.row("notifier", n)["state"] == "received", f"{notice[:12]} is received")
        for name in ("institution", "ministry"):
            if x.row(name, notice)["state"] != "absent":
                at.setdefault(name, []).append(notice)
    check(len(at["institution"]) == 2 and len(at["ministry"]) == 1, f"each got its own: {at}")
    until(lambda: x.row("notifier", one[0])["relays"] == "relays 3 of 3", "every relay holds it")
    row = x.row("institution", one[0])
    check((row["kind"], row["change"], row["institution"]) == ("warning", "first", "Node institution"), f"row: {row}")
    check(row["id"] in x.example("list", notifier="notifier").stdout, "the notifier lists it")
    check(one[0][:12] in x.notice("list", "--dir", "relay-2").stdout, "a relay lists it")
    return [n for n in at["institution"] if n not in one][0], one[0], at["ministry"][0]


def say(x, attack, warning, ministry):
    """People of the institution speak, while the nodes run."""
    act = ["--dir", "institution", "--key", "keys/institution-officer-1.key"]
    sub = {"KEY": "keys/institution-officer-1.key", "ID": attack[:8]}
    check(re.fullmatch(r"[0-9a-f]{64}\n", x.example("acknowledge", **sub).stdout), "acknowledge prints the record's id")
    x.reaches("institution", attack, "acknowledged")
    write("list", "198.51.100.7\n")
    write("mail.log", "May  1 gw sshd[1]: Failed password from 198.51.100.8 port 4022\n")
    x.run("hunt", "--indicators", "list", "--in", "mail.log", "--out", "hunt.json")
    x.wrong("answer", *act, attack, "--outcome", "not-found", "--hunt", "mail.log", word="hunt")
    x.wrong("answer", *act, attack, "--outcome", "not-found", "--hunt", "absent.json", word="absent.json")
    answer = x.example("answer", **sub).stdout.strip()
    x.reaches("notifier", attack, "answered")
    refusal = x.example("refuse", **{**sub, "ID": warning[:10]}).stdout.strip()
    check(len(refusal) == 64, "refuse prints the record's id")
    x.reaches("notifier", warning, "refused")

    # Wrong uses: nothing is said, nothing is printed, exit 2.
    x.wrong("acknowledge", "--dir", "institution", "--key", "keys/ministry-officer-1.key", warning, word="nobody who may say this")
    x.wrong("acknowledge", "--dir", "institution", "--key", "keys/notifier-officer-1.key", warning, word="nobody who may say this")
    x.wrong("acknowledge", *act, ministry, word="no such notice")
    x.wrong("acknowledge", *act, attack[:4], word="eight")
    x.wrong("acknowledge", *act, "0123456789ab", word="no such notice")
    x.wrong("acknowledge", "--dir", "nowhere", "--key", "keys/institution-officer-1.key", attack, word="no node here")
    x.wrong("acknowledge", "--dir", "institution", "--key", "absent.key", warning, word="absent.key")
    x.wrong("acknowledge", "--dir", "institution", "--key", "mail.log", warning)
    x.wrong("read", "--dir", "institution", attack, "--out", "opened", word="running")
    x.wrong("evidence", "--dir", "institution", "--out", "ev", word="running")
    x.wrong("envelope", "--dir", "notifier", attack, "--out", "n.scrutineer", word="running")
    x.wrong("serve", "--dir", "institution", "--port", "0", word="")
    x.wrong("close", *act, attack, word="nobody who may say this")
    x.wrong("send", "--dir", "notifier", "--key", "keys/notifier-officer-1.key", "--all", "--report", "mail.log",
            word="mail.log")
    x.wrong("send", "--dir", "notifier", "--key", "keys/notifier-officer-1.key", "--all", "--stix", "mail.log")
    x.wrong("send", "--dir", "notifier", "--key", "keys/notifier-officer-1.key", "--report", "report.json",
            word="which agreement")
    x.wrong("send", "--dir", "institution", "--key", "keys/institution-officer-1.key", "--report", "report.json",
            word="nobody who may say this")
    x.wrong("send", "--dir", "notifier", "--key", "keys/notifier-officer-1.key", "--all", word="--report")
    x.wrong("state", "--dir", "institution", "--key", "keys/institution-head.key", "--claim", "notified-later",
            word="--time")
    for bad in (["acknowledge", *act], ["refuse", *act, attack, "--code", "rude"], ["frobnicate"], []):
        done = x.notice(*bad, expect=2)
        check(done.stdout == "" and done.stderr, f"{bad}: told on stderr")
    return answer


def later_versions(x, attack):
    """Update, attribution, withdrawal: versions with receipts of their own."""
    last = attack
    for change in ("update", "attribution", "withdrawal"):
        last = x.send("--change", change, "--replaces", last)[0]
        x.reaches("notifier", last, "received")
        until(lambda n=last: x.row("notifier", n)["relays"] == "relays 3 of 3", f"every relay holds the {change}")
        check(x.row("institution", last)["change"] == change, f"the institution has it as {change}")
    report = ["--dir", "notifier", "--key", "keys/notifier-officer-1.key", "--report", "report.json"]
    x.wrong("send", *report, "--change", "update", word="--replaces")
    x.wrong("send", *report, "--replaces", last, word="--replaces")
    x.wrong("send", *report, "--change", "update", "--replaces", "0123456789ab", word="no such notice")
    x.example("close", notifier="notifier", KEY="keys/notifier-officer-1.key", ID=attack[:12])
    x.reaches("institution", attack, "closed")
    x.example("state", HEAD="keys/institution-head.key", **{"...": "통보받은 적 없다"})
    return last


def evidence(x, attack, answer):
    """From both sides, their nodes stopped; judged in both languages."""
    state = x.notice("list", "--dir", "notifier").stdout
    for side in ("notifier", "institution"):
        x.copied(side)
    x.stop("notifier", "institution")
    opened = x.example("read", ID=attack[:8]).stderr
    check(answer in opened, "reading a notice tells of its answers")
    check("Nine beacons" in read("notice/fields.txt").decode() and json.loads(read("notice/stix.json")), "opened")
    check(os.stat("notice/fields.txt").st_mode & 0o077 == 0, "what was opened is for its owner only")
    x.notice("read", "--dir", "notifier", answer, "--out", "answered")
    check(json.loads(read("answered/hunt.json"))["format"] == "scrutineer/hunt/1", "the notifier opens the answer")
    check(read("answered/hunt.json") == read("hunt.json"), "the report of the hunt arrived byte for byte")
    x.wrong("read", "--dir", "relay-1", attack, "--out", "x", word="running")
    x.stop("relay-1")
    x.wrong("read", "--dir", "relay-1", attack, "--out", "x")
    check(not os.path.exists("x"), "a relay opens nothing")

    agreement = x.agreements["institution"]
    x.example("evidence", notifier="notifier", ID=attack[:12])
    x.notice("evidence", "--dir", "institution", "--out", "theirs", "--open", attack)
    check(os.path.isdir("theirs"), "evidence as a directory")
    x.wrong("evidence", "--dir", "institution", "--out", "theirs")
    x.wrong("evidence", "--dir", "institution", "--out", "z", "--disclose", attack, word="NOTICE:FIELD")
    x.wrong("evidence", "--dir", "institution", "--out", "z", "--disclose", attack + ":shoe-size")
    x.wrong("evidence", "--dir", "institution", "--out", "z", "--open", "0123456789ab", word="no such notice")
    x.wrong("evidence", "--dir", "institution", "--out", "z", "--agreement", "0123456789ab", word="no such agreement")
    check(not os.path.exists("z"), "nothing is left of evidence that could not be made")
    for path in ("evidence.tar.zst", "theirs"):
        ko = x.verify(path, "--agreement", agreement, "--lang", "ko").stdout
        en = x.verify(path, "--agreement", agreement).stdout
        check("통보" in ko and f"Notice {attack[:16]}" in en, "a report in both languages")
        report = json.loads(x.verify(path, "--agreement", agreement, "--json").stdout)
        verdicts = {one["version"]: one["verdict"] for one in report["notices"]}
        check(verdicts[attack] == "answered", f"{path}: {verdicts}")
        check("refused" in verdicts.values(), f"{path}: the warning was refused: {verdicts}")
        check(all(one["relays_holding"] == 3 for one in report["notices"]), 
              f"{path}: held by all relays: {[(n['version'][:12], n['relays_holding']) for n in report['notices']]}")
        times = [one["received"] for one in report["notices"]]
        check(all(t["from"] and t["until"] for t in times), f"{path}: witnessed bounds: {times}")
        said = [(one["claim"], one["verdict"]) for one in report["statements"]]
        check(said == [("not-notified", "contradicted")], f"{path}: what was said in public: {said}")
    fields = [f["name"] for n in json.loads(x.verify("evidence.tar.zst", "--agreement", agreement, "--json").stdout)
              ["notices"] if n["version"] == attack for f in n["fields"]]
    check("attribution" in fields, f"the field that was disclosed is judged: {fields}")

    # What must not be there makes the answer no; what cannot be read is no evidence.
    x.verify("evidence.tar.zst", "--agreement", "1" * 64, expect=1)
    x.verify("evidence.tar.zst", "--agreement", "12", expect=2)
    x.verify("absent", "--agreement", agreement, expect=2)
    write("rubbish.tar.zst", "rubbish")
    check(x.verify("rubbish.tar.zst", "--agreement", agreement, expect=1).stderr, "rubbish is refused")
    x.notice("list", "--dir", "notifier")
    x.serve("notifier", "institution", "relay-1")
    check(x.notice("list", "--dir", "notifier").stdout == state, "nothing was lost by stopping")


def killed(x):
    """A node that was killed leaves its address behind: commands find out."""
    x.stop("notifier", how=9)
    check(os.path.exists("notifier/listening"), "it left its address")
    notice = x.send("--to", x.agreements["ministry"])[0]
    check(x.row("notifier", notice)["state"] == "sent", "taken by the node itself, opened for the moment")
    x.serve("notifier")
    x.reaches("ministry", notice, "received")


def main():
    p = Programs(sys.argv[1], sys.argv[2])
    x = Exchange(p)
    try:
        prepare(x)
        print("ok  prepare", flush=True)
        attack, warning, ministry = first_notices(x)
        print("ok  first_notices", flush=True)
        answer = say(x, attack, warning, ministry)
        print("ok  say", flush=True)
        later_versions(x, attack)
        print("ok  later_versions", flush=True)
        evidence(x, attack, answer)
        print("ok  evidence", flush=True)
        killed(x)
        print("ok  killed", flush=True)
        x.stop()
    finally:
        x.close()
        if "KEEP" in os.environ:
            print(p.directory)
        else:
            p.close()


main()
