"""Scanned papers from a batch directory to a verified bundle: recorded, proved one by one, shown by order, and refused."""
import hashlib
import json
import os
import shutil
import sys

from commands import ELECTION, COUNTS, OPTIONS, UNITS
from program import Programs, check, read, write


TOO_EARLY = "votes by option are published before the unit's sheet is"


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def ballot_id(unit, i):
    return sha256(f"{unit} {i}".encode())[:32]


def reading(decision, options):
    return {"defect": "none", "detail": "", "style": 0, "side": 0, "upside_down": False, "places": [],
            "contests": [{"contest": 0, "decision": decision, "options": options, "reasons": [], "confidence": 800}]}


def write_batch(directory, unit, ada, bo, recheck, device="sorter-1", outcomes=None):
    """`ada` and `bo` papers for either, `recheck` for people, of whom `outcomes` are decided."""
    readings = [reading("counted", [0])] * ada + [reading("counted", [1])] * bo + [reading("recheck", [])] * recheck
    lines = {}
    for i, said in enumerate(readings):
        name = ballot_id(unit, i)
        picture, masked = f"picture {name}", f"masked {name}"
        write(f"{directory}/images/{name}.pgm", picture)
        write(f"{directory}/masked/{name}.png", masked)
        lines[name] = canonical({"id": name, "ext": "pgm", "image": sha256(picture.encode()),
                                 "masked": sha256(masked.encode()), "reading": said})
    write(f"{directory}/readings.jsonl", "".join(lines[name] + "\n" for name in sorted(lines)))
    write(f"{directory}/batch.json", canonical({
        "format": "scrutineer-batch/1", "unit": unit,
        "contests": [{"id": "MAYOR", "seats": 1, "options": ["1", "2"]}], "device": device,
        "definition": sha256(b"definition"), "software": {"name": "scrutineer test", "sha256": sha256(b"program")},
        "thresholds": {"dark": 300}, "sheets": len(lines)}) + "\n")
    write(f"{directory}/secret.json",
          canonical({"format": "scrutineer-batch-secret/1", "seed": sha256(directory.encode())}) + "\n")
    doubtful = [ballot_id(unit, ada + bo + i) for i in range(recheck)]
    if outcomes:
        write(f"{directory}/decisions/outcome.jsonl", "".join(
            canonical({"id": name, "contests": [{"contest": 0, "decision": "counted", "options": [option], "how": "agreed"}]})
            + "\n" for name, option in sorted(zip(doubtful, outcomes))))
    return doubtful


def sign(p, key, text, note):
    p.run("note", "sign", "--key", key, "--in", text, "--out", note)


def setup(p):
    election = json.loads(json.dumps(ELECTION))
    one = lambda role: [{"label": role, "needs": [{"role": role, "count": 1}]}]
    election["signing"].update({"ballot-batch": one("sorter"), "release-order": one("coordinator"),
                                "image-release": one("publisher"), "adjudication": one("coordinator"),
                                "committee-vote": one("coordinator")})
    election["rules"].append({"code": "machine-unlike-batches", "kinds": ["*"], "contests": ["*"]})
    write("package/election.json", json.dumps(election, ensure_ascii=False, indent=1))
    units = UNITS + "4,South,C,Station 4,polling-day,300,,,,\n"  # nobody has counted there yet
    for name, text in (("units", units), ("options", OPTIONS), ("counts", COUNTS)):
        write(f"package/{name}.csv", text)
    p.run("key", "new", "--name", "importer", "--out", "importer.key", "--no-passphrase")
    sorter = p.run("key", "new", "--name", "sorter-1", "--out", "sorter.key", "--no-passphrase").stdout.strip()
    election_id = p.run("import", "--election", "package", "--log", "log", "--key", "importer.key").stdout.split()[-1]
    write("grant", "scrutineer/grant/1\n" + canonical(
        {"election": election_id, "key": sorter, "role": "sorter", "scope": {"units": ["/"], "contests": ["*"]}}) + "\n")
    sign(p, "importer.key", "grant", "grant.note")
    p.run("log", "append", "--log", "log", "grant.note")
    return election_id


