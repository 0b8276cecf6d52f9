"""scrutineer ca and scrutineer nginx as people type them: what lies in the directory afterwards, and what nginx says to it."""
import os
import stat
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from program import Programs, check, read  # noqa: E402


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def authority(programs):
    names = ("--name", "centre.example", "--name", "192.168.0.10")
    made = programs.run("ca", "--dir", "tls", *names)
    check(made.stdout.startswith("SHA-256 ") and made.stdout.count(":") == 31, "the fingerprint is on stdout")
    check("신뢰" in made.stderr and "trust" in made.stderr, "both languages say how to trust it")
    for name in ("ca-key.pem", "server-key.pem"):
        check(mode(f"tls/{name}") == 0o600, f"{name} is for its owner alone")
        check(b"PRIVATE KEY" not in (made.stdout + made.stderr).encode(), "no key is printed")
    ca, key, server = read("tls/ca.pem"), read("tls/server-key.pem"), read("tls/server.pem")
    again = programs.run("ca", "--dir", "tls", *names)
    check(again.stdout == made.stdout and read("tls/ca.pem") == ca, "renewing keeps the authority")
    check(read("tls/server-key.pem") != key and read("tls/server.pem") != server, "renewing makes a new key")
    check(mode("tls/server-key.pem") == 0o600, "the new key is for its owner alone")
    server = read("tls/server.pem")
    refused = programs.run("ca", "--dir", "tls", "--name", "bank.example", expect=2)
    check("does not cover" in refused.stderr, "the authority vouches for no other name")
    check(read("tls/server.pem") == server, "a refusal changes nothing")
    for bad in ("*.example", "a b", "UPPER", ""):
        programs.run("ca", "--dir", "fresh", "--name", bad, expect=2)
    check(not os.path.exists("fresh/ca-key.pem"), "a bad name leaves no key behind")
    os.rename("tls/ca-key.pem", "safe.pem")
    programs.run("ca", "--dir", "tls", *names, expect=2)
    check(read("tls/ca.pem") == ca, "without its key an authority is not replaced")


def configuration(programs, nginx):
    made = programs.run("nginx", "--dir", "tls", "--name", "centre.example", "--port", "18443", "--public", "bundle")
    path = made.stdout.strip()
    check(os.path.isabs(path) and os.path.exists(path), "it says where the configuration is")
    programs.run("nginx", "--dir", "tls", "--name", "a;b", expect=2)
    programs.run("nginx", "--dir", "tls$x", "--name", "a", expect=2)
    programs.run("nginx", "--dir", "tls", "--name", "a", "--upstream", "nowhere", expect=2)
    if not nginx:
        return
    tested = subprocess.run([nginx, "-t", "-p", os.path.abspath("tls"), "-c", path, "-e", os.path.abspath("tls/error.log")],
                            capture_output=True, text=True)
    check(tested.returncode == 0 and "warn" not in tested.stderr, f"nginx takes it: {tested.stderr}")


def main():
    programs = Programs(sys.argv[1], sys.argv[2])
    try:
        authority(programs)
        configuration(programs, sys.argv[3] if len(sys.argv) > 3 else "")
    finally:
        programs.close()


main()
