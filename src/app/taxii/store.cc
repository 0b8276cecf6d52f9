#include "app/taxii/store.h"

#include <array>
#include <set>

#include "core/crypto/box.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

// be32 size of the body || first 8 bytes of its SHA-256 || body
constexpr std::size_t kHeader = 12;
constexpr std::size_t kLargestBody = 1 + kAeadNonceBytes + 8 + limits::kStixBytes + kAeadTagBytes;
constexpr char kClear = 'c', kSealed = 's';

// A sealed object cannot be moved to another place or collection.
Bytes context(const std::string& collection, std::uint64_t place) {
  Bytes out = "scrutineer/taxii\n" + collection + "\n";
  append_be64(out, place);
  return out;
}

}  // namespace

TaxiiStore::TaxiiStore(Disk& disk, TaxiiStoreOptions options, Clock& clock, Rng& rng)
    : disk_(disk), options_(std::move(options)), clock_(clock), rng_(rng), statuses_(rng) {}

Result<std::unique_ptr<TaxiiStore>> TaxiiStore::open(Disk& disk, TaxiiStoreOptions options, Clock& clock, Rng& rng) {
  if (options.in_the_clear ? !options.key.empty() : options.key.size() != kContentKeyBytes)
    return fail(ErrorCode::invalid_argument, "objects are sealed with a key of 32 bytes, or kept in the clear");
  for (const TaxiiCollection& one : options.collections)
    if (!parse_stix_id("collection--" + one.id))
      return fail(ErrorCode::invalid_argument, "a collection's id is a UUID");
  std::unique_ptr<TaxiiStore> out(new TaxiiStore(disk, std::move(options), clock, rng));
  const std::string& directory = out->options_.directory;
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  SCRUTINEER_TRY(out->lock_, disk.lock(directory + "/lock", "taxii"));
  for (const TaxiiCollection& one : out->options_.collections) {
    auto kept = std::make_unique<Kept>();
    kept->id = one.id;
    SCRUTINEER_TRY(kept->file, disk.open(directory + "/" + one.id, OpenMode::create));
    if (auto loaded = out->load(*kept); !loaded)
      return tl::unexpected(placed(loaded.error(), directory + "/" + one.id));
    out->kept_.push_back(std::move(kept));
  }
  SCRUTINEER_CHECKED(disk.sync_directory(directory));
  return out;
}

// How much of the file has been acknowledged: beyond it is what a crash has left, below it every byte counts.
Status TaxiiStore::acknowledge(const Kept& kept, std::uint64_t size) {
  return write_file(disk_, options_.directory + "/" + kept.id + ".size", std::to_string(size) + "\n",
                    Durability::durable);
}

Status TaxiiStore::load(Kept& kept) {
  const std::string path = options_.directory + "/" + kept.id + ".size";
  SCRUTINEER_TRY(const std::uint64_t there, kept.file->size());
  if (there > limits::kTaxiiStoreBytes) return fail(ErrorCode::limit_exceeded, "this collection's file is too large");
  SCRUTINEER_TRY(const bool begun, disk_.exists(path));
  if (!begun && there == 0) return acknowledge(kept, 0);
  if (!begun) return fail(ErrorCode::corrupt, "objects, and no file that says how many of them count");
  SCRUTINEER_TRY(const Bytes text, read_file(disk_, path, 32));
  const auto size = text.ends_with('\n') ? parse_decimal(BytesView(text).substr(0, text.size() - 1)) : std::nullopt;
  if (!size || *size > there) return fail(ErrorCode::corrupt, "fewer bytes than were acknowledged");
  if (*size < there) {
    SCRUTINEER_CHECKED(kept.file->truncate(*size));
    SCRUTINEER_CHECKED(kept.file->sync());
  }
  while (kept.size < *size) {
    SCRUTINEER_TRY(const Read read, this->read(kept, kept.size));
    auto object = read_stix(read.object);
    if (!object || object->objects.size() != 1)
      return fail(ErrorCode::corrupt, "what is kept here is not an object", "byte " + std::to_string(kept.size));
    StixObject& one = object->objects.front();
    std::string version = one.version().empty() ? to_string(read.added) : one.version();
    kept.index.add({read.added, one.id, std::move(version), sha256(read.object), kept.size});
    kept.size += read.size;
  }
  return {};
}

Result<TaxiiStore::Read> TaxiiStore::read(const Kept& kept, std::uint64_t place) const {
  const std::string where = "byte " + std::to_string(place);
  const auto damaged = [&] { return fail(ErrorCode::corrupt, "these bytes are not what was written", where); };
  std::array<char, kHeader> header{};
  SCRUTINEER_TRY(const std::size_t got, kept.file->read_at(place, header.data(), header.size()));
  if (got < kHeader) return damaged();
  const std::size_t size = read_be32(header.data());
  if (size < 9 || size > kLargestBody) return damaged();
  Bytes body(size, '\0');
  SCRUTINEER_TRY(const std::size_t rest, kept.file->read_at(place + kHeader, body.data(), size));
  if (rest < size || sha256(body).view().substr(0, 8) != BytesView(header.data() + 4, 8)) return damaged();
  if (body[0] != (options_.in_the_clear ? kClear : kSealed))
    return fail(ErrorCode::corrupt, "sealed and clear objects are not kept together", where);
  Bytes plain = body.substr(1);
  if (!options_.in_the_clear) {
    if (body.size() < 1 + kAeadNonceBytes) return damaged();
    const BytesView sealed = BytesView(body).substr(1);
    SCRUTINEER_TRY(plain, decrypt(options_.key, sealed.substr(0, kAeadNonceBytes), context(kept.id, place),
                                  sealed.substr(kAeadNonceBytes)));
  }
  if (plain.size() < 8) return damaged();
  const auto micros = static_cast<std::int64_t>(read_be64(plain.data()));
  return Read{{micros}, plain.substr(8), kHeader + size};
}

