"""Usage: commands.py SCRUTINEER SCRUTINEER_VERIFY. hunt as people type it: lists, STIX, packed logs, what cannot be searched."""
import gzip
import hashlib
import io
import json
import os
import pathlib
import sys
import tarfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from program import Programs, check, read, write  # noqa: E402

LOG = ("May  1 00:00:01 gw sshd[1]: Failed password from 198.51.100.7 port 4022\n"
       "May  1 00:00:02 gw named[2]: query: a.evil.example IN A\n"
       "May  1 00:00:03 gw named[2]: query: notevil.example IN A\n"
       "May  1 00:00:04 gw proxy[3]: GET hxxp://evil[.]example/gate.php?id=1\n"
       "메일 수신: kim@evil.example에서, 첨부 없음\n")
LIST = "# from the notice\n198.51.100[.]7\nevil[.]example\nhxxp://evil.example/gate.php\nmail:kim@evil.example\n"


def write_bytes(path, data):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def hunt(p, expect, *arguments):
    said = p.run("hunt", *arguments, "--out", "r.json", expect=expect).stdout
    return said, json.loads(read("r.json"))


def found(report):
    return [(f["kind"], f["value"], f["count"]) for f in report["findings"]]


def why(report):
    return sorted((n["what"], n["why"]) for n in report["not_searched"])


EXPECTED = [("ipv4", "198.51.100.7", 1), ("domain", "evil.example", 3), ("mail", "kim@evil.example", 1),
            ("url", "http://evil.example/gate.php", 1)]


def finds_and_says_where(p):
    said, report = hunt(p, 1, "--indicators", "list", "--in", "logs/a.log")
    check(found(report) == EXPECTED, f"what is in the log: {found(report)}")
    check(report["found"] and report["complete"] and report["not_searched"] == [], "all of it was searched")
    places = [(x["line"], x["offset"]) for x in report["findings"][1]["places"]]
    lines = LOG.encode().split(b"\n")
    starts = [sum(len(x) + 1 for x in lines[:n]) for n in range(len(lines))]
    check([line for line, _ in places] == [2, 4, 5], f"lines: {places}")
    check(all(0 <= offset - starts[line - 1] < len(lines[line - 1]) for line, offset in places), f"offsets: {places}")
    check(report["inputs"] == [{"file": "logs/a.log", "size": len(LOG.encode()), "searched": len(LOG.encode()), "lines": 5,
                                "sha256": hashlib.sha256(LOG.encode()).hexdigest()}], f"the input: {report['inputs']}")
    check(report["indicators"]["files"][0]["sha256"] == hashlib.sha256(LIST.encode()).hexdigest(), "the list")
    check("FOUND: 4" in said and "logs/a.log: line 2, byte" in said, said)
    check("첨부 없음" not in read("r.json").decode() and "Failed password" not in said, "lines are not copied unasked")
    first = read("r.json")
    said, report = hunt(p, 1, "--indicators", "list", "--in", "logs/a.log", "--threads", "3")
    check(read("r.json") == first, "the same again gives the same bytes")
    said, report = hunt(p, 1, "--indicators", "list", "--in", "logs/a.log", "--with-lines", "--lang", "ko")
    check(report["findings"][2]["places"][0]["text"].startswith("메일 수신"), "lines where they are asked for")
    check("발견된 침해지표: 4개" in said, said)


def clean_is_not_incomplete(p):
    write("none", "203.0.113.99\n")
    said, report = hunt(p, 0, "--indicators", "none", "--in", "logs/a.log")
    check(not report["found"] and report["complete"] and "everything that was named could be searched" in said, said)
    write_bytes("logs2/x.zip", b"PK\x03\x04 something")
    said, report = hunt(p, 0, "--indicators", "none", "--in", "logs/a.log", "logs2")
    check(not report["found"] and not report["complete"], "not complete")
    check("this does not mean clean" in said and "could be searched.\n" not in said.replace("in what could be searched", ""),
          said)
    said, _ = hunt(p, 0, "--indicators", "none", "--in", "logs2", "--lang", "ko")
    check("깨끗하다는 뜻이 아닙니다" in said, said)


def packed(p):
    with gzip.open("packed/a.log.gz", "wb") as file:
        file.write(LOG.encode())
    write_bytes("packed/two.gz", gzip.compress(LOG[:100].encode()) + gzip.compress(LOG.encode()[100:]))
    _, report = hunt(p, 1, "--indicators", "list", "--in", "packed")
    check(found(report) == [(kind, value, 2 * n) for kind, value, n in EXPECTED], f"in gzip: {found(report)}")
    check([i["file"] for i in report["inputs"]] == ["packed/a.log.gz", "packed/two.gz"], "by name")
    check(report["inputs"][0]["packing"] == "gzip" and report["inputs"][0]["searched"] == len(LOG.encode()), "packing")
    write_bytes("bad/cut.gz", gzip.compress(LOG.encode() * 2_000)[:-200])
    write_bytes("bad/twice.gz", gzip.compress(gzip.compress(LOG.encode())))
    write_bytes("bad/bomb.gz", gzip.compress(b"0" * (200 << 20), 9))
    _, report = hunt(p, 1, "--indicators", "list", "--in", "bad")
    check(why(report) == [("bad/bomb.gz", "expansion"), ("bad/cut.gz", "damaged"), ("bad/twice.gz", "nested")],
          f"{why(report)}")
    check(found(report)[0][2] > 1_000, "what came out before the cut was searched")
    bomb = report["inputs"][0]["searched"]
    check((64 << 20) <= bomb < (128 << 20), f"a bomb is searched up to its limit: {bomb}")


