"""Every command the way a person types it: what it prints, what it refuses, with which exit code."""
import collections
import glob
import json
import os
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request

from program import Programs, check, read, write

ELECTION = {
    "format": "scrutineer/election/1",
    "title": {"ko": "모의 선거", "en": "Rehearsal"},
    "simulated": True, "date": "2026-05-01", "time_zone": "Asia/Seoul",
    "contests": [{"id": "MAYOR", "title": {"ko": "시장", "en": "Mayor"}, "votes_per_ballot": 1,
                  "seats": {"method": "plurality", "seats": 1}}],
    "signing": {
        "count-sheet": [{"label": "station", "needs": [{"role": "chair", "count": 1}, {"role": "member", "count": 2}]},
                        {"label": "transcribed", "needs": [{"role": "importer", "count": 1}]}],
        "result-claim": [{"label": "publisher", "needs": [{"role": "publisher", "count": 1}]}],
        "adopt": [{"label": "coordinator", "needs": [{"role": "coordinator", "count": 1}]}],
        "lot": [{"label": "coordinator", "needs": [{"role": "coordinator", "count": 1}]}]},
    "grantors": {"coordinator": ["chair", "member"]},
    "rules": [{"code": "parts-do-not-add-up", "kinds": ["*"], "contests": ["*"]}],
}
UNITS = ("unit_id,level1,level2,name,kind,electors,ballots,valid,invalid,abstain\n"
         "1,North,A,Station 1,polling-day,100,80,78,2,20\n"
         "2,North,B,Station 2,polling-day,200,150,149,1,50\n"
         "3,South,C,Station 3,polling-day,300,210,205,5,90\n")
OPTIONS = "contest_id,option_id,party,name\nMAYOR,1,Blue,Ada\nMAYOR,2,Green,Bo\n"
COUNTS = ("unit_id,contest_id,option_id,votes\n"
          "1,MAYOR,1,40\n1,MAYOR,2,38\n2,MAYOR,1,70\n2,MAYOR,2,79\n3,MAYOR,1,105\n3,MAYOR,2,100\n")


def write_package(directory, counts=COUNTS, units=UNITS, election=ELECTION):
    write(f"{directory}/election.json", json.dumps(election, ensure_ascii=False, indent=1))
    write(f"{directory}/units.csv", units)
    write(f"{directory}/options.csv", OPTIONS)
    write(f"{directory}/counts.csv", counts)


def test_help(p):
    for words in (["--help"], ["key", "--help"], ["note", "--help"], ["log", "--help"], ["import", "--help"],
                  ["tally", "--help"], ["publish", "--help"], ["verify", "--help"], ["demo", "--help"],
                  ["key", "new", "--help"], ["log", "check", "--help"], ["log", "append", "--help"]):
        check("Example:" in p.run(*words).stdout, f"{' '.join(words)} shows an example")
    check(p.run("--version").stdout.startswith("scrutineer "), "--version says the version")
    p.run("nonsense", expect=2)
    p.run(expect=2)
    p.verify("--help")


def test_keys_and_notes(p):
    vkey = p.run("key", "new", "--name", "importer", "--out", "importer.key", "--no-passphrase").stdout.strip()
    check(p.run("key", "show", "importer.key").stdout.strip() == vkey, "key show prints the key")
    check(os.stat("importer.key").st_mode & 0o077 == 0, "a key file is for its owner only")
    p.run("key", "new", "--name", "importer", "--out", "importer.key", "--no-passphrase", expect=2)  # never overwritten
    p.run("key", "new", "--name", "two words", "--out", "x.key", "--no-passphrase", expect=2)
    p.run("key", "new", "--name", "nobody", "--out", "x.key", expect=2)  # no terminal to ask at
    write("pass", "correct horse battery\n")
    write("wrong", "correct horse batterx\n")
    sealed = p.run("key", "new", "--name", "d1/chair", "--out", "chair.key", "--passphrase-file", "pass").stdout.strip()
    p256 = p.run("key", "new", "--name", "d1/member", "--out", "p256.key", "--p256", "--no-passphrase").stdout.strip()
    write("text", "what we saw\n")
    p.run("note", "sign", "--key", "chair.key", "--passphrase-file", "wrong", "--in", "text", "--out", "note", expect=2)
    p.run("note", "sign", "--key", "chair.key", "--passphrase-file", "pass", "--in", "text", "--out", "note")
    p.run("note", "sign", "--key", "p256.key", "--in", "note", "--out", "note")
    p.run("note", "verify", "--vkey", sealed, "--vkey", p256, "note")
    p.run("note", "verify", "--vkey", vkey, "note", expect=1)
    write("bad", read("note").decode().replace("saw", "say"))
    p.run("note", "verify", "--vkey", sealed, "bad", expect=1)
    write("record", "scrutineer/lot/1\n{\"election\":1}\n")
    check("election" in p.run("note", "sign", "--key", "importer.key", "--in", "record", "--out", "r", expect=2).stderr,
          "a record that nobody could read is not signed")


