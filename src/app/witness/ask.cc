#include "app/witness/ask.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "app/http/client.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kRoundsKept = 64;  // checkpoints whose cosignatures are remembered

http::ClientOptions client_options(const WitnessAddress& witness, const AskOptions& options) {
  return {witness.url, options.connect, options.whole, options.ca_file};
}

// One checkpoint and what has come in for it.
struct Round {
  SignedCheckpoint checkpoint;
  std::vector<std::optional<Cosignature>> cosignatures;  // by witness
  std::size_t count() const {
    return static_cast<std::size_t>(
        std::count_if(cosignatures.begin(), cosignatures.end(), [](const auto& c) { return c.has_value(); }));
  }
};

Cosigned to_cosigned(const Round& round) {
  Cosigned out{round.checkpoint, round.count(), round.cosignatures.size()};
  for (const auto& cosignature : round.cosignatures)
    if (cosignature) out.checkpoint.note.signatures.push_back(cosignature->line);
  return out;
}

// How asking one witness once ended.
struct Outcome {
  std::optional<Cosignature> cosignature;
  WitnessTrouble trouble = WitnessTrouble::none;
  std::string words;
};
Outcome trouble(WitnessTrouble kind, std::string words) {
  return {std::nullopt, kind, std::move(words)};
}

// One witness, as its own thread sees it. Network only: no lock is held while it works.
class Asker {
 public:
  Asker(const WitnessAddress& witness, std::unique_ptr<http::Client> client, const ProofSource& proofs)
      : witness_(witness), client_(std::move(client)), proofs_(proofs) {}

  Outcome ask(const SignedCheckpoint& checkpoint) {
    // Where it is not known what the witness saw last, it is asked with 0 and says so: 409.
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (seen_ > checkpoint.checkpoint.size) return ahead(checkpoint);
      MerkleProof proof;
      if (seen_ > 0) {
        auto made = proofs_(seen_, checkpoint.checkpoint.size);
        if (!made) return trouble(WitnessTrouble::refused, "no proof could be made: " + to_string(made.error()));
        proof = std::move(*made);
      }
      auto answer = client_->post(kAddCheckpointPath, "text/plain; charset=utf-8",
                                  to_bytes(AddCheckpoint{seen_, std::move(proof), checkpoint}), kWitnessAnswerBytes);
      if (!answer) return trouble(WitnessTrouble::unreachable, to_string(answer.error()));
      auto other_size = answer->status == 409 ? read_tree_size(answer->body) : std::nullopt;
      if (!other_size || attempt > 0) return read(*answer, checkpoint);
      seen_ = *other_size;
    }
    return {};  // not reached
  }

 private:
  Outcome ahead(const SignedCheckpoint& checkpoint) const {
    return trouble(WitnessTrouble::other_history, "it has cosigned " + std::to_string(seen_) +
                                                      " entries, and this log has " +
                                                      std::to_string(checkpoint.checkpoint.size));
  }

  Outcome read(const http::ClientAnswer& answer, const SignedCheckpoint& checkpoint) {
    if (answer.status == 200) {
      auto cosignature = read_cosignature(answer.body, checkpoint.note.text, witness_.key);
      if (!cosignature) return trouble(WitnessTrouble::bad_answer, to_string(cosignature.error()));
      seen_ = checkpoint.checkpoint.size;
      return {std::move(*cosignature), WitnessTrouble::none, {}};
    }
    if (answer.status == 422)
      return trouble(WitnessTrouble::other_history, "this checkpoint does not follow from what it has cosigned");
    if (answer.status == 404) return trouble(WitnessTrouble::refused, "it was not given this log");
    if (answer.status == 403) return trouble(WitnessTrouble::refused, "it does not know this log's key");
    return trouble(WitnessTrouble::refused, "it answered with status " + std::to_string(answer.status));
  }

  const WitnessAddress& witness_;
  std::unique_ptr<http::Client> client_;
  const ProofSource& proofs_;
  std::uint64_t seen_ = 0;  // as far as is known
};

}  // namespace

struct WitnessPool::State {
  std::vector<WitnessAddress> witnesses;
  ProofSource proofs;
  AskOptions options;

  mutable std::mutex mutex;
  mutable std::condition_variable changed;  // something was offered, came in, or ends
  std::deque<Round> rounds;                 // by size, the newest last
  std::vector<WitnessStanding> standings;
  std::vector<bool> again;  // by witness: to be asked although it has answered
  bool ending = false;
  std::vector<std::thread> threads;

  const Round* round_of(std::uint64_t size) const {
    for (const Round& round : rounds)
      if (round.checkpoint.checkpoint.size == size) return &round;
    return nullptr;
  }
  void work(std::size_t index, Asker asker);
  void keep(std::size_t index, const SignedCheckpoint& asked, Outcome outcome);
};

void WitnessPool::State::work(std::size_t index, Asker asker) {
  std::unique_lock lock(mutex);
  auto due = [&] { return ending || (!rounds.empty() && (!rounds.back().cosignatures[index] || again[index])); };
  for (;;) {
    changed.wait(lock, due);
    if (ending) return;
    SignedCheckpoint checkpoint = rounds.back().checkpoint;
    again[index] = false;
    lock.unlock();
    Outcome outcome = asker.ask(checkpoint);
    lock.lock();
    const bool failed = !outcome.cosignature;
    keep(index, checkpoint, std::move(outcome));
    if (failed) changed.wait_for(lock, options.pause, [&] { return ending; });
  }
}

