"""Usage: commands.py SCRUTINEER SCRUTINEER_VERIFY. A machine's statement of itself: seen, compared, watched, recorded, shown."""
import base64
import hashlib
import html.parser
import json
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from program import Programs, check, read, write  # noqa: E402
from machine import ELECTION, Machine, state  # noqa: E402

ABSENCE = "cannot show that something is absent"
ABSENCE_KO = "무엇이 없다는 것을 보일 수 없습니다"


def body(path):
    first, second = read(path).decode().rstrip("\n").split("\n")
    return first, json.loads(second)


class Page(html.parser.HTMLParser):
    """What a browser without scripts would have to load, and whether tables have their heads."""

    def __init__(self):
        super().__init__()
        self.tags, self.loads, self.lang = {}, [], None

    def handle_starttag(self, tag, attributes):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        if tag == "html":
            self.lang = dict(attributes)["lang"]
        self.loads += [value for name, value in attributes if name in ("src", "href") and value != "data:,"]


def says_what_is_there(p):
    machine = Machine("domestic")
    machine.usb("1-1", "046d", "c31c", "030101", "usbhid", "Keyboard")
    said = state(p, machine, "--out", "open.txt", "--disclosures", "private/open", "--html", "open.html",
                 "--write-allowed", "allowed.json", "--software", sys.argv[0]).stdout
    check(ABSENCE in said and "no TPM" in said and "nothing could transmit" in said, said)
    kind, statement = body("open.txt")
    check(kind == "scrutineer/device-statement/1" and statement["event"] == "open" and statement["device"] == "sorter-3", kind)
    check(statement["software"][0]["sha256"] == hashlib.sha256(read(sys.argv[0])).hexdigest(), "the file's own hash")
    check(statement["inventory"]["devices"][0]["id"] == "046d:c31c", "the keyboard")
    check("SERIAL-1-1" not in read("open.txt").decode() and len(statement["_sd"]) == 1, "serial numbers are committed to")
    disclosure = read("private/open").decode().strip()
    check(os.stat("private/open").st_mode & 0o077 == 0, "disclosures are for their owner")
    digest = base64.urlsafe_b64encode(hashlib.sha256(disclosure.encode()).digest()).decode().rstrip("=")
    check(digest == statement["_sd"][0], "and can be shown later")
    said = state(p, machine, "--lang", "ko", "--html", "open-ko.html").stdout
    check(ABSENCE_KO in said and "no TPM" in said, said)
    for name, lang in (("open.html", "en"), ("open-ko.html", "ko")):
        page = Page()
        text = read(name).decode()
        page.feed(text)
        check(page.lang == lang and page.loads == [] and "script" not in page.tags, f"{name} stands alone: {page.loads}")
        check((ABSENCE if lang == "en" else ABSENCE_KO) in text and page.tags["th"] > 5, f"{name} says it")


def differs_from_the_list(p):
    machine = Machine("watched")
    machine.usb("1-1", "046d", "c31c", "030101", "usbhid", "Keyboard")
    said = state(p, machine, "--allowed", "allowed.json", "--software", sys.argv[0]).stdout
    check("No difference from the allowed list" in said, said)
    machine.usb("1-7", "0bda", "8152", "ffff00", None, "<b>LAN</b>\x1b[2J")
    said = state(p, machine, "--allowed", "allowed.json", "--software", sys.argv[0], "--out", "differs.txt",
                 "--html", "differs.html", expect=1).stdout
    check("A device that is not on the list: usb 1-7 0bda:8152" in said and "\x1b" not in said, said)
    check("<b>LAN" not in read("differs.html").decode(), "what a device calls itself is no markup")
    _, statement = body("differs.txt")
    check([d["code"] for d in statement["differences"]] == ["device"], "the code")
    check(statement["allowed"] == hashlib.sha256(read("allowed.json")).hexdigest(), "the list's hash")
    check("Software runs that the list does not name" in
          state(p, machine, "--allowed", "allowed.json", expect=1).stdout, "another program")
    # Whoever has a list of their own compares with that.
    check("A device that is not on the list" in
          p.run("device", "check", "differs.txt", "--allowed", "allowed.json", expect=1).stdout, "check")
    p.run("device", "check", "open.txt", "--allowed", "allowed.json")
    write("bad.json", '{"allowed":"1","interfaces":[{"kind":"ethernet","diver":"e1000e"}]}')
    check("interfaces[0].diver" in state(p, machine, "--allowed", "bad.json", expect=2).stderr, "a misspelt list")
    machine.put("sys/class/rfkill", "")
    said = state(p, machine, "--allowed", "allowed.json", "--software", sys.argv[0], expect=1).stdout
    check("/sys/class/rfkill" in said and "anything may be there" in said.lower(), said)