def test_broken_package(p):
    write_package("broken", counts=COUNTS + "9,MAYOR,1,3\n1,MAYOR,7,3\n2,MAYOR,1,-4\n",
                  units=UNITS + "3,South,C,Twice,polling-day,1,1,1,0,0\n")
    said = p.run("import", "--election", "broken", "--log", "broken-log", "--key", "importer.key", expect=2).stderr
    for place in ("counts.csv:8:", "counts.csv:9:", "counts.csv:10:", "units.csv:5:"):
        check(place in said, f"one run names {place}\n{said}")
    check(not os.path.exists("broken-log"), "nothing was written")


def test_import(p):
    write_package("package")
    p.run("import", "--election", "package", "--log", "log", "--key", "importer.key")
    check(p.tally("log")["contests"][0]["areas"][0]["votes"] == {"1": 215, "2": 217}, "totals of everything")
    check(p.tally("log", "/North")["contests"][0]["areas"][0]["votes"] == {"1": 110, "2": 117}, "totals of an area")
    check(p.tally("log", "3")["contests"][0]["unit"][0]["electors"] == 300, "one unit")
    p.run("tally", "--log", "log", "--unit", "/Nowhere", expect=2)
    size = p.tally("log")["as_of"]
    p.run("import", "--election", "package", "--log", "log", "--key", "importer.key")
    check(p.tally("log")["as_of"] == size, "importing again adds nothing")


def test_publish_and_verify(p):
    claim = p.run("publish", "--log", "log", "--key", "importer.key", "--out", "bundle").stdout
    report = json.loads(p.verify("bundle", "--trust", "log/trust", "--json").stdout)
    check(report["verified"] is True, "the bundle verifies")
    check(all(row["checked"] > 0 for row in report["checks"] if row["check"] not in ("seen", "papers")),
          "every check has looked at something")
    page = read("bundle/en/unit/1.html").decode()
    check("importer</b> importer" in page, "the page names the role in which somebody signed")
    check("no station signature" in page, "and that no station signed")
    shutil.copytree("bundle", "first")
    check(p.run("publish", "--log", "log", "--key", "importer.key", "--out", "bundle").stdout == claim,
          "nothing new: the same claim")
    for path in glob.glob("first/??/*/*.html") + glob.glob("first/proof/*"):
        check(read(path) == read(path.replace("first", "bundle", 1)), f"{path} is as it was")
    p.run("publish", "--log", "log", "--key", "p256.key", "--out", "other", expect=2)  # holds no grant
    os.makedirs("precious")
    write("precious/file", "x")
    p.run("publish", "--log", "log", "--key", "importer.key", "--out", "precious", expect=2)
    check(read("precious/file") == b"x", "a directory that is no bundle is left alone")


def test_correction(p):
    write_package("package", counts=COUNTS.replace("1,MAYOR,1,40\n1,MAYOR,2,38", "1,MAYOR,1,41\n1,MAYOR,2,37"))
    said = p.run("import", "--election", "package", "--log", "log", "--key", "importer.key", expect=2).stderr
    check("--correct" in said, "other figures need a reason")
    p.run("import", "--election", "package", "--log", "log", "--key", "importer.key", "--correct", "read again from paper")
    check(p.tally("log")["contests"][0]["areas"][0]["votes"] == {"1": 216, "2": 216}, "the correction counts, once")
    p.run("publish", "--log", "log", "--key", "importer.key", "--out", "bundle")
    report = p.verify("bundle", "--trust", "log/trust", "--seen", "first/checkpoint").stdout
    check("corrected: 1" in report, "the report counts the correction")
    check(read("first/proof/2.tlog-proof") == read("bundle/proof/2.tlog-proof"), "another unit's proof stays as it was")
    check(read("first/en/unit/2.html") == read("bundle/en/unit/2.html"), "another unit's page stays as it was")
    check(read("first/en/unit/1.html") != read("bundle/en/unit/1.html"), "the corrected unit's page changes")
    check("lots-needed" in read("bundle/claims/seats.json").decode(), "216 to 216 for one seat: lots are needed")
    said = p.verify("first", "--trust", "log/trust", "--seen", "bundle/checkpoint", expect=1).stdout
    check("rolled back" in said, "an older bundle is a rollback for whoever has seen the newer checkpoint")


