// A folder with tokens of software, gone when it goes.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/check.h"

namespace scrutineer::testing {

class SoftTokens {
 public:
  SoftTokens() {
    char name[] = "/tmp/scrutineer-token-XXXXXX";
    check(mkdtemp(name) != nullptr, "a temporary folder can be made");
    folder_ = name;
    std::filesystem::create_directory(tokens());
    std::ofstream(folder_ + "/softhsm2.conf")
        << "directories.tokendir = " << tokens() << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    setenv("SOFTHSM2_CONF", (folder_ + "/softhsm2.conf").c_str(), 1);
  }
  ~SoftTokens() { std::filesystem::remove_all(folder_); }
  SoftTokens(const SoftTokens&) = delete;
  SoftTokens& operator=(const SoftTokens&) = delete;

  // A new token with the PIN 1234.
  void add(const std::string& label) const {
    std::string command =
        "softhsm2-util --init-token --free --label '" + label + "' --pin 1234 --so-pin 5678 >/dev/null";
    check(std::system(command.c_str()) == 0, "softhsm2-util makes a token");
  }
  void pull_out_all() const {
    std::filesystem::rename(tokens(), folder_ + "/pulled"), std::filesystem::create_directory(tokens());
  }
  const std::string& folder() const { return folder_; }

 private:
  std::string tokens() const { return folder_ + "/tokens"; }
  std::string folder_;
};

}  // namespace scrutineer::testing
