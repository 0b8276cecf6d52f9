#!/usr/bin/env python3
"""Usage: commands.py SCRUTINEER SERVER_PROGRAM SAMPLES_PROGRAM. The commands as people type them, and curl."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

scrutineer, server_program, samples_program = sys.argv[1:]
A = "a1111111-0000-4000-8000-000000000001"
MEDIA = "application/taxii+json;version=2.1"


def expect(good, sentence):
    if not good:
        sys.exit("FAILED: " + sentence)


server = subprocess.Popen([server_program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
url = server.stdout.readline().strip()
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for name in ("reader", "both", "writer"):
        (folder / name).write_text(f"{name}:token of {name}\n")
    (folder / "wrong").write_text("both:geheim7\n")
    report = subprocess.run([samples_program], capture_output=True, text=True, check=True).stdout.split("== ")[1]
    report = report.split("\n", 1)[1]
    (folder / "report.json").write_text(report)
    objects = json.loads(report)["objects"]

    def run(*arguments, user="both", rc=0):
        done = subprocess.run([scrutineer, "taxii", *map(str, arguments), "--user", str(folder / user)],
                              capture_output=True, text=True)
        expect(done.returncode == rc, f"{arguments}: exit {done.returncode}, {rc} expected\n{done.stdout}{done.stderr}")
        expect("geheim7" not in done.stdout + done.stderr and "token of" not in done.stdout + done.stderr,
               f"{arguments}: a token was shown")
        return done.stdout

    expect(run("collections", url) == f"{A} rw Collection A\n", "collections")
    expect(run("collections", url, user="reader") == f"{A} r- Collection A\n", "collections of a reader")
    run("collections", url, user="wrong", rc=2)
    run("collections", "http://127.0.0.1:1/taxii2/", rc=2)
    status = run("add", url, A, folder / "report.json").split()
    expect(status[1] == "complete", "added")
    expect(run("status", url, status[0]).split() == status, "status")
    run("add", url, A, folder / "report.json", user="reader", rc=2)
    (folder / "bad.json").write_text('{"type":"incident","name":"geheim7"}')
    run("add", url, A, folder / "bad.json", rc=2)
    run("get", url, A, "--out", folder / "feed.json", user="reader")
    feed = json.loads((folder / "feed.json").read_text())
    expect(feed["type"] == "bundle" and feed["objects"] == objects, "what was added is what is got")
    for thing in (folder / "feed.json").read_text().split("\n")[1:-2]:
        expect(thing.rstrip(",") in report, "byte for byte")
    expect("objects" in json.loads(run("get", url, "feed-a", user="reader")), "by alias")
    expect("objects" not in json.loads(run("get", url, A, "--since", "2030-01-01T00:00:00Z", user="reader")), "nothing new")
    run("get", url, A, "--since", "yesterday", rc=2)
    run("get", url, A, user="writer", rc=2)
    token = subprocess.run([scrutineer, "taxii", "token", "kisa"], capture_output=True, text=True, check=True).stdout
    expect(re.fullmatch(r"kisa:[\w-]{43}\nkisa [0-9a-f]{64}\n", token), "token")

    # A program that is not ours.
    if shutil.which("curl"):
        def curl(path, *more, accept=MEDIA):
            done = subprocess.run(["curl", "-s", "-i", "-u", "both:token of both", "-H", "Accept: " + accept, *more,
                                   url + path], capture_output=True, text=True, check=True)
            return done.stdout

        expect("HTTP/1.1 200" in curl(""), "curl: discovery")
        envelope = json.dumps({"objects": objects[:3]})
        added = curl(f"api/collections/{A}/objects/", "-H", "Content-Type: " + MEDIA, "--data-binary", envelope)
        # The same objects in another spelling are other bytes of the same version: a conflict, not a silent change.
        expect("HTTP/1.1 202" in added and '"failure_count":3' in added, "curl: other bytes of the same versions")
        page = curl(f"api/collections/{A}/objects/?limit=2")
        expect("X-TAXII-Date-Added-Last: " in page and '"more":true' in page, "curl: a page")
        expect("HTTP/1.1 406" in curl("", accept="text/html"), "curl: another type")
server.stdin.close()
expect(server.wait(timeout=20) == 0, "the server ends")
print("good")
