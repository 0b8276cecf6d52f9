#include "app/bundle/publish.h"

#include "app/bundle/publish_state.h"

namespace scrutineer {

PublishSource source_of(Intake& intake) {
  PublishSource source;
  source.read = [&intake](const auto& look) { look(intake.fold_now(), intake.size()); };
  source.still = [&intake](const auto& prepare, const auto& use) {
    prepare(intake.fold_now(), intake.size());
    use(intake.fold_now().tally());
  };
  source.finish = [&intake] { intake.fold(); };
  source.acknowledged = [](std::uint64_t) { return true; };
  source.append = [&intake](const Bytes& entry) { return intake.append(entry); };
  return source;
}

LivePublisher::LivePublisher(std::unique_ptr<State> state) : state_(std::move(state)) {}
LivePublisher::~LivePublisher() = default;

Result<std::unique_ptr<LivePublisher>> LivePublisher::start(Disk& disk, Log& log, PublishSource source,
                                                            const Election& election, const NamedKey& publisher,
                                                            Clock& clock, PublishOptions options, Cosigning cosigning) {
  auto state = std::make_unique<State>(disk, log, std::move(source), election, publisher, clock, std::move(options),
                                       std::move(cosigning));
  SCRUTINEER_CHECKED(state->start());
  return std::unique_ptr<LivePublisher>(new LivePublisher(std::move(state)));
}

Result<Published> LivePublisher::publish() {
  SCRUTINEER_CHECKED(state_->publish_changes());
  return state_->last();
}

Status LivePublisher::refresh(const SignedCheckpoint& cosigned) {
  return state_->refresh(cosigned);
}

const SignedCheckpoint& LivePublisher::checkpoint() const {
  return state_->checkpoint();
}

const Published& LivePublisher::last() const {
  return state_->last();
}

Result<Published> publish(Disk& disk, Log& log, const PublishSource& source, const Election& election,
                          const NamedKey& publisher, Clock& clock, const PublishOptions& options) {
  SCRUTINEER_TRY(auto publisher_of_all, LivePublisher::start(disk, log, source, election, publisher, clock, options));
  return publisher_of_all->last();
}

}  // namespace scrutineer
