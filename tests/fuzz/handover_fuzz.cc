// A package that parses is what its header says, and packing what is in it gives the same payload.
#include "core/crypto/hash.h"
#include "core/handover/package.h"
#include "core/handover/words.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view file = fuzz_text(data, size);
  for (const BlobRef& blob : blobs_named_by(file)) check(blob.size >= 0, "a blob of a negative size");
  auto package = parse_handover(file);
  if (!package) return check(!package.error().message.empty(), "a refusal says why"), 0;
  const HandoverHeader& header = package->header;
  check(package->entries.size() == header.records && package->blobs.size() == header.blobs, "counts are as stated");
  std::vector<Bytes> entries(package->entries.begin(), package->entries.end());
  std::vector<Bytes> blobs(package->blobs.begin(), package->blobs.end());
  auto signer = make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("fuzz").view())}).value();
  auto again = write_handover(header.election, header.from, header.at, entries, blobs, *signer);
  check(again.has_value(), "what was read can be written");
  auto same = parse_handover(*again);
  check(same.has_value() && same->header.sha256 == header.sha256, "the payload changed");
  check(!spoken(telephone_words(file).ko).empty(), "words for every file");
  return 0;
}
