// The counting centre's log of the demonstration, open for records that somebody signs there before the night begins.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>

#include "app/cli/session.h"
#include "app/collect/collector.h"
#include "app/projection/log_directory.h"
#include "core/base/clock.h"

namespace scrutineer::cli {

class DemoLog {
 public:
  // `keys`: the directory of the people's keys. It stays where it is: the collector refers to the election.
  static Result<std::unique_ptr<DemoLog>> open(const std::string& centre, const std::string& keys, UnixSeconds now);

  RecordId election() const { return trusted_.election.id(); }

  // By the keys of these names ("member-1"), with the time of opening as theirs.
  Result<RecordId> sign(RecordBody body, std::initializer_list<const char*> signers);

 private:
  std::string keys_, at_;
  std::unique_ptr<Session> session_;
  TrustedElection trusted_;
  std::unique_ptr<Collector> collector_;
};

}  // namespace scrutineer::cli