def test_split(p):
    whole = p.verify("bundle", "--trust", "log/trust", "--json").stdout
    parts = []
    for i in (1, 2, 3):
        parts.append(f"part-{i}.json")
        p.verify("bundle", "--trust", "log/trust", "--shard", f"{i}/3", "--out", parts[-1])
    merged = p.verify("merge", "bundle", "--trust", "log/trust", *reversed(parts), "--json").stdout
    check(merged == whole, "parts merge to the same report, to the byte")
    p.verify("merge", "bundle", "--trust", "log/trust", *parts[:2], expect=2)
    p.verify("merge", "bundle", "--trust", "log/trust", *parts, parts[0], expect=2)
    p.verify("merge", "first", "--trust", "log/trust", *parts, expect=2)
    p.verify("bundle", "--trust", "log/trust", "--shard", "4/3", expect=2)


def test_refusals_of_verify(p):
    p.verify("absent", "--trust", "log/trust", expect=2)
    p.verify("bundle", "--trust", "absent", expect=2)
    shutil.copytree("bundle", "forged")
    path = "forged/claims/results-1.csv"
    write(path, read(path).decode().replace("216", "217", 1))
    check("results-1.csv" in p.verify("forged", "--trust", "log/trust", expect=1).stdout, "the changed file is named")
    p.run("verify", "forged", "--trust", "log/trust", expect=1)


