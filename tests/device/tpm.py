"""Usage: tpm.py SCRUTINEER SCRUTINEER_VERIFY. A TPM of software answers an observer's nonce; whatever is not that answer is refused.

Skips (77) where swtpm is missing. Signatures are checked by openssl's own program, too.
"""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from program import Programs, check, read, write  # noqa: E402
from machine import ELECTION, Machine, state  # noqa: E402

SELF = os.path.abspath(__file__)
NONCE, OTHER = "00112233445566778899aabbccddeeff", "ff" * 16


class SoftTpm:
    """One chip; its socket serves one caller after the other."""

    def __init__(self, name):
        os.makedirs(f"{name}-state")
        self.socket = os.path.abspath(name)
        self.state = os.path.abspath(f"{name}-state")
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={self.state}", "--server", f"type=unixio,path={self.socket}",
             "--flags", "not-need-init", "--terminate"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            if os.path.exists(self.socket):
                return
            time.sleep(0.02)
        sys.exit("FAILED: swtpm did not open its socket")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
        if self.process:
            self.process.wait()
        if os.path.exists(self.socket):
            os.unlink(self.socket)

    def again(self):  # it ends with each caller, as a machine that is switched off
        self.stop()
        self.start()


def body(path):
    return json.loads(read(path).decode().split("\n")[1])


def sealed(p, name, tpm, *more):
    tpm.again()
    write(f"{name}-tpm.json", p.run("device", "key", "--tpm", tpm.socket, *more).stdout)
    write(f"{name}.json", json.dumps({"area": "/", "device": "sorter-3", "kind": "sorter", "maker": "M", "model": "A-100",
                                      "transmitters": [], "seals": ["S-1"], "sealed_by": ["m"]}))
    p.run("device", "write", "enrolment", f"{name}.json", f"{name}-tpm.json", "--election", ELECTION, "--out", f"{name}.txt")
    return f"{name}.txt"


FEW = ("0", "1", "7")  # registers; with all ten a code leaves their values out


def quoted(p, machine, tpm, out, *more):
    tpm.again()
    said = state(p, machine, "--nonce", NONCE, "--tpm", tpm.socket, "--out", out, "--software", SELF, *more).stdout
    check("There is a TPM's quote" in said, said)
    return p.run("device", "qr", out, "--out", out + ".svg").stdout


def answered(p, machine, tpm, enrolment):
    text = quoted(p, machine, tpm, "open.txt", "--registers", ",".join(FEW))
    write("quote.txt", text)
    for verify in (p.verify, lambda *a, **k: p.run("device", "check", a[1], *a[2:], **k)):
        for what in ("quote.txt", "open.txt"):
            said = verify("--quote", what, "--key", enrolment, "--nonce", NONCE).stdout
            check("The quote holds" in said and "3 signed, 3 of them compared" in said and "No quote shows that a part is"
                  in said, said)
    said = p.verify("--quote", "quote.txt", "--key", enrolment, "--nonce", NONCE, "--statement", "open.txt", "--lang", "ko")
    check("TPM의 서명이 맞습니다" in said.stdout, said.stdout)
    check("<svg" in read("open.txt.svg").decode(), "the code as SVG")
    # The page shows the code; the picture of a code is read back.
    tpm.again()
    state(p, machine, "--nonce", NONCE, "--tpm", tpm.socket, "--html", "open.html", "--software", SELF)  # all registers
    check("<svg role=img" in read("open.html").decode(), "the code on the page")
    tpm.again()
    said = state(p, machine, "--nonce", OTHER, "--tpm", tpm.socket, "--software", SELF, "--beside", enrolment,
                 "--registers", ",".join(FEW)).stdout
    check("The TPM's quote holds." in said, said)
    return text


