"""Usage: real_counts.py SCRUTINEER SCRUTINEER_VERIFY SOURCE_DIR. Counts of the Dutch election of 2021 as the districts of
Amsterdam and Leiden published them: read, made a package, imported, and compared with the same files. Exit 77: not here."""
import gzip
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from program import Programs, check, read, write  # noqa: E402


def run(p, examples):
    leiden, amsterdam = (str(examples / f"Telling_TK2021_kieskring_{name}.eml.xml.gz") for name in ("Leiden", "Amsterdam"))
    said = p.run("eml", "read", leiden, expect=1)  # one of its municipalities has 0 electors
    check("25 reporting units" in said.stdout and "electors 890708, valid 772029, invalid 1417, blank 1215" in said.stdout,
          "the figures of the district")
    check("HSB15::1916" in said.stderr and "0 electors" in said.stderr and said.stderr.count("\n") == 1,
          "the one municipality without electors is named, and nothing else")
    check("valid 437827" in p.run("eml", "read", amsterdam).stdout, "Amsterdam adds up")

    p.run("eml", "package", leiden, amsterdam, "--out", "tk2021")
    p.run("eml", "package", leiden, "--out", "tk2021", expect=2)  # nothing is replaced
    p.run("eml", "package", leiden, leiden, "--out", "twice", expect=2)
    p.run("key", "new", "--name", "importer", "--out", "importer.key", "--no-passphrase")
    p.run("import", "--election", "tk2021", "--log", "log", "--key", "importer.key")
    totals = p.tally("log")["contests"][0]["areas"][0]
    check((totals["counted"], totals["valid"]) == (26, 772029 + 437827), "the log has every municipality")
    check(totals["invalid"] == 1417 + 1215 + 2136 + 956, "blank votes are among the invalid ones")

    # The same files agree in everything; blank votes are compared together with the invalid ones.
    result = compare(p, leiden, expect=1)
    check(result["differences"] == [] and result["agreement"][0]["agreeing"] == 25, "every municipality agrees")
    check([m["area"] for m in result["missing"]] == ["/Amsterdam"], "the other district is not in this file")
    text = gzip.open(amsterdam, "rt", encoding="utf-8").read()
    first = "<ValidVotes>55445</ValidVotes>"
    check(text.count(first) == 2, "the total and the only municipality")
    write("changed.xml", first.join(text.split(first)[:2]) + "<ValidVotes>55446</ValidVotes>" + text.split(first)[2])
    found = [(d["kind"], d.get("unit"), d["item"], d["difference"])
             for d in compare(p, "changed.xml", expect=1)["differences"]]
    check(found == [("area-sum", None, "votes:1", 1), ("unit", "HSB9::0363", "votes:1", 1)],
          f"the changed municipality is named, and the sum above it; its district's stated total agrees: {found}")

    # Out again: 510b of everything, and back.
    p.run("eml", "export", "--log", "log", "--kind", "510b", "--out", "all.xml")
    check(compare(p, "all.xml", expect=0)["agreement"][0]["agreeing"] == 26, "what is exported agrees")
    p.run("eml", "export", "--log", "log", "--kind", "520", "--out", "result.xml")
    elected = [int(n) for n in re.findall(r": (\d+) elected", p.run("eml", "read", "result.xml").stdout)]
    check(sum(elected) == 150 and len(elected) > 5, f"150 seats are shared: {elected}")
    p.run("eml", "export", "--log", "log", "--kind", "510c", "--out", "x.xml", expect=2)
    p.run("reconcile", "--log", "log", "--with", "importer.key", expect=2)
    korean = p.run("reconcile", "--log", "log", "--with", "changed.xml", "--lang", "ko", expect=1).stdout
    check("개표단위" in korean and "다른 수치" in korean, "in Korean")
    p.run("reconcile", "--log", "log", "--concurrent")


def compare(p, file, expect):
    p.run("reconcile", "--log", "log", "--with", file, "--json", "r.json", "--csv", "r.csv", expect=expect)
    check(read("r.csv").startswith(b"kind,place,"), "CSV is written, too")
    return json.loads(read("r.json"))


def main():
    shared = pathlib.Path(os.environ.get("SCRUTINEER_SHARED") or pathlib.Path(sys.argv[3]) / "../shared/data")
    examples = (shared / "eml_nl/examples").resolve()
    if not examples.is_dir():
        print(f"skipped: no counts in {examples}; SCRUTINEER_SHARED names another place")
        sys.exit(77)
    p = Programs(sys.argv[1], sys.argv[2])
    try:
        run(p, examples)
    finally:
        p.close()


main()