def what_cannot_be_searched(p):
    base = "odd/"
    write(base + "plain.txt", "nothing\n")
    write_bytes(base + "binary.bin", b"\x00\x01evil.example\x00")
    write_bytes(base + "utf16.txt", "접속: evil.example\n".encode("utf-16"))
    write_bytes(base + "utf16-bare.txt", "evil.example ......\n".encode("utf-16-le"))
    write_bytes(base + "utf16.gz", gzip.compress("접속: evil.example\n".encode("utf-16")))
    write_bytes(base + "pgp.asc", b"-----BEGIN PGP MESSAGE-----\n")
    write_bytes(base + "x.xz", b"\xfd7zXZ\x00....")
    write(base + "mail.eml", "From: a\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n")
    with zipfile.ZipFile(base + "a.zip", "w") as archive:
        archive.writestr("a.log", LOG)
    with tarfile.open(base + "a.tgz", "w:gz") as archive:
        info = tarfile.TarInfo("a.log")
        info.size = len(LOG.encode())
        archive.addfile(info, io.BytesIO(LOG.encode()))
    os.symlink("../logs/a.log", base + "link")
    os.mkfifo(base + "pipe")
    write(base + "secret", "evil.example")
    os.chmod(base + "secret", 0)
    _, report = hunt(p, 1, "--indicators", "list", "--in", "odd")
    expected = [("a.tgz", "archive"), ("a.zip", "archive"), ("binary.bin", "binary"), ("link", "link"),
                ("mail.eml", "mail-encoding"), ("pgp.asc", "encrypted"), ("pipe", "not-a-file"),
                ("secret", "unreadable"), ("utf16-bare.txt", "encoding"), ("x.xz", "compressed")]
    if os.geteuid() == 0:
        expected.remove(("secret", "unreadable"))
    check(why(report) == [(base + a, b) for a, b in expected], f"{why(report)}")
    check(all(n["sentence"]["ko"] and n["sentence"]["en"] for n in report["not_searched"]), "in both languages")
    files = {report["inputs"][x["input"]]["file"] for f in report["findings"] for x in f["places"]}
    check({base + "utf16.txt", base + "utf16.gz"} <= files, f"UTF-16 with its mark is text: {files}")
    check({i["encoding"] for i in report["inputs"] if "utf16." in i["file"]} == {"utf-16le"}, "and its encoding is said")
    check({base + "binary.bin", base + "a.tgz"} <= files, f"their bytes were searched all the same: {files}")


def hashes_of_files(p):
    data = b"MZ\x90 a suspicious attachment"
    write_bytes("mails/attachment.bin", data)
    names = ["md5", "sha1", "sha256", "sha512"]
    write("hashes", "".join(f"{hashlib.new(n, data).hexdigest().upper()}\n" for n in names))
    _, report = hunt(p, 1, "--indicators", "hashes", "--in", "mails")
    check([f["kind"] for f in report["findings"]] == names, f"{found(report)}")
    check(all(f["places"] == [{"input": 0, "whole_file": True}] for f in report["findings"]), "the whole file")


def stix_and_bad_lists(p):
    bundle = {"type": "bundle", "id": "bundle--1", "objects": [
        {"type": "indicator", "id": "indicator--1", "pattern_type": "stix", "pattern": "[domain-name:value = 'evil.example']"},
        {"type": "indicator", "id": "indicator--2", "pattern_type": "yara", "pattern": "rule r { }"},
        {"type": "location", "id": "location--1", "latitude": 37.56}]}
    write("notice.json", json.dumps(bundle))
    write("bad-list", "evil.example\nsetup.exe\n1.2.3.4.5\n")
    _, report = hunt(p, 1, "--indicators", "notice.json", "bad-list", "--in", "logs/a.log")
    check(found(report) == [("domain", "evil.example", 3)], f"{found(report)}")
    check(report["findings"][0]["from"] == [{"file": 0, "id": "indicator--1"}, {"file": 1, "line": 1}], "its origins")
    check(why(report) == [("bad-list:2", "indicator"), ("bad-list:3", "indicator"), ("notice.json: indicator--2", "pattern")],
          f"{why(report)}")
    check(not report["complete"], "not complete")
    write("broken.json", "{\"type\":\"bundle\",")
    write("empty", "# nothing\n")
    write("yara.json", json.dumps({"type": "bundle", "id": "b", "objects": [bundle["objects"][1]]}))
    p.run("hunt", "--indicators", "broken.json", "--in", "logs", expect=2)
    check("nothing to look for" in p.run("hunt", "--indicators", "empty", "--in", "logs", expect=2).stderr, "no indicator")
    said = p.run("hunt", "--indicators", "yara.json", "--in", "logs", expect=2)
    check("indicator--2" in said.stdout and "nothing to look for" in said.stderr, "no indicator that can be searched")
    check("absent" in p.run("hunt", "--indicators", "list", "--in", "absent", expect=2).stderr, "an input that is not there")
    p.run("hunt", "--indicators", "absent", "--in", "logs", expect=2)
    p.run("hunt", "--indicators", "list", expect=2)


def many(p):
    write("many.log", "evil.example\n" * 250)
    _, report = hunt(p, 1, "--indicators", "list", "--in", "many.log")
    check(found(report) == [("domain", "evil.example", 250)] and len(report["findings"][0]["places"]) == 100,
          "places are listed up to their limit and all counted")


def run(p):
    check("Example:" in p.run("hunt", "--help").stdout, "help")
    write("logs/a.log", LOG)
    write("list", LIST)
    os.makedirs("packed")
    for case in (finds_and_says_where, clean_is_not_incomplete, packed, what_cannot_be_searched, hashes_of_files,
                 stix_and_bad_lists, many):
        case(p)


if __name__ == "__main__":
    programs = Programs(*sys.argv[1:])
    try:
        run(programs)
    finally:
        programs.close()
    print("hunt: good")