def checked_by_others(enrolment):
    tpm = body("open.txt")["tpm"]
    key = body(enrolment)["tpm_key"]
    write("key.pem", "-----BEGIN PUBLIC KEY-----\n" + "\n".join(key[i:i + 64] for i in range(0, len(key), 64)) +
          "\n-----END PUBLIC KEY-----\n")
    for name in ("attest", "signature"):
        with open(name, "wb") as file:
            file.write(base64.b64decode(tpm[name]))
    if shutil.which("openssl"):
        done = subprocess.run(["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "attest"],
                              capture_output=True, text=True)
        check(done.returncode == 0, f"openssl: {done.stdout}{done.stderr}")
    if shutil.which("tpm2_print"):
        done = subprocess.run(["tpm2_print", "-t", "TPMS_ATTEST", "attest"], capture_output=True, text=True)
        check("pcrDigest" in done.stdout and done.returncode == 0, f"tpm2_print: {done.stdout}{done.stderr}")


def refused(p, machine, tpm, enrolment, text):
    def no(reason, quote, key=enrolment, nonce=NONCE, *more):
        write("bad.txt", quote)
        said = p.verify("--quote", "bad.txt", "--key", key, "--nonce", nonce, *more, expect=1).stderr
        check(reason in said, f"expected '{reason}': {said}")

    start, device, nonce, measured, values, attest, signature = text.strip().split(" ")

    def line(**changed):
        parts = {"device": device, "nonce": nonce, "measured": measured, "values": values, "attest": attest,
                 "signature": signature} | changed
        return " ".join([start, *parts.values()])

    no("it answers another nonce than yours", text, enrolment, OTHER)                    # replayed to another observer
    no("for other measured values", line(nonce=OTHER), enrolment, OTHER)                 # its nonce rewritten
    no("for other measured values", line(measured="ab" * 32))
    no("other values of its registers", line(values=values.replace("0=0", "0=1", 1)))
    no("other registers than those", line(values=values[:values.rfind(",")]))
    raw = bytearray(base64.b64decode(attest))
    raw[-1] ^= 1
    no("not by the key that was enrolled", line(attest=base64.b64encode(bytes(raw)).decode()))
    no("ends before its time", line(attest=base64.b64encode(bytes(raw[:-6])).decode()))
    no("six fields", text[:text.rfind(" ")])
    no("the quote is of machine sorter-4", line(device="sorter-4"))
    # Another chip.
    other = SoftTpm("other")
    try:
        no("not by the key that was enrolled", text, sealed(p, "other-enrolment", other, "--register", "0"))
    finally:
        other.stop()
    # A statement that was changed after the chip had signed for it.
    changed = body("open.txt")
    changed["inventory"]["interfaces"] = []
    write("changed.txt", "scrutineer/device-statement/1\n" + json.dumps(changed) + "\n")
    said = p.verify("--quote", "changed.txt", "--key", enrolment, "--nonce", NONCE, expect=1).stderr
    check("for other measured values" in said, said)
    said = p.verify("--quote", "quote.txt", "--key", enrolment, "--nonce", NONCE, "--statement", "changed.txt", expect=1).stderr
    check("for other measured values than those of this statement" in said, said)
    # No nonce of one's own is no check.
    p.verify("--quote", "quote.txt", "--key", enrolment, "--nonce", "00", expect=2)


def another_start(p, enrolment):
    """What the machine started with goes into its registers: another boot chain is seen."""
    wrong = body(enrolment)
    wrong["pcrs"][2]["sha256"] = "cd" * 32
    write("wrong.txt", "scrutineer/device-enrolment/1\n" + json.dumps(wrong) + "\n")
    said = p.verify("--quote", "quote.txt", "--key", "wrong.txt", "--nonce", NONCE, expect=1).stderr
    check("register 7" in said and "not what it started with when it was sealed" in said, said)


def all_registers(p, machine, tpm):
    """Ten registers: the code holds no values, so they are compared with those of the sealing."""
    enrolment = sealed(p, "all", tpm)
    check(len(body(enrolment)["pcrs"]) == 10, "ten registers were written down")
    write("all-quote.txt", quoted(p, machine, tpm, "all-open.txt"))
    for what in ("all-quote.txt", "all-open.txt"):
        said = p.verify("--quote", what, "--key", enrolment, "--nonce", NONCE).stdout
        check("10 signed, 10 of them compared" in said, said)
    check(" - " in read("all-quote.txt").decode(), "the code leaves the values out")
    wrong = body(enrolment)
    wrong["pcrs"][4]["sha256"] = "cd" * 32
    write("wrong.txt", "scrutineer/device-enrolment/1\n" + json.dumps(wrong) + "\n")
    for what, where in (("all-quote.txt", "the statement itself tells which"), ("all-open.txt", "register 4")):
        said = p.verify("--quote", what, "--key", "wrong.txt", "--nonce", NONCE, expect=1).stderr
        check(where in said and "not what it started with when it was sealed" in said, said)


def same_key_again(p, tpm, enrolment):
    tpm.again()
    again = json.loads(p.run("device", "key", "--tpm", tpm.socket).stdout)
    check(again["tpm_key"] == body(enrolment)["tpm_key"], "the same chip makes the same key after a restart")
    # Three keys are all that a chip holds: none is left behind.
    for _ in range(4):
        tpm.again()
        p.run("device", "key", "--tpm", tpm.socket, "--register", "0")


def main():
    if not shutil.which("swtpm"):
        print("swtpm is not installed")
        sys.exit(77)
    p = Programs(sys.argv[1], sys.argv[2])
    tpm = SoftTpm("tpm")
    try:
        machine = Machine("machine")
        enrolment = sealed(p, "enrolment", tpm, *[word for index in FEW for word in ("--register", index)])
        text = answered(p, machine, tpm, enrolment)
        checked_by_others(enrolment)
        refused(p, machine, tpm, enrolment, text)
        another_start(p, enrolment)
        all_registers(p, machine, tpm)
        same_key_again(p, tpm, enrolment)
        print("ok")
    finally:
        tpm.stop()
        p.close()


main()
