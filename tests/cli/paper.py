"""A rehearsal deck: drawn with known truth, scanned from a folder and from a scanner, and compared with what is on it."""
import csv
import hashlib
import json
import os
import re
import subprocess
import sys

from program import Programs, check, read, write

PAPER = {
    "format": "scrutineer/stamp-paper/1", "election": "rehearsal", "contest": "MAYOR", "date": "2025-06-03",
    "title": "시장선거투표", "area": "가온시", "marking": "official_stamp", "people": [],
    "options": [{"number": "1", "party": "가나당", "name": "김하나", "id": "A"},
                {"number": "2", "party": "다라당", "name": "이두리", "id": "B"},
                {"number": "3", "party": "무소속", "name": "박세찬", "id": "C"}]}


def readings(batch):
    return [json.loads(line) for line in read(f"{batch}/readings.jsonl").decode().splitlines()]


def test_deck(p):
    p.run("ballots", "draw", "--election", "paper", "--papers", "60", "--seed", "7", "--out", "deck")
    p.run("ballots", "draw", "--election", "paper", "--papers", "60", "--seed", "7", "--out", "again")
    check(read("deck/truth.csv") == read("again/truth.csv") and
          all(read(f"deck/scans/{name}") == read(f"again/scans/{name}") for name in os.listdir("deck/scans")),
          "the same seed draws the same deck")
    p.run("ballots", "draw", "--election", "paper", "--papers", "1", "--out", "deck", expect=2)
    p.run("scan", "--election", "paper", "--in", "deck/scans", "--out", "batch")
    with open("deck/truth.csv", encoding="utf-8") as file:
        truth = {hashlib.sha256(read("deck/scans/" + row["file"])).hexdigest(): row for row in csv.DictReader(file)}
    lines = readings("batch")
    check(len(lines) == len(truth) == 60 and len({row["case"] for row in truth.values()}) > 10, "every paper, many cases")
    counted = 0
    for line in lines:
        row, said = truth[line["image"]], line["reading"]["contests"]
        if not said or said[0]["decision"] != "counted":
            continue
        counted += 1
        check(row["law"] == "valid" and [row["option"]] == [PAPER["options"][i]["number"] for i in said[0]["options"]],
              f"what the machine counts is on the paper: {row} {said}")
    check(counted >= 25, f"at least the plain half is counted: {counted} of 60")
    p.run("scan", "--election", "paper", "--again", "batch")


def test_print(p):
    p.run("ballots", "print", "--election", "paper", "--copies", "2", "--serial", "100001", "--out", "papers.pdf")
    pages = subprocess.run(["pdfinfo", "papers.pdf"], capture_output=True, text=True, check=True).stdout
    width = float(re.search(r"Page size: +([0-9.]+) x", pages).group(1))
    check("Pages:           2" in pages and abs(width - 100 / 25.4 * 72) < 0.5, f"two papers, ten centimetres wide\n{pages}")
    p.run("ballots", "print", "--election", "nowhere", "--out", "x.pdf", expect=2)


def test_scanner(p):
    """SANE's test scanner: ten pages that are no ballots, so each is kept and rejected with a reason."""
    write("sane/dll.conf", "test\n")
    os.environ["SANE_CONFIG_DIR"] = os.path.abspath("sane")
    check("test:0" in p.run("scan", "--scanner", "list").stdout, "the scanners of this machine are listed")
    feeder = ["scan", "--election", "paper", "--scanner", "test:0", "--set", "source=Automatic Document Feeder"]
    p.run(*feeder, "--out", "fed")
    lines = readings("fed")
    check(len(lines) == 10 and all(line["reading"]["defect"] != "none" for line in lines), "ten pages, none is a ballot")
    said = p.run(*feeder, "--set", "read-return-value=SANE_STATUS_JAMMED", "--out", "jam", expect=2).stderr
    check("jammed" in said and not os.path.exists("jam/batch.json"), f"a jam is said, and leaves no batch: {said}")
    for wrong in (["--set", "source"], ["--set", "no-such=1"], ["--in", "deck/scans"]):
        p.run(*feeder, *wrong, "--out", "x", expect=2)
    p.run("scan", "--election", "paper", "--scanner", "nobody:1", "--out", "x", expect=2)
    p.run("scan", "--election", "paper", "--scanner", "test:0", expect=2)
    p.run("scan", "--scanner", "test:0", "--out", "x", expect=2)


def main():
    p = Programs(*sys.argv[1:3])
    try:
        write("paper/paper.json", json.dumps(PAPER, ensure_ascii=False, separators=(",", ":")))
        for test in (test_deck, test_print, test_scanner):
            test(p)
            print(f"ok  {test.__name__}")
    finally:
        p.close()


if __name__ == "__main__":
    main()
