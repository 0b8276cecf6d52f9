"""Usage: commands.py SCRUTINEER SCRUTINEER_VERIFY. eml and reconcile as people type them, on an election of three units."""
import gzip
import json
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from program import Programs, check, read, write  # noqa: E402

ELECTION = {
    "format": "scrutineer/election/1", "title": {"ko": "모의 선거", "en": "Rehearsal"}, "simulated": True,
    "date": "2026-05-01", "time_zone": "Asia/Seoul",
    "contests": [{"id": "MAYOR", "title": {"ko": "시장", "en": "Mayor"}, "votes_per_ballot": 1,
                  "seats": {"method": "plurality", "seats": 1}}],
    "signing": {"count-sheet": [{"label": "transcribed", "needs": [{"role": "importer", "count": 1}]}],
                "result-claim": [{"label": "publisher", "needs": [{"role": "publisher", "count": 1}]}]},
    "grantors": {}, "rules": [],
}
UNITS = ("unit_id,level1,name,kind,electors,ballots,valid,invalid\n"
         "1,North,Station 1,polling-day,100,80,78,2\n2,North,Station 2,polling-day,200,150,149,1\n"
         "3,South,Station 3,polling-day,300,210,205,5\n")
COUNTS = ("unit_id,contest_id,option_id,votes\n"
          "1,MAYOR,1,40\n1,MAYOR,2,38\n2,MAYOR,1,70\n2,MAYOR,2,79\n3,MAYOR,1,105\n3,MAYOR,2,100\n")


def compare(p, file, expect, *more):
    said = p.run("reconcile", "--log", "log", "--with", file, "--json", "r.json", *more, expect=expect).stdout
    return said, json.loads(read("r.json"))


def run(p):
    check("Example:" in p.run("eml", "--help").stdout and "Example:" in p.run("reconcile", "--help").stdout, "help")
    write("package/election.json", json.dumps(ELECTION))
    write("package/units.csv", UNITS)
    write("package/options.csv", "contest_id,option_id,party,name\nMAYOR,1,Blue,Ada\nMAYOR,2,Green,Bo\n")
    write("package/counts.csv", COUNTS)
    p.run("key", "new", "--name", "importer", "--out", "importer.key", "--no-passphrase")
    p.run("import", "--election", "package", "--log", "log", "--key", "importer.key")

    said, result = compare(p, "package/counts.csv", 0)
    check("3 of 3 units agree in every figure." in said and result["same"], "the source agrees")
    compare(p, "package/units.csv", 0)
    write("theirs.csv", COUNTS.replace("2,MAYOR,1,70", "2,MAYOR,1,71").replace("3,MAYOR,1,105\n3,MAYOR,2,100\n", ""))
    said, result = compare(p, "theirs.csv", 1, "--csv", "r.csv")
    found = [(d["kind"], d.get("unit") or d["area"], d["item"], d["ours"], d["theirs"]) for d in result["differences"]]
    check(found == [("area-sum", "/", "votes:1", 110, 111), ("area-sum", "/North", "votes:1", 110, 111),
                    ("unit", "2", "votes:1", 70, 71)], f"the unit and the areas above it: {found}")
    check([(m["kind"], m["area"], m["units"]) for m in result["missing"]] == [("missing-there", "/South", 1)], "missing")
    check(read("r.csv").decode().count("\n") == 1 + 3 + 1 + 4, "every line of it in the CSV")
    check("Station 2 [2]" in said and "(+1)" in said, "the unit is named")
    said = p.run("reconcile", "--log", "log", "--with", "theirs.csv", "--lang", "ko", "--order", "tree", expect=1).stdout
    check("다른 쪽 71 (+1)" in said, "in Korean")
    with gzip.open("theirs.csv.gz", "wb") as file:
        file.write(read("theirs.csv"))
    compare(p, "theirs.csv.gz", 1)
    write("bad.csv", "unit_id,Votes:1\n1,2\n")
    said = p.run("reconcile", "--log", "log", "--with", "bad.csv", expect=2).stderr
    check("bad.csv:1:1" in said and "Votes:1" in said, "a column that nobody knows is refused, with its place")
    p.run("reconcile", "--log", "log", expect=2)
    p.run("reconcile", "--log", "log", "--with", "absent.csv", expect=2)
    check("Contests of the same unit" in p.run("reconcile", "--log", "log", "--concurrent").stdout, "one contest: nothing")

    for kind in ("510", "510b", "510d"):
        p.run("eml", "export", "--log", "log", "--contest", "MAYOR", "--kind", kind, "--out", f"{kind}.xml")
        compare(p, f"{kind}.xml", 0)
        p.run("eml", "read", f"{kind}.xml")
    p.run("eml", "export", "--log", "log", "--kind", "510a", "--unit", "2", "--out", "a.xml")
    said, result = compare(p, "a.xml", 1)
    check(result["differences"] == [] and result["agreement"][0]["agreeing"] == 1, "one station agrees, others are not there")
    write("changed.xml", read("510.xml").decode().replace(">105<", ">106<"))
    check("the lists have 206 votes" in p.run("eml", "read", "changed.xml", expect=1).stderr, "it contradicts itself")
    check(compare(p, "changed.xml", 1)[1]["remarks_count"] > 0, "and differs")
    p.run("eml", "export", "--log", "log", "--kind", "520", "--out", "520.xml")
    check("1 elected, Bo" in p.run("eml", "read", "520.xml").stdout, "217 to 215")
    p.run("eml", "export", "--log", "log", "--kind", "510a", "--out", "x.xml", expect=2)  # of which unit?
    p.run("eml", "export", "--log", "log", "--contest", "KING", "--out", "x.xml", expect=2)
    p.run("eml", "export", "--log", "log", "--category", "XX", "--out", "x.xml", expect=2)
    p.run("eml", "read", "theirs.csv", expect=2)
    write("dtd.xml", '<!DOCTYPE EML [<!ENTITY x SYSTEM "file:///etc/passwd">]><EML>&x;</EML>')
    check("document type" in p.run("eml", "read", "dtd.xml", expect=2).stderr, "nothing is fetched")

    # Into another log: the same totals.
    p.run("eml", "package", "510b.xml", "--out", "again")
    p.run("import", "--election", "again", "--log", "log2", "--key", "importer.key")
    votes = [p.tally(log)["contests"][0]["areas"][0]["votes"] for log in ("log", "log2")]
    check(list(votes[0].values()) == list(votes[1].values()) == [215, 217], f"out and in: {votes}")


p = Programs(sys.argv[1], sys.argv[2])
try:
    run(p)
finally:
    p.close()