// mutex held.
void WitnessPool::State::keep(std::size_t index, const SignedCheckpoint& asked, Outcome outcome) {
  WitnessStanding& standing = standings[index];
  standing.trouble = outcome.trouble;
  standing.words = std::move(outcome.words);
  if (outcome.cosignature) {
    standing.size = asked.checkpoint.size;
    standing.time = outcome.cosignature->time;
    for (Round& round : rounds)
      if (round.checkpoint.note.text == asked.note.text) round.cosignatures[index] = std::move(outcome.cosignature);
  }
  changed.notify_all();
}

WitnessPool::WitnessPool(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<WitnessPool>> WitnessPool::start(std::vector<WitnessAddress> witnesses, ProofSource proofs,
                                                        const AskOptions& options) {
  if (witnesses.size() > kWitnessesOfOneLog)
    return fail(ErrorCode::limit_exceeded, "a log asks at most 15 witnesses: a note has 16 signatures");
  auto state = std::make_unique<State>();
  state->witnesses = std::move(witnesses);
  state->proofs = std::move(proofs);
  state->options = options;
  std::vector<std::unique_ptr<http::Client>> clients;
  for (const WitnessAddress& witness : state->witnesses) {
    SCRUTINEER_TRY(auto client, http::Client::make(client_options(witness, options)));
    clients.push_back(std::move(client));
    state->standings.push_back({witness.key.name, witness.url, {}, {}, WitnessTrouble::none, {}});
  }
  state->again.resize(state->witnesses.size());
  State& s = *state;
  std::unique_ptr<WitnessPool> pool(new WitnessPool(std::move(state)));
  for (std::size_t i = 0; i < clients.size(); ++i)
    s.threads.emplace_back([&s, i, asker = Asker(s.witnesses[i], std::move(clients[i]), s.proofs)]() mutable {
      s.work(i, std::move(asker));
    });
  return pool;
}

WitnessPool::~WitnessPool() {
  {
    std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->changed.notify_all();
  for (std::thread& thread : state_->threads) thread.join();
}

void WitnessPool::offer(const SignedCheckpoint& checkpoint) {
  std::lock_guard lock(state_->mutex);
  auto& rounds = state_->rounds;
  if (!rounds.empty() && rounds.back().checkpoint.checkpoint.size >= checkpoint.checkpoint.size) return;
  if (rounds.size() == kRoundsKept) rounds.pop_front();
  // Cosignatures that the note brings along are not ours to vouch for: each stands on it once, after it was verified.
  Round round{checkpoint, std::vector<std::optional<Cosignature>>(state_->witnesses.size())};
  std::erase_if(round.checkpoint.note.signatures,
                [&](const NoteSignature& signature) { return signature.name != checkpoint.checkpoint.origin; });
  rounds.push_back(std::move(round));
  state_->changed.notify_all();
}

void WitnessPool::refresh() {
  std::lock_guard lock(state_->mutex);
  state_->again.assign(state_->again.size(), true);
  state_->changed.notify_all();
}

std::vector<Cosigned> WitnessPool::rounds() const {
  std::lock_guard lock(state_->mutex);
  std::vector<Cosigned> out;
  for (const Round& round : state_->rounds) out.push_back(to_cosigned(round));
  return out;
}

std::optional<Cosigned> WitnessPool::collected(std::uint64_t size) const {
  std::lock_guard lock(state_->mutex);
  const Round* round = state_->round_of(size);
  if (round == nullptr) return std::nullopt;
  return to_cosigned(*round);
}

std::optional<Cosigned> WitnessPool::best() const {
  std::lock_guard lock(state_->mutex);
  const Round* best = nullptr;
  for (const Round& round : state_->rounds)
    if (best == nullptr || round.count() >= best->count()) best = &round;
  if (best == nullptr) return std::nullopt;
  return to_cosigned(*best);
}

std::vector<WitnessStanding> WitnessPool::standings() const {
  std::lock_guard lock(state_->mutex);
  return state_->standings;
}

std::size_t WitnessPool::wait(std::uint64_t size, std::size_t cosigned, std::chrono::milliseconds at_most) const {
  std::unique_lock lock(state_->mutex);
  auto count = [&] {
    const Round* round = state_->round_of(size);
    return round == nullptr ? 0 : round->count();
  };
  state_->changed.wait_for(lock, at_most, [&] { return count() >= cosigned; });
  return count();
}

Result<std::vector<WitnessAddress>> read_witnesses(Disk& disk, const std::string& log_directory) {
  const std::string path = log_directory + "/witnesses";
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (!there) return std::vector<WitnessAddress>();
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, limits::kTrustFileBytes));
  auto witnesses = parse_witnesses(text);
  if (!witnesses) return tl::unexpected(placed(std::move(witnesses).error(), path));
  return witnesses;
}

Result<std::optional<SignedCheckpoint>> ask_last_seen(const WitnessAddress& witness, const VerifierKey& log,
                                                      const AskOptions& options) {
  SCRUTINEER_TRY(auto client, http::Client::make(client_options(witness, options)));
  SCRUTINEER_TRY(http::ClientAnswer answer,
                 client->get("/" + origin_hash(log.name) + "/checkpoint", limits::kCheckpointBytes));
  if (answer.status == 404) return std::nullopt;
  if (answer.status != 200)
    return fail(ErrorCode::io_error, "it answered with status " + std::to_string(answer.status), witness.url);
  SCRUTINEER_TRY(SignedCheckpoint seen, verify_checkpoint(answer.body, log));
  for (const NoteSignature& signature : seen.note.signatures)
    if (verify_cosignature(seen.note.text, signature, witness.key)) return seen;
  return fail(ErrorCode::bad_signature, "what it shows is not cosigned by " + witness.key.name, witness.url);
}

}  // namespace scrutineer
