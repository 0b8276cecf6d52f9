// The program that strangers run, on a real directory: what it answers, and with which exit code.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/disk/posix_disk.h"
#include "core/base/limits.h"
#include "tests/tamper/night.h"

using namespace scrutineer;
using namespace scrutineer::tamper;
namespace fs = std::filesystem;

namespace {

Bytes read(const fs::path& path) {
  PosixDisk disk;
  return read_file(disk, path.string(), limits::kBlobBytes).value();
}
void write(const fs::path& path, const Bytes& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

// A fresh copy of an honest bundle.
struct Copy {
  TemporaryDirectory directory;
  fs::path bundle, trust, out;
  Copy() {
    static TemporaryDirectory honest;
    static bool made = [] {
      PosixDisk disk;
      make_bundle(disk, honest.path, simulate(6));
      return true;
    }();
    (void)made;
    bundle = fs::path(directory.path) / "bundle";
    trust = fs::path(honest.path) / "trust";
    out = fs::path(directory.path) / "out";
    fs::copy(fs::path(honest.path) / "bundle", bundle, fs::copy_options::recursive);
  }
  // The exit code; what it said is in `out` and in said(). 20 seconds are more than enough.
  int verify(const std::string& arguments) const {
    std::string command =
        "cd '" + directory.path + "' && timeout 20 " SCRUTINEER_VERIFY " " + arguments + " > out 2> err";
    int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  Bytes said() const { return read(out) + read(fs::path(directory.path) / "err"); }
  int verify() const { return verify("bundle --trust " + trust.string()); }
};

}  // namespace

TEST_SUITE("programs") {
  TEST_CASE("programs: exit codes") {
    Copy copy;
    const std::string given = " --trust " + copy.trust.string();
    CHECK(copy.verify() == 0);
    CHECK(read(copy.out).find("VERIFIED") != Bytes::npos);
    fs::copy(copy.bundle / "checkpoint", fs::path(copy.directory.path) / "kept");
    CHECK(copy.verify("bundle --seen kept" + given) == 0);
    // Could not run: no trust, no bundle, no such option, no such shard, something that is no checkpoint.
    CHECK(copy.verify("bundle") == 2);
    CHECK(copy.verify("bundle --trust nowhere") == 2);
    CHECK(copy.verify("nowhere" + given) == 2);
    CHECK(copy.verify("bundle --believe" + given) == 2);
    CHECK(copy.verify("bundle --shard 4/3" + given) == 2);
    CHECK(copy.verify("bundle --seen " + (copy.trust / "roots").string() + given) != 0);
    // The answer is no.
    Bytes page = read(copy.bundle / "en/index.html");
    page[page.size() / 2] ^= 1;
    write(copy.bundle / "en/index.html", page);
    CHECK(copy.verify() == 1);
    CHECK(read(copy.out).find("en/index.html") != Bytes::npos);
    CHECK(read(copy.out).find("NOT VERIFIED") != Bytes::npos);
  }

  TEST_CASE("programs: a list or checkpoint that cannot be read is never verified") {
    for (const char* name : {"manifest", "checkpoint"}) {
      CAPTURE(name);
      Copy copy;
      write(copy.bundle / name, "nothing\n");
      CHECK(copy.verify() == 1);
      fs::remove(copy.bundle / name);
      CHECK(copy.verify() == 2);
    }
  }

  TEST_CASE("programs: names that write on a terminal") {
    Copy copy;
    write(copy.bundle / "\x1b[2J\x1b[HVERIFIED", "x");
    write(copy.bundle / "a\nVERIFIED", "x");
    CHECK(copy.verify() == 1);
    Bytes said = copy.said();
    CHECK(said.find('\x1b') == Bytes::npos);
    CHECK(said.find("\nVERIFIED") == Bytes::npos);
  }

  TEST_CASE("programs: what is no plain file") {
    // Where a file should be: a directory, a link that leads nowhere or to itself, a pipe, a device without an end.
    const std::function<void(const fs::path&)> kinds[] = {
        [](const fs::path& path) { fs::create_directory(path); },
        [](const fs::path& path) { fs::create_symlink("nowhere", path); },
        [](const fs::path& path) { fs::create_symlink(path.filename(), path); },
        [](const fs::path& path) { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); },
        [](const fs::path& path) { fs::create_symlink("/dev/zero", path); },
    };
    for (std::size_t kind = 0; kind < std::size(kinds); ++kind) {
      for (const char* name : {"en/index.html", "checkpoint", "manifest", "extra"}) {
        CAPTURE(kind);
        CAPTURE(name);
        Copy copy;
        fs::remove(copy.bundle / name);
        kinds[kind](copy.bundle / name);
        int code = copy.verify();
        // An empty directory is nothing that could be published.
        bool nothing = kind == 0 && std::string_view(name) == "extra";
        CHECK_MESSAGE((nothing ? code == 0 : code == 1 || code == 2), copy.said());
      }
    }
  }

  TEST_CASE("programs: in parts the answer is the same to the byte") {
    for (bool spoilt : {false, true}) {
      Copy copy;
      const std::string given = " --trust " + copy.trust.string();
      if (spoilt) write(copy.bundle / "claims/seats.json", read(copy.bundle / "claims/seats.json") + " ");
      int whole = copy.verify("bundle --json" + given);
      CHECK(whole == (spoilt ? 1 : 0));
      Bytes report = read(copy.out);
      for (int i = 1; i <= 3; ++i)
        CHECK(copy.verify("bundle --shard " + std::to_string(i) + "/3 --out part-" + std::to_string(i) + given) == 0);
      CHECK(copy.verify("merge bundle --json part-2 part-3 part-1" + given) == whole);
      CHECK(read(copy.out) == report);
      CHECK(copy.verify("merge bundle part-1 part-3" + given) == 2);
      CHECK(copy.verify("merge bundle part-1 part-2 part-2 part-3" + given) == 2);
    }
  }
}