def test_record(p, election):
    write_batch("scans/1", "1", 60, 55, 5, outcomes=[0, 0, 1, 1, 1])
    said = p.run("ballots", "record", "--out", "records", "--log", "log", "scans/1", expect=2).stderr
    check("--election" in said, "a batch of a rehearsal has to be told the election")
    p.run("ballots", "record", "--out", "before", "--election", election, "scans/1")
    check(b'"votes"' not in read("before/batch-1.txt"), "before the announcement nobody is told the votes")
    p.run("ballots", "record", "--votes", "--out", "records", "--log", "log", "--election", election, "scans/1")
    body = json.loads(read("records/batch-1.txt").decode().split("\n")[1])
    check(body["contests"] == [{"contest": "MAYOR", "decided": 115, "votes": {"1": 60, "2": 55}, "recheck": 5, "blank": 0,
                                "invalid": 0}], "the record says what the machine said")
    sign(p, "importer.key", "records/batch-1.txt", "foreign.note")
    sign(p, "sorter.key", "records/batch-1.txt", "batch.note")
    check("appended" in p.run("log", "append", "--log", "log", "batch.note").stdout, "the machine's record is taken in")
    shown = p.run("log", "show", "--log", "log", "--type", "ballot-batch").stdout
    check(shown.count("  ballot-batch  ") == 1 and "  grant  " not in shown, "only records of that type are listed")
    record_id = shown.split("  ballot-batch  ")[1].split()[0]
    check(p.run("log", "show", "--log", "log", "--record", record_id).stdout.encode() == read("batch.note"),
          "the record's note comes out of the log as it was signed")
    p.run("log", "show", "--log", "log", "--record", "0" * 64, expect=2)
    p.run("publish", "--log", "log", "--key", "importer.key", "--out", "bundle")
    report = p.verify("bundle", "--trust", "log/trust").stdout
    check("batches of scanned papers: 1 with 120 papers" in report, f"the verifier counts it\n{report}")
    check(TOO_EARLY not in report, f"the unit's sheet was there first\n{report}")
    listed = [path for path in walk("bundle") if b"scrutineer-ballots/1" in read(path)]
    check(len(listed) == 1, "the list of commitments is published")
    for path in walk("bundle"):
        content = read(path)
        check(all(ballot_id("1", i).encode() not in content for i in range(120)),
              f"{path} holds no picture and no ballot's id")
    p.run("ballots", "check", "--record", "batch.note", "--list", listed[0])


def walk(directory):
    for path, _, names in os.walk(directory):
        for name in names:
            yield os.path.join(path, name)


def test_early(p, election):
    write_batch("scans/4", "4", 80, 40, 0)
    p.run("ballots", "record", "--votes", "--out", "early", "--log", "log", "--election", election, "scans/4")
    sign(p, "sorter.key", "early/batch-1.txt", "early.note")
    p.run("log", "append", "--log", "log", "early.note")
    p.run("publish", "--log", "log", "--key", "importer.key", "--out", "bundle")
    report = p.verify("bundle", "--trust", "log/trust").stdout
    check(report.count(TOO_EARLY) == 1, f"votes that nobody has announced are named\n{report}")


def test_small_batches(p, election):
    write_batch("scans/2a", "2", 70, 50, 0)
    write_batch("scans/2b", "2", 10, 20, 1)
    said = p.run("ballots", "record", "--votes", "--out", "small", "--election", election, "scans/2a", "scans/2b").stderr
    check("fewer than 100 papers" in said, "a small batch keeps the votes of its unit unpublished")
    for name in ("batch-1", "batch-2"):
        check(b'"votes"' not in read(f"small/{name}.txt"), "neither gives votes: the difference to the sheet would show them")
    p.run("ballots", "record", "--out", "mixed", "--election", election, "scans/1", "scans/2b", expect=2)


def test_prove(p):
    one = ballot_id("1", 7)
    p.run("ballots", "prove", "--batch", "scans/1", "--record", "batch.note", "--ballot", one, "--out", "one.proof")
    shown = p.run("ballots", "check", "--record", "batch.note", "--proof", "one.proof").stdout
    check(json.loads(shown)["reading"]["contests"][0]["options"] == [0], "the proof shows the reading")
    text = read("one.proof").decode()
    write("forged.proof", text.replace('"options":[0]', '"options":[1]'))
    p.run("ballots", "check", "--record", "batch.note", "--proof", "forged.proof", expect=1)
    write("cut.proof", text[:-20])
    p.run("ballots", "check", "--record", "batch.note", "--proof", "cut.proof", expect=2)
    p.run("ballots", "prove", "--batch", "scans/1", "--record", "batch.note", "--ballot", "0" * 32, "--out", "x", expect=2)
    p.run("ballots", "prove", "--batch", "scans/2a", "--record", "batch.note", "--ballot", one, "--out", "x", expect=2)


