"""Two real elections from CSV to a verified bundle: the totals equal expected.json to the vote, at every level that it
lists. Exits 77 (ctest: skipped) where the shared data is absent."""
import csv
import json
import os
import sys

from program import Programs, check, read

FIGURES = {"electors": "electors", "ballots": "ballots_cast", "valid": "valid", "invalid": "invalid"}


def load(bundle):
    with open(f"{bundle}/claims/results-1.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: row for row in rows if row["kind"] == "area"}, [row for row in rows if row["kind"] != "area"]


def run(p, shared, name, levels):
    package = f"{shared}/{name}"
    expected = json.loads(read(f"{package}/expected.json"))
    p.run("demo", "--election", package, "--dir", name)
    areas, units = load(f"{name}/bundle")
    contest = json.loads(read(f"{name}/bundle/claims/seats.json"))["contests"][0]
    options = {label: f"votes:{i + 1}" for i, label in enumerate(expected["votes"])} if name == "kr2025" else None
    if options is None:  # by the option table, whose order is the ballot's
        options = {"台灣民眾黨 柯文哲/吳欣盈": "votes:1", "民主進步黨 賴清德/蕭美琴": "votes:2", "中國國民黨 侯友宜/趙少康": "votes:3"}
    nation = areas["/"]
    for label, column in options.items():
        check(int(nation[column]) == expected["votes"][label], f"{name}: {label}")
    winner = options[expected["winner"]].removeprefix("votes:")
    check(contest["by_option"][winner] == 1 and sum(contest["by_option"].values()) == 1, f"{name}: the winner")
    compared = len(options)
    for key, separator in levels:
        for area, votes in expected[key].items():
            row = areas["/" + area]
            for label, value in votes.items():
                check(int(row[options[label]]) == value, f"{name}: {area}: {label}")
                compared += 1
    for key, value in expected.get("totals", {}).items():
        if key in FIGURES:
            check(int(nation[FIGURES[key]]) == value, f"{name}: {key}")
    if "totals" not in expected:
        check(nation["electors"] == "" and nation["valid"] == "", f"{name}: what nobody stated is not claimed")
    total = expected["totals"]["units"] if "totals" in expected else expected["units"]
    check(len(units) == total and all(row["status"] == "counted" for row in units), f"{name}: no unit is refused")
    for kind, count in expected.get("by_kind_units", {}).items():
        check(sum(row["kind"] == kind for row in units) == count, f"{name}: units of kind {kind}")
    tally = p.tally(f"{name}/log")["contests"][0]["areas"][0]["votes"]
    check(tally == {column.removeprefix("votes:"): int(nation[column]) for column in options.values()}, f"{name}: tally")
    page = read(f"{name}/bundle/en/unit/1.html").decode()
    check("no station signature" in page, f"{name}: pages say that no station signed")
    report = json.loads(p.verify(f"{name}/bundle", "--trust", f"{name}/trust", "--json").stdout)
    check(report["verified"] and report["facts"]["transcribed, no station signature"] == str(total), f"{name}: verified")
    print(f"ok  {name}: {total} units, {compared} sums compared")


def main():
    shared = os.environ.get("SCRUTINEER_SHARED", os.path.join(sys.argv[3], "..", "shared", "data"))
    if not os.path.exists(f"{shared}/kr2025/units.csv.gz"):
        print(f"skipped: the shared data is not at {shared}")
        sys.exit(77)
    shared = os.path.abspath(shared)
    p = Programs(sys.argv[1], sys.argv[2])
    try:
        run(p, shared, "kr2025", [("by_level1", ""), ("by_level1_level2", "/")])
        run(p, shared, "tw2024", [("by_county", "")])
    finally:
        p.close()


main()
