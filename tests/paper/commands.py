"""Sticks and paper the way people use them: hand-over packages between two logs, forms printed and scanned again."""
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from program import Programs, check, read, write  # noqa: E402


def outcomes(text):
    words = [line.split()[0] for line in text.splitlines() if line]
    return {word: words.count(word) for word in set(words)}


def entries(p, log, kind):
    shown = p.run("log", "show", "--log", log, "--count", "10000").stdout.splitlines()
    rows = [line.split() for line in shown if len(line.split()) == 3 and line.split()[1] == kind]
    return [(int(position), record) for position, _, record in rows]


def test_handover(p):
    p.run("demo", "--units", "20", "--dir", "centre")
    os.rename("centre/log", "log")
    keys = "centre/keys"
    sheets = entries(p, "log", "count-sheet")
    begin = sheets[0][0]

    # A server that begins with what the centre knew before the count, then three sheets on a stick.
    p.run("key", "new", "--name", "server.example", "--out", "server.key", "--no-passphrase")
    p.run("log", "init", "--log", "server", "--key", "server.key", "--trust", "centre/trust")
    before = [record for kind in ("definition", "grant") for position, record in entries(p, "log", kind)
              if position < begin]
    first = p.run("handover", "make", "--log", "log", "--records", ",".join(before), "--key", f"{keys}/coordinator.key",
                  "--out", "first.handover")
    check("3 blobs" in first.stdout, "the tables travel with the definition")
    done = p.run("handover", "import", "first.handover", "--log", "server", "--key", "server.key")
    check(outcomes(done.stdout) == {"new": len(before)}, "an empty log begins with a package")

    three = ",".join(record for _, record in sheets[:3])
    made = p.run("handover", "make", "--log", "log", "--records", three, "--key", f"{keys}/coordinator.key", "--out",
                 "three.handover").stderr
    shown = p.run("handover", "read", "three.handover").stdout
    for row in ("words ko", "words en"):
        words = next(line for line in shown.splitlines() if line.startswith(row)).split()[2:]
        check(len(words) == 11 and " ".join(words) in made, f"both ends show the same {row}")
    took = p.run("handover", "import", "three.handover", "--log", "server", "--key", "server.key").stdout
    check(outcomes(took) == {"new": 3}, "three sheets are taken")
    check("count-sheet u0" in took, "each is named")
    counted = p.tally("server")
    again = p.run("handover", "import", "three.handover", "--log", "server", "--key", "server.key").stdout
    check(outcomes(again) == {"known": 3}, "handed in twice: known")
    check(p.tally("server") == counted, "and counted once")

    good = read("three.handover")
    middle = len(good) // 2
    bad = {"cut": good[:-1], "longer": good + b"x", "doubled": good + good, "empty": b"",
           "flipped": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1:]}
    for name, data in bad.items():
        with open(name, "wb") as file:
            file.write(data)
        said = p.run("handover", "import", name, "--log", "server", "--key", "server.key", expect=1).stderr
        check(said.startswith(f"scrutineer: {name}: ") and len(said) > 40, f"{name}: says what is wrong")
        p.run("handover", "read", name, expect=1)
    p.run("key", "new", "--name", "stranger", "--out", "stranger.key", "--no-passphrase")
    p.run("handover", "make", "--log", "log", "--key", "stranger.key", "--out", "strange")
    said = p.run("handover", "import", "strange", "--log", "server", "--key", "server.key", expect=1).stderr
    check("not known in this election" in said, "who may not pack is told so")
    check(p.tally("server") == counted, "nothing of that was taken")

    # The rest, in one piece: what is there already is known. Then both logs say the same.
    p.run("handover", "make", "--log", "log", "--since", str(begin), "--key", f"{keys}/coordinator.key", "--out", "rest")
    rest = outcomes(p.run("handover", "import", "rest", "--log", "server", "--key", "server.key").stdout)
    check(rest["known"] == 3 and "refused" not in rest, "the rest follows")
    a, b = p.tally("log"), p.tally("server")
    check(a["contests"] == b["contests"], "both logs come to the same totals")
    p.run("log", "check", "--log", "server")
    for words in (["handover"], ["handover", "make", "--log", "log"], ["handover", "make", "--log", "log", "--records",
                  "xyz", "--key", "server.key", "--out", "x"], ["handover", "read", "nowhere"]):
        p.run(*words, expect=2)
    return sheets


def scan(pdf, resolution="150"):
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", resolution, f"{pdf}.pdf", pdf], check=True)
    return f"{pdf}.png"


def test_paper(p, sheets):
    record = sheets[0][1]
    p.run("paper", "sheet", "--log", "log", "--record", record, "--out", "sheet.pdf")
    p.run("paper", "sheet", "--log", "log", "--unit", "/", "--blank", "--out", "blank.pdf")
    p.run("paper", "sheet", "--log", "log", "--unit", "/", "--out", "counted.pdf")
    p.run("paper", "units", "--log", "log", "--out", "units.pdf")
    p.run("paper", "summary", "--log", "log", "--contest", "LIST", "--out", "summary.pdf")
    p.run("paper", "units", "--log", "log", "--out", "again.pdf")
    check(read("units.pdf") == read("again.pdf"), "the same log gives the same bytes")
    for words in (["sheet", "--log", "log", "--out", "x.pdf"], ["units", "--log", "log", "--area", "/no", "--out", "x"],
                  ["sheet", "--log", "log", "--record", "0" * 64, "--out", "x"], ["units", "--log", "log", "--contest",
                  "NO", "--out", "x"], ["nonsense"], []):
        p.run("paper", *words, expect=2)
    if not shutil.which("pdftoppm"):
        print("scans skipped: pdftoppm is not installed (poppler-utils)")
        return
    opened = p.run("paper", "read", scan("sheet"), "--log", "log").stdout
    check(record in opened and "Compare the figures" in opened and "  valid " in opened, "a scan opens its record")
    check("A form filled by hand" in p.run("paper", "read", scan("blank"), "--log", "log").stdout, "a form says so")
    for name in ("units", "summary"):
        check("says the same" in p.run("paper", "read", scan(name), "--log", "log").stdout, f"{name} follow from the log")

    # A log that is not the one that the paper was printed from.
    p.run("log", "init", "--log", "little", "--key", "server.key", "--trust", "centre/trust")
    p.run("handover", "import", "first.handover", "--log", "little", "--key", "server.key")
    differs = p.run("paper", "read", "sheet.png", "--log", "little", expect=1).stdout
    check("paper and the log differ" in differs and "종이와 로그가 다릅니다" in differs, "paper and log differ")
    check("more than this log" in p.run("paper", "read", "units.png", "--log", "little", expect=1).stderr,
          "a list as of later than the log")
    write("text.png", "no image")
    p.run("paper", "read", "text.png", "--log", "log", expect=1)


def main():
    p = Programs(sys.argv[1], sys.argv[2])
    sheets = test_handover(p)
    test_paper(p, sheets)
    p.close()


main()