def two_models(p):
    machine = Machine("exported")
    machine.usb("1-1", "046d", "c31c", "030101", "usbhid", "Keyboard")
    machine.interface("wwan0", 519, "qmi_wwan")
    state(p, machine, "--out", "exported.txt", device="sorter-9")
    said = p.run("device", "compare", "open.txt", "exported.txt", "--name-a", "A-100", "--name-b", "A-100X",
                 "--html", "compare.html", expect=1).stdout
    check("A-100X can transmit by: Mobile network; A-100 does not show that it can" in said and ABSENCE in said, said)
    said = p.run("device", "compare", "open.txt", "exported.txt", "--name-a", "A-100", "--name-b", "A-100X", "--lang", "ko",
                 expect=1).stdout
    check("이동통신" in said and ABSENCE_KO in said, said)
    p.run("device", "compare", "open.txt", "open.txt")


def watches(p):
    machine = Machine("live")
    watcher = subprocess.Popen([p.scrutineer, "device", "watch", "--device", "sorter-3", "--area", "/", "--election", ELECTION,
                                "--root", "live", "--interval", "0.05", "--out", "said", "--count", "3", "--software",
                                sys.argv[0]], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        def wait(name):
            for _ in range(400):
                if os.path.exists(f"said/{name}"):
                    return
                time.sleep(0.05)
            sys.exit(f"FAILED: {name} was never written")
        wait("000001-open.txt")
        machine.put("proc/net/tcp", "  sl  local_address rem_address\n   0: 00000000:0016 00000000:0000 0A 0\n")
        wait("000002-change.txt")
        machine.put("proc/net/tcp", "  sl  local_address rem_address\n")
        wait("000003-change.txt")
        out, err = watcher.communicate(timeout=30)
        check(watcher.returncode == 0, f"exit {watcher.returncode}: {err}")
        check("a program waits for other machines to connect" in out, out)
    finally:
        if watcher.poll() is None:
            watcher.kill()
            watcher.wait()
    before = None
    for name in ("000001-open", "000002-change", "000003-change"):
        _, statement = body(f"said/{name}.txt")
        check(statement.get("previous") == before, f"{name} names the one before")
        before = hashlib.sha256(b"scrutineer/record\n" + read(f"said/{name}.txt")).hexdigest()


def enrolments_and_inspections(p):
    write("router.json", json.dumps({
        "area": "/", "device": "router-1", "kind": "router", "maker": "Maker", "model": "R-5", "carrier": "Carrier",
        "transmitters": [{"way": "cellular", "state": "fitted"}, {"way": "wifi", "state": "removed", "note": "card taken out"}],
        "seals": ["S-1", "S-2"], "sealed_by": ["jongno/member-1"]}, indent=1))
    said = p.run("device", "write", "enrolment", "router.json", "--election", ELECTION, "--serial", "SN 4711", "--disclosures",
                 "private/router", "--out", "router.txt").stdout
    kind, enrolment = body("router.txt")
    check(kind == "scrutineer/device-enrolment/1" and "SN 4711" not in read("router.txt").decode(), kind)
    check(said.strip() == hashlib.sha256(b"scrutineer/record\n" + read("router.txt")).hexdigest(), "its id")
    said = p.run("device", "compare", "router.txt", "open.txt", "--name-b", "sorter", expect=1).stdout
    check("Mobile network: Maker R-5 can transmit, sorter shows none" in said, said)
    write("seen.json", '{"area":"/","device":"router-1","occasion":"opening",\n"looked_at":[{"part":"case","found":"sealed"}],'
                       '"not_looked_at":[{"part":"mainboard","why":"sealed"}],"seals":[{"number":"S-1","state":"intact"}],'
                       '"findings":[],"present":["jongno/observer-2"]}')
    p.run("device", "write", "inspection", "seen.json", "--election", ELECTION, "--out", "seen.txt")
    check(body("seen.txt")[0] == "scrutineer/inspection/1", "an inspection")
    write("bad.json", '{"area":"/","device":"d","looked_at":[]}')
    check(p.run("device", "write", "inspection", "bad.json", "--election", ELECTION, "--out", "x.txt", expect=2).stderr !=
          "", "a reason")
    check(not os.path.exists("x.txt"), "nothing is written then")


def people_beside_it(p):
    machine = Machine("beside")
    said = state(p, machine).stdout
    check("No inspection was put beside this statement" in said and "Nobody has looked at: wireless cards" in said, said)
    seen = {"area": "/", "device": "sorter-3", "occasion": "opening", "present": ["jongno/observer-2"],
            "looked_at": [{"part": "wireless-cards", "found": "removed", "note": "slot empty"}],
            "not_looked_at": [{"part": "mainboard", "why": "sealed"}], "seals": [{"number": "S-9", "state": "broken"}],
            "findings": ["a scratch"]}
    write("sorter.json", json.dumps(seen))
    p.run("device", "write", "inspection", "sorter.json", "--election", ELECTION, "--out", "sorter.txt")
    said = state(p, machine, "--beside", "sorter.txt").stdout
    for sentence in ("People looked at wireless cards: taken out (slot empty)", "A seal is not intact: S-9 (broken)",
                     "Present, and has not signed: jongno/observer-2", "a scratch", "Nobody has looked at: the mainboard"):
        check(sentence in said, f"{sentence}: {said}")
    check("Nobody has looked at: wireless cards" not in said, said)
    check("another machine" in state(p, machine, "--beside", "router.txt", expect=2).stderr, "another machine's")


def without_a_tpm(p):
    check("no TPM" in p.run("device", "qr", "open.txt", expect=1).stderr, "qr")
    check("no TPM" in p.run("device", "key", "--tpm", "/nowhere", expect=1).stdout, "key")
    check("no TPM" in p.verify("--quote", "open.txt", "--key", "router.txt", "--nonce", "0" * 32, expect=1).stderr, "verify")
    check("no TPM" in p.run("device", "check", "open.txt", "--key", "router.txt", "--nonce", "0" * 32, expect=1).stderr,
          "check")
    check("--nonce" in p.verify("--quote", "--help").stdout, "help about quotes")
    p.verify("--quote", "absent", "--key", "router.txt", "--nonce", "0" * 32, expect=2)
    p.run("device", "state", "--device", "x", "--area", "/", "--election", ELECTION, "--nonce", "00", expect=2)
    p.run("device", "nonsense", expect=2)
    p.run("device", expect=2)
    p.run("device", "--help")


def main():
    p = Programs(sys.argv[1], sys.argv[2])
    sys.argv[0] = os.path.abspath(pathlib.Path(__file__).resolve())
    try:
        for step in (says_what_is_there, differs_from_the_list, two_models, watches, enrolments_and_inspections, people_beside_it,
                     without_a_tpm):
            step(p)
            print(f"ok {step.__name__}")
    finally:
        p.close()


main()
