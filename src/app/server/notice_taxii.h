// A node's notices for tools that speak TAXII 2.1. Contents are opened when they are asked for and kept nowhere.
//
//   an institution   "inbox" to read: every STIX object of every notice that it could open
//   a notifier       "outbox" to write: what is posted goes, as one notice under seal, to every institution; one such
//                    collection for each agreement as well; "envelopes" of each agreement to read: its notices as they
//                    travel, sealed, for institutions that fetch them
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/notice/node.h"
#include "app/taxii/index.h"
#include "app/taxii/statuses.h"
#include "app/taxii/taxii.h"
#include "app/taxii/users.h"

namespace scrutineer {

inline constexpr std::string_view kTaxiiUsersFile = "/taxii-users";  // below DIR; absent: nobody may use TAXII
inline constexpr std::string_view kEnvelopeObject = "x-scrutineer-envelope";

// The UUID of a collection: of its name, the same on every machine.
std::string taxii_collection_id(std::string_view name);

// An envelope as a STIX object, and back. Error malformed.
Bytes envelope_object(const RecordId& notice, UnixSeconds created, BytesView envelope);
Result<Bytes> envelope_in(BytesView object);

// Thread-safe.
class NoticeTaxii final : public TaxiiBackend {
 public:
  // Borrows all of it. Errors: those of the users file.
  static Result<std::unique_ptr<NoticeTaxii>> open(Disk& disk, NoticeNode& node, Clock& clock, Rng& rng,
                                                   const std::string& directory);

  std::optional<TaxiiUser> user_of(std::string_view authorization) override;
  TaxiiAbout about() override;
  std::vector<TaxiiCollection> collections(const TaxiiUser& user) override;
  Result<TaxiiFound> find(const TaxiiUser& user, const TaxiiCollection& from, const TaxiiQuery& query) override;
  Result<Bytes> open(const TaxiiUser& user, const TaxiiCollection& from, const TaxiiHead& head) override;
  Result<TaxiiStatus> add(const TaxiiUser& user, const TaxiiCollection& to, std::vector<StixObject> objects,
                          std::vector<TaxiiOutcome> failures) override;
  std::optional<TaxiiStatus> status(const TaxiiUser& user, std::string_view id) override;

 private:
  enum class What : std::uint8_t { inbox, outbox, envelopes };
  struct New {
    NoticeIndex record = 0;
    RecordId id;
    std::int64_t since = 0;
  };
  struct Kept {
    What what = What::inbox;
    std::string id, title, alias;
    std::optional<RecordId> agreement;  // nullopt: all of them
    TaxiiIndex index;                   // of those to read
    NoticeIndex seen = 0;               // records of the book that were looked at
    std::vector<New> waiting;           // their contents have not come yet
  };
  NoticeTaxii(NoticeNode& node, Clock& clock, Rng& rng, TaxiiUsers users)
      : node_(node), clock_(clock), users_(std::move(users)), statuses_(rng), rng_(rng) {}
  void catch_up();                              // collections of agreements that have come
  void catch_up(Kept& kept);                    // its objects
  bool add_notice(Kept& kept, const New& one);  // false: its contents are not here yet
  Kept* kept(std::string_view id);
  std::vector<RecordId> recipients(const Kept& kept) const;

  NoticeNode& node_;
  Clock& clock_;
  TaxiiUsers users_;
  TaxiiStatuses statuses_;
  Rng& rng_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Kept>> kept_;
};

}  // namespace scrutineer
