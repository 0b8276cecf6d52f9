// Somebody who can write to the disk or the mirror, and has no key: whole files.
#include <doctest/doctest.h>

#include "core/crypto/hash.h"
#include "core/verify/manifest.h"
#include "tests/tamper/attack.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

namespace {

struct Small {
  SimulatedElection simulated = simulate(6);
  MemorySource base{bundle_of(simulated)};
  TrustFiles trust = trust_of(simulated);
  std::vector<std::string> paths = base.list().value();
};
Small& small() {
  static Small made;
  return made;
}

// Refused as a whole, or a failure that names the file.
void refuses(Overlay& spoilt, const std::string& path) {
  CAPTURE(path);
  Result<Report> report = verify(spoilt, small().trust);
  if (!report) {
    bool opened_first = path == kManifestPath || path == kCheckpointPath;
    CHECK_MESSAGE(opened_first, spell(report));
    return;
  }
  bool named = path == kManifestPath || has(*report, CheckId::files, Severity::failure, path + " | ") ||
               has(*report, CheckId::extra_files, Severity::failure, path + " | ");
  CHECK_MESSAGE((!report->good() && named), spell(report));
}

void change_each(const std::function<std::optional<Bytes>(const Bytes&)>& change) {
  for (const auto& [path, bytes] : small().base.files) {
    Overlay spoilt(small().base, small().paths);
    auto changed = change(bytes);
    if (changed && *changed == bytes) continue;
    spoilt.changed[path] = std::move(changed);
    refuses(spoilt, path);
  }
}

std::string kind_of(const std::string& path) {
  std::size_t slash = path.find('/');
  std::size_t dot = path.rfind('.');
  return path.substr(0, slash == path.npos ? 0 : slash) + (dot == path.npos ? "" : path.substr(dot));
}

}  // namespace

TEST_SUITE("outsider") {
  TEST_CASE("outsider: what was published is verified") {
    Result<Report> report = verify(small().base, small().trust);
    REQUIRE_MESSAGE((report && report->good()), spell(report));
  }

  TEST_CASE("outsider: each file deleted, emptied, cut, lengthened, doubled") {
    change_each([](const Bytes&) { return std::nullopt; });
    change_each([](const Bytes&) { return Bytes(); });
    change_each([](const Bytes& bytes) { return bytes.substr(0, bytes.size() - 1); });
    change_each([](const Bytes& bytes) { return bytes.substr(1); });
    change_each([](const Bytes& bytes) { return bytes + "\n"; });
    change_each([](const Bytes& bytes) { return bytes + Bytes(1, '\0'); });
    change_each([](const Bytes& bytes) { return bytes + bytes; });
  }

  TEST_CASE("outsider: every two files of a kind exchanged") {
    const Files& files = small().base.files;
    std::size_t exchanged = 0;
    for (auto a = files.begin(); a != files.end(); ++a) {
      for (auto b = std::next(a); b != files.end(); ++b) {
        if (kind_of(a->first) != kind_of(b->first) || a->second == b->second) continue;
        Overlay spoilt(small().base, small().paths);
        spoilt.changed[a->first] = b->second;
        spoilt.changed[b->first] = a->second;
        refuses(spoilt, a->first);
        refuses(spoilt, b->first);
        ++exchanged;
      }
    }
    MESSAGE(exchanged << " pairs");
    CHECK(exchanged > 100);
  }

  TEST_CASE("outsider: files added, also with odd names") {
    const std::string names[] = {"extra.html",
                                 "claims/results-2.csv",
                                 "proof/7.tlog-proof",
                                 "tile/0/001",
                                 "tile/entries/001",
                                 "blob/00/00/" + std::string(64, '0'),
                                 "manifest.bak",
                                 "Manifest",
                                 "manifest ",
                                 ".hidden",
                                 "en/..",
                                 "a\nb",
                                 "\x1b[2Jclear",
                                 "\xe2\x80\xae"
                                 "fdp.exe",
                                 "\xff\xfe",
                                 std::string(2'000, 'x')};
    for (const std::string& name : names) {
      Overlay spoilt(small().base, small().paths);
      spoilt.changed[name] = Bytes("x");
      CAPTURE(name);
      Result<Report> report = verify(spoilt, small().trust);
      REQUIRE(report.has_value());
      CHECK((*report)[CheckId::extra_files].failures == 1);
      CHECK(report->to_text(100).find('\x1b') == std::string::npos);
      CHECK_FALSE(report->good());
    }
    for (const auto& [path, bytes] : small().base.files) {
      Overlay spoilt(small().base, small().paths);
      spoilt.changed[path + ".copy"] = bytes;
      refuses(spoilt, path + ".copy");
    }
  }

  TEST_CASE("outsider: each file from another election's bundle, and all of them") {
    SimulatedElection other = simulate(7);
    Files foreign = bundle_of(other);
    for (const auto& [path, bytes] : foreign) {
      auto own = small().base.files.find(path);
      if (own != small().base.files.end() && own->second == bytes) continue;
      Overlay spoilt(small().base, small().paths);
      spoilt.changed[path] = bytes;
      refuses(spoilt, path);
    }
    judge({"all", {}, Answer::refused, CheckId::definition, "another election"}, foreign, small().trust);
    judge({"the other's trust", {}, Answer::refused, CheckId::definition, "another election"}, small().base.files,
          trust_of(other));
  }

  TEST_CASE("outsider: lines of signatures added to the list of files") {
    const Bytes& list = small().base.files.at(kManifestPath);
    Bytes line = list.substr(list.rfind("\n\n") + 2);
    std::string text = list.substr(0, list.rfind("\n\n") + 1);
    Files files = small().base.files;
    Forge forge;
    auto with = [&](const std::vector<NoteSignature>& signatures) {
      files[kManifestPath] = list;
      for (const NoteSignature& signature : signatures) append_signature_line(files[kManifestPath], signature);
      return files;
    };
    // Signatures by strangers are ignored, as the specification of signed notes asks.
    judge({"by a stranger", {}, Answer::harmless}, with({forge.signature(text, "x/stranger")}), small().trust);
    judge({"garbage by a stranger", {}, Answer::harmless}, with({forge.signature(text, "!x/stranger")}), small().trust);
    judge({"garbage under a known name", {}, Answer::refused, CheckId::manifest_signature, "does not verify"},
          with({forge.signature(text, "!d001/u00001/chair")}), small().trust);
    judge({"seventeen", {}, Answer::refused, CheckId::files, "16"},
          with(std::vector<NoteSignature>(16, forge.signature(text, "x/stranger"))), small().trust);
    files[kManifestPath] = text + "\n";
    judge({"none", {}, Answer::refused, CheckId::files, "manifest"}, files, small().trust);
    files[kManifestPath] = to_bytes(SignedNote{text, {forge.signature(text, "x/stranger")}});
    judge({"a stranger's alone", {}, Answer::refused, CheckId::manifest_signature, "nobody who may publish"}, files,
          small().trust);
    files[kManifestPath] = list;
    files[kCheckpointPath] += to_bytes(SignedNote{text, {forge.signature(text, "x/stranger")}}).substr(text.size() + 1);
    judge({"to the checkpoint", {}, Answer::refused, CheckId::files, "checkpoint"}, files, small().trust);
  }
}
