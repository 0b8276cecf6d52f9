// Publishing: a signed result claim into the log, then everything that a stranger needs into one directory
// (docs/formats/bundle.md): all of it at once, or whatever changed since the last time.
#pragma once

#include <memory>

#include "app/projection/intake.h"
#include "core/base/clock.h"
#include "core/note/key_file.h"

namespace scrutineer {

// Where a publisher finds what is true, and where it puts its claim. One thread at a time calls the publisher; others
// may go on appending meanwhile.
struct PublishSource {
  // Calls `look` with the fold and the number of entries that are in it; the fold stays as it is during the call.
  using Look = std::function<void(const ElectionFold& fold, std::uint64_t folded)>;
  std::function<void(const Look& look)> read;
  // For what takes long: `prepare` sees everything of one moment, then `use` has the tally of that moment while the log
  // may go on.
  std::function<void(const Look& prepare, const std::function<void(const Tally&)>& use)> still;
  // Compares sheets with each other (ElectionFold::finish()).
  std::function<void()> finish;
  // Waits until so many entries are acknowledged. False: they will not be.
  std::function<bool(std::uint64_t folded)> acknowledged;
  std::function<Result<Appended>(const Bytes& entry)> append;
};
PublishSource source_of(Intake& intake);

struct PublishOptions {
  std::string log_directory;  // where blobs are
  std::string out;            // the bundle's directory; replaced as a whole where it is there
  std::string data_lang;      // BCP 47 tag of names in the data; empty: not stated
  std::size_t threads = 2;
  bool live = false;  // pages say that a server keeps them current
  // Called now and then; `phase` is "claims", "pages" or "proofs and tiles".
  std::function<void(const char* phase, std::uint64_t done, std::uint64_t total)> progress;
  // While records arrive one after the other, results are claimed anew this often; otherwise as soon as none does.
  std::uint64_t claims_every_ms = 10'000;
};

struct Published {
  RecordId claim;
  std::uint64_t log_size = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t units = 0;        // whose pages were written
  std::vector<BlobHash> missing;  // files that records name and nobody has handed in
};

// Whoever asks witnesses: offered a new checkpoint when rendering begins, asked for what has come in when everything
// else is ready. Neither waits.
struct Cosigning {
  std::function<void(const SignedCheckpoint&)> offer;
  std::function<SignedCheckpoint(const SignedCheckpoint&)> collect;  // the same with the cosignatures that are there
};

// `publisher` signs the claim (where anything happened since the last one) and the manifest. Errors: unauthorised where
// that key may not publish results; io_error; disk_full.
Result<Published> publish(Disk& disk, Log& log, const PublishSource& source, const Election& election,
                          const NamedKey& publisher, Clock& clock, const PublishOptions& options);

// Keeps a published directory current. Every file is replaced at once, so that a web server never serves half of one;
// the manifest comes last. Whoever wants all of one moment takes the archive (archive.h). Not thread-safe. Borrows all.
class LivePublisher {
 public:
  // Publishes everything once, into a new directory that takes the place of `out`.
  static Result<std::unique_ptr<LivePublisher>> start(Disk& disk, Log& log, PublishSource source,
                                                      const Election& election, const NamedKey& publisher, Clock& clock,
                                                      PublishOptions options, Cosigning cosigning = {});
  ~LivePublisher();

  // What changed since the last call: pages of units and of the areas above them, proofs, tiles, claims, front pages,
  // checkpoint, manifest. Claims follow once nothing arrives, or after claims_every_ms. Does nothing where nothing
  // changed. After an error the directory may be between two states; the
  // next call goes on.
  Result<Published> publish();

  // More cosignatures for the checkpoint that is published: checkpoint, front pages and manifest are written again.
  // Another checkpoint, or nothing new: does nothing.
  Status refresh(const SignedCheckpoint& cosigned);

  const SignedCheckpoint& checkpoint() const;  // the published one
  const Published& last() const;               // what publish() did last

 private:
  struct State;
  explicit LivePublisher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer
