"""A witness, a mirror and a server made again, by the commands that people type."""
import functools
import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from program import Programs, check, read, write  # noqa: E402


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve(directory):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=directory))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"


class Witness:
    def __init__(self, p, name, logs):
        self.vkey = p.run("key", "new", "--cosigner", "--name", name, "--out", f"{name}.key",
                          "--no-passphrase").stdout.strip()
        write(f"{name}.logs", logs)
        self.command = [p.scrutineer, "witness", "--dir", name, "--key", f"{name}.key", "--logs", f"{name}.logs",
                        "--port", "0"]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        check(self.vkey in line, "the witness says who it is")
        self.url = line.split()[-1].rstrip("/")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        check(self.process.wait(timeout=20) == 0, "a witness ends in order")


def test_help(p):
    for words in (["witness"], ["witness", "ask"], ["mirror"], ["restore"]):
        check("Example:" in p.run(*words, "--help").stdout, f"{' '.join(words)} shows an example")


def test_cosigner_keys(p):
    p.run("key", "new", "--cosigner", "--p256", "--name", "x", "--out", "x.key", "--no-passphrase", expect=2)
    vkey = p.run("key", "new", "--cosigner", "--name", "x", "--out", "x.key", "--no-passphrase").stdout.strip()
    check(p.run("key", "show", "x.key").stdout.strip() == vkey, "key show prints a cosigner's key")
    write("text", "what we saw\n")
    said = p.run("note", "sign", "--key", "x.key", "--in", "text", "--out", "note", expect=2).stderr
    check("cosigns" in said, "a witness's key signs nothing else")
    p.run("key", "new", "--name", "plain", "--out", "plain.key", "--no-passphrase")
    write("none", "")
    said = p.run("witness", "--dir", "w0", "--key", "plain.key", "--logs", "none", expect=2).stderr
    check("--cosigner" in said, "an ordinary key is no witness's")


def test_all(p):
    p.run("demo", "--units", "60", "--dir", "night")
    log = read("night/trust/policy").decode().split("\n")[0].split(" ")[1]
    witness = Witness(p, "w.example", log + "\n")
    write("night/log/witnesses", f"# press\n{witness.vkey} {witness.url}\n{p.stranger} http://127.0.0.1:1\n")
    done = p.run("witness", "ask", "--log", "night/log", "--seconds", "3", "--out", "cosigned", expect=1)
    check("Witnessed by 1 of 2" in done.stderr, f"one of two\n{done.stderr}")
    check(read("cosigned").decode().count("\n— ") == 2, "the log's signature and the witness's")
    witness.stop()
    witness.start()
    write("night/log/witnesses", f"{witness.vkey} {witness.url}\n")
    p.run("witness", "ask", "--log", "night/log")

    shutil.copytree("night/trust", "trust")
    write("trust/policy", f"log {log}\nwitness w {witness.vkey}\nquorum w\n")
    shutil.copy("cosigned", "night/bundle/checkpoint")
    server, url = serve("night/bundle")
    said = p.run("mirror", url, "copy", "--trust", "trust")
    check("witnessed by 1 of 1" in said.stderr, said.stderr)
    check(said.stdout.split()[1] in read("night/bundle/checkpoint").decode(), "it prints size and root")
    p.run("mirror", url, "copy", "--trust", "trust")
    p.run("mirror", "http://127.0.0.1:1", "copy", "--trust", "trust", expect=2)
    p.run("mirror", "nowhere", "copy", "--trust", "trust", expect=2)

    # The server is gone.
    shutil.move("night/log", "lost")
    restore = ["restore", "--from", "copy", "--dir", "night/log", "--log-key", "lost/log.key", "--trust", "trust",
               "--witnesses", "lost/witnesses"]
    said = p.run(*restore)
    check("w.example has seen" in said.stderr, said.stderr)
    p.run(*restore, expect=1)  # it is there now
    p.run("log", "check", "--log", "night/log")
    check(os.stat("night/log/log.key").st_mode & 0o077 == 0, "the key is for its owner only")
    publisher = [f"night/keys/{name}" for name in sorted(os.listdir("night/keys")) if "publish" in name][0]
    p.run("publish", "--log", "night/log", "--key", publisher, "--out", "again")
    p.verify("again", "--trust", "night/trust", "--seen", "copy/checkpoint")
    write("more", "what happened after the loss")
    p.run("log", "append", "--log", "night/log", "--raw", "more", "more", "more")
    p.run("witness", "ask", "--log", "night/log")

    # The lost server comes back and signs on: two of it.
    write("extra", "anything")
    p.run("log", "append", "--log", "lost", "--raw", "extra", "extra", "extra", "extra")
    said = p.run("witness", "ask", "--log", "lost", "--seconds", "2", expect=1).stderr
    check("HAS SEEN ANOTHER HISTORY" in said, said)
    server.shutdown()
    p.run("log", "export", "--log", "night/log", "--out", "tiles")
    server, url = serve("tiles")
    p.run("mirror", url, "copy", "--trust", "night/trust")
    server.shutdown()
    p.run("log", "export", "--log", "lost", "--out", "lost-tiles")
    server, url = serve("lost-tiles")
    said = p.run("mirror", url, "copy", "--trust", "night/trust", expect=1).stderr
    check("FORKED" in said and "evidence/" in said, said)
    check(len(os.listdir("copy/evidence")) == 2, "both checkpoints are kept")
    server.shutdown()
    witness.stop()


def main():
    p = Programs(sys.argv[1], sys.argv[2])
    try:
        p.stranger = p.run("key", "new", "--cosigner", "--name", "absent.example", "--out", "absent.key",
                           "--no-passphrase").stdout.strip()
        for test in (test_help, test_cosigner_keys, test_all):
            test(p)
            print(f"ok  {test.__name__}")
    finally:
        p.close()


main()