def test_log(p):
    check("count-sheet" in p.run("log", "show", "--log", "log", "--from", "4").stdout, "log show is for people")
    p.run("log", "check", "--log", "log")
    check(p.run("log", "prove", "--log", "log", "2").stdout.startswith("c2sp.org/tlog-proof@v1\n"), "a proof file")
    p.run("log", "prove", "--log", "log", "9999", expect=2)
    p.run("log", "export", "--log", "log", "--out", "tiles")
    check(read("tiles/checkpoint") == read("bundle/checkpoint"), "the export ends in the same checkpoint")
    # A stranger's record is refused with the reason, and a bit that flips at rest is found.
    election = p.run("import", "--election", "package", "--log", "log", "--key", "importer.key").stdout.strip()
    write("lot", 'scrutineer/lot/1\n{"election":"%s","contest":"MAYOR","step":1,"kind":"seat","tied":["1","2"],'
                 '"places":1,"drawn":["2"]}\n' % election)
    p.run("note", "sign", "--key", "p256.key", "--in", "lot", "--out", "lot.stranger")
    check("grant" in p.run("log", "append", "--log", "log", "lot.stranger", expect=1).stderr, "strangers are refused")
    p.run("note", "sign", "--key", "importer.key", "--in", "lot", "--out", "lot.note")
    check("appended" in p.run("log", "append", "--log", "log", "lot.note").stdout, "the coordinator's lot is taken in")
    check("already-there" in p.run("log", "append", "--log", "log", "lot.note").stdout, "once")
    seats = json.loads(read("bundle/claims/seats.json"))["contests"][0]
    check(seats["lots_needed"]["places"] == 1, "the claim says what has to be drawn")
    flipped = bytearray(read("log/store/entries"))
    flipped[len(flipped) // 2] ^= 1
    with open("log/store/entries", "wb") as file:
        file.write(flipped)
    p.run("log", "check", "--log", "log", expect=1)


def test_demo(p):
    p.run("demo", "--units", "60", "--dir", "night")
    for name in ("log", "bundle", "trust", "keys"):
        check(os.path.isdir(f"night/{name}"), f"DIR/{name} is there")
    p.verify("night/bundle", "--trust", "night/trust")
    p.verify("night/bundle", "--trust", "log/trust", expect=1)  # another election's trust
    for page in ("index.html", "ko/index.html", "en/index.html", "en/unit/1.html", "ko/area/1.html"):
        text = read(f"night/bundle/{page}").decode()
        check("Simulated" in text or "모의" in text, f"{page} says that it is simulated")
    p.run("demo", "--units", "4", "--dir", "few", expect=2)


class Demo:
    """`scrutineer demo --serve` as somebody leaves it running; `where` is what it prints for them."""

    def __init__(self, p, directory):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([p.scrutineer, "demo", "--units", "60", "--papers", "12", "--dir", directory, "--serve", "--port",
                                         str(free_ports())], stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self.where = {}
        for line in self.process.stdout:
            name, _, value = line.partition(": ")
            self.where[name.strip()] = value.strip()
            if name == "Keys to sign in":
                break
        if "Keys to sign in" not in self.where:
            self.errors.seek(0)
            sys.exit(f"the demonstration has not started\n{self.errors.read()[-2000:]}")

    def stop(self):
        begin = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        check(self.process.wait(timeout=20) == 0, "Ctrl-C ends it well")
        check(time.monotonic() - begin < 5, "and soon")
        self.process.stdout.close()
        self.errors.close()


# Below those that the system gives to connections: nginx cannot take a port that one of them has.
def free_ports():
    return random.randrange(20_000, 30_000, 10)


def get(url, context=None):
    with urllib.request.urlopen(url, context=context, timeout=10) as answer:
        return answer.read().decode()


def kinds(p, log):
    shown = p.run("log", "show", "--log", log, "--count", "10000").stdout.splitlines()
    rows = [line.split() for line in shown]
    return collections.Counter(row[1] for row in rows if len(row) == 3)


# One district: all of its 60 units are left to people, and some of them are at work already.
def test_demo_served(p):
    for _ in range(2):  # the second run replaces the first
        demo = Demo(p, "served")
        pages = demo.where["Result pages"]
        desk = demo.where["Counting centre"]
        check("모의" in get(f"{pages}ko/index.html"), "result pages say that it is simulated")
        check("모의" in get(f"{desk}sign-in"), "and so does the centre")
        for _ in range(100):  # the centre hands its sheets on
            status = json.loads(get(f"{pages}api/v1/status"))
            if status["counted"] > 0 and len(status["witnesses"]) == 3:
                break
            time.sleep(0.1)
        check(0 < status["counted"] < 30 and status["expected"] == 60, f"some are counted, most are left: {status}")
        if os.path.exists("/usr/sbin/nginx"):
            trust = ssl.create_default_context(cafile="served/tls/ca.pem")
            check("by TLS" in demo.where, f"nginx answers; {read('served/tls/error.log').decode()}")
            check("모의" in get(f"{demo.where['by TLS']}sign-in", trust), "the centre by TLS")
        demo.stop()
        if os.path.exists("/usr/sbin/nginx"):
            try:
                get(demo.where["by TLS"], trust)
                check(False, "nginx has ended with it")
            except OSError:
                pass
    papers = sorted(os.listdir("served/paper"))
    check(len(papers) == 61 and papers[:2] == ["all.pdf", "u00001.pdf"], "a paper for each unit, and all in one")
    check(all(read(f"served/paper/{name}").startswith(b"%PDF-") for name in papers), "as PDF")
    centre, server = kinds(p, "served/centre"), kinds(p, "served/log")
    check(server["count-sheet"] >= status["counted"], "sheets with their signatures are in the server's log")
    check(centre["entry"] > 2 * status["counted"], "entries that are not announced are commitments only")
    p.verify("served/bundle", "--trust", "served/trust")


# Wiping the server, and making it again from a mirror's copy: as README.md says it.
def test_demo_wiped(p):
    demo = Demo(p, "wiped")
    pages = demo.where["Result pages"]
    time.sleep(1)
    p.run("mirror", pages.rstrip("/"), "copy", "--trust", "wiped/trust")
    demo.stop()
    shutil.rmtree("wiped/log")
    shutil.rmtree("wiped/bundle")
    p.run("restore", "--from", "copy", "--dir", "wiped/log", "--log-key", "wiped/keys/log.key", "--trust", "wiped/trust")
    p.run("log", "check", "--log", "wiped/log")
    p.run("publish", "--log", "wiped/log", "--key", "wiped/keys/publisher.key", "--out", "wiped/bundle")
    p.verify("wiped/bundle", "--trust", "wiped/trust", "--seen", "copy/checkpoint")


def main():
    p = Programs(sys.argv[1], sys.argv[2])
    try:
        for test in (test_help, test_keys_and_notes, test_broken_package, test_import, test_publish_and_verify,
                     test_correction, test_split, test_refusals_of_verify, test_log, test_demo, test_demo_served,
                     test_demo_wiped):
            test(p)
            print(f"ok  {test.__name__}")
    finally:
        p.close()


if __name__ == "__main__":
    main()