def test_release(p):
    ids = [ballot_id("1", 3), ballot_id("1", 118)]
    arguments = ["--batch", "scans/1", "--record", "batch.note"]
    p.run("ballots", "order", *arguments, *[word for name in ids for word in ("--ballot", name)], "--authority",
          "District court, 2026-05-09, 26-1", "--reason", "recount of unit 1", "--out", "order.txt")
    sign(p, "importer.key", "order.txt", "order.note")
    p.run("log", "append", "--log", "log", "order.note")
    p.run("ballots", "release", *arguments, "--order", "order.note", "--out", "shown", "--log", "log")
    p.run("ballots", "check", "--record", "batch.note", "--order", "order.note", "--pack", "shown/pack.tar")
    sign(p, "importer.key", "shown/release.txt", "release.note")
    p.run("log", "append", "--log", "log", "release.note")
    p.run("publish", "--log", "log", "--key", "importer.key", "--out", "bundle")
    report = p.verify("bundle", "--trust", "log/trust").stdout
    check("ballots shown: 2 in 1 releases" in report, f"the verifier has looked at what was shown\n{report}")
    # Somebody who holds the pack and changes a picture in it.
    pack = read("shown/pack.tar")
    with open("forged.tar", "wb") as file:
        file.write(pack.replace(b"masked " + ids[0].encode(), b"MASKED " + ids[0].encode()))
    p.run("ballots", "check", "--record", "batch.note", "--order", "order.note", "--pack", "forged.tar", expect=1)
    shutil.copytree("bundle", "spoilt")
    path = [path for path in walk("spoilt") if b"masked " + ids[0].encode() in read(path)]
    check(len(path) == 1, "the pack is in the bundle, once")
    with open(path[0], "wb") as file:
        file.write(read("forged.tar"))
    p.verify("spoilt", "--trust", "log/trust", expect=1)
    # A picture that was changed on the disk is not shown, nor a ballot of a small batch.
    write(f"scans/1/masked/{ids[0]}.png", "another picture")
    p.run("ballots", "release", *arguments, "--order", "order.note", "--out", "again", expect=2)


def test_rates(p):
    said = p.run("ballots", "rates", "scans/1", "scans/2a", "scans/2b").stdout
    check("Machine sorter-1: 6 of 271 papers" in said and "no alarm" in said, said)
    said = p.run("ballots", "rates", "--contest", "MAYOR", "scans/1").stdout
    check("Option 1: 2 of 62 papers" in said and "Option 2: 3 of 58 papers" in said, said)
    write_batch("scans/3", "3", 100, 100, 100, device="sorter-9")
    said = p.run("ballots", "rates", "scans/1", "scans/2a", "scans/3", expect=1).stdout
    check("All of the interval lies beyond 1.0 points" in said, said)


def test_cvr(p):
    p.run("cvr", "write", "--batch", "scans/1", "--out", "cvr.json")
    said = p.run("cvr", "sum", "cvr.json").stdout
    check("120 papers" in said and "  62  1\n" in said and "  58  2\n" in said, said)
    p.run("cvr", "write", "--batch", "scans/1", "--out", "machine.json", "--machine-only")
    check("5 for people" in p.run("cvr", "sum", "machine.json").stdout, "what the machine left to people")
    p.run("cvr", "write", "--batch", "scans/1", "--out", "cvr.json", expect=2)  # never overwritten
    write("other.csv", "a,b\n1,2\n")
    p.run("cvr", "sum", "other.csv", expect=1)


def test_reconcile(p):
    trail = {"unit": "1", "contest": "MAYOR", "sorter": {"piles": {"1": 60, "2": 55}, "to_people": 5},
             "hand": {"from_sorted": {"1": 60, "2": 55}, "from_recheck": {"1": 2, "2": 3}, "invalid": 0}}
    write("trail.json", json.dumps(trail))
    p.run("ballots", "reconcile", "trail.json")
    trail["hand"]["from_recheck"]["1"] = 3
    write("trail.json", json.dumps(trail))
    check("hand-papers" in p.run("ballots", "reconcile", "--lang", "ko", "trail.json", expect=1).stdout, "a paper too many")


def test_damage(p):
    for name, change in (("readings.jsonl", lambda text: text[:-30]),
                         ("readings.jsonl", lambda text: "\n".join(reversed(text.strip().split("\n"))) + "\n"),
                         ("readings.jsonl", lambda text: text.replace('"options":[1]', '"options":[2]', 1)),
                         ("readings.jsonl", lambda text: text.split("\n", 1)[1]),
                         ("batch.json", lambda text: text.replace('"sheets"', '"serial":1,"sheets"')),
                         ("decisions/outcome.jsonl", lambda text: text.replace('"options":[0]', '"options":[7]', 1)),
                         ("secret.json", lambda text: "{}\n")):
        shutil.copytree("scans/1", "damaged")
        path = f"damaged/{name}"
        write(path, change(read(path).decode()))
        said = p.run("ballots", "prove", "--batch", "damaged", "--record", "batch.note", "--ballot", ballot_id("1", 1), "--out",
                     "x", expect=2).stderr
        check(not os.path.exists("x") and len(said) > 20, "damage is refused in words")
        shutil.rmtree("damaged")


def main():
    p = Programs(*sys.argv[1:3])
    try:
        election = setup(p)
        test_record(p, election)
        test_small_batches(p, election)
        test_early(p, election)
        for test in (test_prove, test_release, test_rates, test_cvr, test_reconcile, test_damage):
            test(p)
            print(f"ok  {test.__name__}")
    finally:
        p.close()


if __name__ == "__main__":
    main()
