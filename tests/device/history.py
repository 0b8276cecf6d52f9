"""Usage: history.py SCRUTINEER SCRUTINEER_VERIFY. Records about machines in a real log: taken in, published, verified, and what is missing."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from program import Programs, check, write  # noqa: E402
from machine import Machine  # noqa: E402

TYPES = ("device-statement", "device-enrolment", "inspection")
ROLE = [{"label": "coordinator", "needs": [{"role": "coordinator", "count": 1}]}]
ELECTION = {
    "format": "scrutineer/election/1", "title": {"ko": "모의 선거", "en": "Rehearsal"}, "simulated": True,
    "date": "2026-05-01", "time_zone": "Asia/Seoul",
    "contests": [{"id": "MAYOR", "title": {"ko": "시장", "en": "Mayor"}, "votes_per_ballot": 1,
                  "seats": {"method": "plurality", "seats": 1}}],
    "signing": {"count-sheet": [{"label": "transcribed", "needs": [{"role": "importer", "count": 1}]}],
                "result-claim": [{"label": "publisher", "needs": [{"role": "publisher", "count": 1}]}],
                **{name: ROLE for name in TYPES}, "adopt": ROLE},
    "grantors": {"coordinator": ["chair", "member"]}, "rules": [],
}


def package():
    write("package/election.json", json.dumps(ELECTION))
    write("package/units.csv", "unit_id,level1,name,kind,electors,ballots,valid,invalid,abstain\n"
                               "1,North,Station 1,polling-day,100,80,78,2,20\n")
    write("package/options.csv", "contest_id,option_id,party,name\nMAYOR,1,Blue,Ada\nMAYOR,2,Green,Bo\n")
    write("package/counts.csv", "unit_id,contest_id,option_id,votes\n1,MAYOR,1,40\n1,MAYOR,2,38\n")


def main():
    p = Programs(sys.argv[1], sys.argv[2])
    try:
        package()
        p.run("key", "new", "--name", "importer", "--out", "importer.key", "--no-passphrase")
        election = p.run("import", "--election", "package", "--log", "log", "--key", "importer.key").stdout.strip()

        def append(name):
            p.run("note", "sign", "--key", "importer.key", "--in", name, "--out", name + ".note")
            check("appended" in p.run("log", "append", "--log", "log", name + ".note").stdout, f"{name} is taken in")

        def missing(expect=1):
            said = p.run("device", "history", "--log", "log", expect=expect).stdout
            check("cannot show that something is absent" in said, said)
            return said

        missing(expect=0)  # no machine yet
        write("sorter.json", json.dumps({"area": "/North", "device": "sorter-3", "kind": "sorter", "maker": "M", "model": "A",
                                         "transmitters": [], "seals": ["S-1"], "sealed_by": ["importer", "chair-9"]}))
        p.run("device", "write", "enrolment", "sorter.json", "--election", election, "--out", "enrolment.txt")
        append("enrolment.txt")
        said = missing()
        for sentence in ("It runs software and has made no statement", "Nobody has inspected this machine",
                         "Present, and has not signed: chair-9", "Nobody has looked at: wireless cards"):
            check(sentence in said, f"{sentence}: {said}")
        machine = Machine("machine")

        def state(event, out, *more):
            return p.run("device", "state", "--device", "sorter-3", "--area", "/North", "--election", election, "--root",
                         machine.root, "--event", event, "--out", out, *more)

        state("open", "open.txt")
        append("open.txt")
        said = missing()
        check("There is no statement at its closing" in said and "has made no statement" not in said, said)
        opened = p.run("log", "show", "--log", "log").stdout
        check("device-statement" in opened, opened)
        state("close", "stray.txt", "--previous", "ab" * 32)
        append("stray.txt")
        said = missing()
        check("A statement does not name the one before it" in said and "no statement at its closing" not in said, said)
        said = p.run("device", "history", "--log", "log", "--lang", "ko", "--html", "history.html", expect=1).stdout
        check("아무도 살펴보지 않은 부분: 안테나" in said and os.path.exists("history.html"), said)
        # A place that the election does not have is refused at the door.
        p.run("device", "state", "--device", "x", "--area", "/West", "--election", election, "--root", machine.root, "--out",
              "west.txt")
        p.run("note", "sign", "--key", "importer.key", "--in", "west.txt", "--out", "west.note")
        check("no area /West" in p.run("log", "append", "--log", "log", "west.note", expect=1).stderr, "another place")
        p.run("publish", "--log", "log", "--key", "importer.key", "--out", "bundle")
        report = json.loads(p.verify("bundle", "--trust", "log/trust", "--json").stdout)
        check(report["verified"] is True, "a bundle with records about machines verifies")
        print("ok")
    finally:
        p.close()


main()