Bytes TaxiiStore::frame(const Kept& kept, std::uint64_t place, TaxiiTime added, BytesView object) {
  Bytes plain;
  append_be64(plain, static_cast<std::uint64_t>(added.micros));
  plain += object;
  Bytes body(1, options_.in_the_clear ? kClear : kSealed);
  if (options_.in_the_clear) {
    body += plain;
  } else {
    std::array<std::uint8_t, kAeadNonceBytes> drawn{};
    rng_.fill(drawn);
    const BytesView nonce(reinterpret_cast<const char*>(drawn.data()), drawn.size());
    body += nonce;
    body += encrypt(options_.key, nonce, context(kept.id, place), plain);
  }
  Bytes out;
  append_be32(out, static_cast<std::uint32_t>(body.size()));
  out += sha256(body).view().substr(0, 8);
  return out + body;
}

TaxiiStore::Kept* TaxiiStore::kept(std::string_view id) {
  for (const auto& one : kept_)
    if (one->id == id) return one.get();
  return nullptr;
}

std::optional<TaxiiUser> TaxiiStore::user_of(std::string_view authorization) {
  return options_.users.user_of(authorization);
}

TaxiiAbout TaxiiStore::about() {
  return options_.about;
}

std::vector<TaxiiCollection> TaxiiStore::collections(const TaxiiUser& user) {
  std::vector<TaxiiCollection> out;
  for (TaxiiCollection one : options_.collections) {
    one.can_read = options_.users.may(user, one.id, 'r');
    one.can_write = options_.users.may(user, one.id, 'w');
    if (one.can_read || one.can_write) out.push_back(std::move(one));
  }
  return out;
}

Result<TaxiiFound> TaxiiStore::find(const TaxiiUser&, const TaxiiCollection& from, const TaxiiQuery& query) {
  const std::lock_guard lock(mutex_);
  const Kept* one = kept(from.id);
  if (one == nullptr) return fail(ErrorCode::not_found, "there is no such collection");
  return one->index.find(query);
}

Result<Bytes> TaxiiStore::open(const TaxiiUser&, const TaxiiCollection& from, const TaxiiHead& head) {
  const std::lock_guard lock(mutex_);
  const Kept* one = kept(from.id);
  if (one == nullptr) return fail(ErrorCode::not_found, "there is no such collection");
  SCRUTINEER_TRY(Read read, this->read(*one, head.place));
  if (sha256(read.object) != head.hash) return fail(ErrorCode::corrupt, "this is another object");
  return std::move(read.object);
}

Result<TaxiiStatus> TaxiiStore::add(const TaxiiUser& user, const TaxiiCollection& to, std::vector<StixObject> objects,
                                    std::vector<TaxiiOutcome> failures) {
  const std::lock_guard lock(mutex_);
  Kept* one = kept(to.id);
  if (one == nullptr) return fail(ErrorCode::not_found, "there is no such collection");
  if (one->stopped) return fail(ErrorCode::io_error, "this collection takes nothing more until a restart");
  TaxiiStatus status;
  status.requested = {clock_.now().value * 1'000'000};
  status.failures = std::move(failures);
  Bytes frames;
  TaxiiIndex& index = one->index;
  std::vector<TaxiiHead> heads;
  TaxiiTime added = index.next_time(status.requested);
  std::set<std::pair<std::string, std::string>> now;  // of this request
  for (const StixObject& object : objects) {
    const Hash256 hash = sha256(object.text);
    const std::string version = object.version().empty() ? to_string(added) : object.version();
    const TaxiiHead* there = index.find(object, hash);
    const TaxiiOutcome outcome{object.id.text(), there != nullptr ? there->version : version, {}};
    if (there != nullptr && there->hash == hash) {
      status.successes.push_back(outcome);
    } else if (there != nullptr || !now.emplace(object.id.text(), object.version()).second) {
      status.failures.push_back({outcome.id, version, "another object of this id and version is here"});
    } else if (index.size() + heads.size() >= limits::kTaxiiStoreObjects ||
               one->size + frames.size() + object.text.size() > limits::kTaxiiStoreBytes - (1u << 20)) {
      status.failures.push_back({outcome.id, version, "this collection is full"});
    } else {
      const std::uint64_t place = one->size + frames.size();
      frames += frame(*one, place, added, object.text);
      heads.push_back({added, object.id, version, hash, place});
      status.successes.push_back(outcome);
      ++added.micros;
    }
  }
  if (!frames.empty()) {
    Status written = one->file->write_at(one->size, frames);
    if (written) written = one->file->sync();
    if (written) written = acknowledge(*one, one->size + frames.size());
    if (!written) {
      one->stopped = true;
      return tl::unexpected(written.error());
    }
    one->size += frames.size();
    for (TaxiiHead& head : heads) index.add(std::move(head));
  }
  return statuses_.keep(user, std::move(status));
}

std::optional<TaxiiStatus> TaxiiStore::status(const TaxiiUser& user, std::string_view id) {
  return statuses_.find(user, id);
}

}  // namespace scrutineer
