// Collections in a directory, one append-only file each; sealed unless it is told to keep them in the clear. The
// simplest backend there is: for feeds, and for tests.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/taxii/index.h"
#include "app/taxii/statuses.h"
#include "app/taxii/users.h"
#include "core/base/disk.h"
#include "core/crypto/secret.h"

namespace scrutineer {

namespace limits {
inline constexpr std::uint64_t kTaxiiStoreBytes = std::uint64_t{4} << 30;  // of one collection's file
inline constexpr std::size_t kTaxiiStoreObjects = 1'000'000;               // in one collection
}  // namespace limits

struct TaxiiStoreOptions {
  std::string directory;
  TaxiiAbout about;
  std::vector<TaxiiCollection> collections;  // can_read and can_write are decided by `users`
  TaxiiUsers users;
  SecretBytes key;  // kContentKeyBytes: what objects are sealed with; empty only with in_the_clear
  bool in_the_clear = false;
};

// Thread-safe. Acknowledged objects are durable; after a failed write a collection takes nothing more.
class TaxiiStore final : public TaxiiBackend {
 public:
  // `disk`, `clock` and `rng` are borrowed. What was written and not acknowledged is removed. Errors: corrupt (damage,
  // another key), busy (another process has it), invalid_argument, io_error.
  static Result<std::unique_ptr<TaxiiStore>> open(Disk& disk, TaxiiStoreOptions options, Clock& clock, Rng& rng);

  std::optional<TaxiiUser> user_of(std::string_view authorization) override;
  TaxiiAbout about() override;
  std::vector<TaxiiCollection> collections(const TaxiiUser& user) override;
  Result<TaxiiFound> find(const TaxiiUser& user, const TaxiiCollection& from, const TaxiiQuery& query) override;
  Result<Bytes> open(const TaxiiUser& user, const TaxiiCollection& from, const TaxiiHead& head) override;
  Result<TaxiiStatus> add(const TaxiiUser& user, const TaxiiCollection& to, std::vector<StixObject> objects,
                          std::vector<TaxiiOutcome> failures) override;
  std::optional<TaxiiStatus> status(const TaxiiUser& user, std::string_view id) override;

 private:
  struct Kept {
    std::string id;
    std::unique_ptr<File> file;
    std::uint64_t size = 0;
    TaxiiIndex index;
    bool stopped = false;  // after a failed write
  };
  TaxiiStore(Disk& disk, TaxiiStoreOptions options, Clock& clock, Rng& rng);
  Status load(Kept& kept);
  Status acknowledge(const Kept& kept, std::uint64_t size);
  Kept* kept(std::string_view id);
  Bytes frame(const Kept& kept, std::uint64_t place, TaxiiTime added, BytesView object);
  // The time and the bytes of the object in the frame at `place`; how long the frame is.
  struct Read {
    TaxiiTime added;
    Bytes object;
    std::uint64_t size = 0;
  };
  Result<Read> read(const Kept& kept, std::uint64_t place) const;

  Disk& disk_;
  TaxiiStoreOptions options_;
  Clock& clock_;
  Rng& rng_;
  TaxiiStatuses statuses_;
  std::unique_ptr<DiskLock> lock_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Kept>> kept_;
};

}  // namespace scrutineer
