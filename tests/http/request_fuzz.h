// Requests broken in seeded ways, sent over bare sockets: for any server of ours and any of its addresses.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "app/http/raw_client_for_test.h"

namespace scrutineer::http {

struct FuzzOutcome {
  std::size_t answered = 0, refused = 0, closed = 0;
  std::vector<std::string> bad;  // what no stranger may be told, or no HTTP at all; with the request
};

class RequestFuzz {
 public:
  RequestFuzz(std::vector<std::string> seeds, std::uint32_t seed) : seeds_(std::move(seeds)), random_(seed) {}

  std::string next() {
    std::string request = pick(seeds_);
    for (std::size_t changes = below(4); changes > 0; --changes) change(request);
    return request;
  }

  FuzzOutcome run(std::uint16_t port, std::size_t count) {
    FuzzOutcome outcome;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string request = next();
      RawClient client(port);
      if (!client.connected()) {
        outcome.bad.push_back("not reached");
        return outcome;
      }
      client.send(request);
      client.end();
      judge(request, client.rest(), outcome);
    }
    return outcome;
  }

 private:
  static void judge(const std::string& request, const std::string& answer, FuzzOutcome& outcome) {
    const int status = status_of(answer);
    ++(answer.empty() ? outcome.closed : status >= 400 ? outcome.refused : outcome.answered);
    bool good = answer.empty() || (status >= 100 && status < 600);
    for (const char* leak : {"/home/", "/root/", "/src/", ".cc:", "terminate", "std::", "what():", "0x7f", "Assertion"})
      good = good && answer.find(leak) == answer.npos;
    if (!good) outcome.bad.push_back(request + "\n---\n" + answer);
  }

  std::size_t below(std::size_t n) { return random_() % n; }
  const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  void change(std::string& text) {
    static const std::vector<std::string> kWords = {"\r\n",
                                                    "\n",
                                                    "\r",
                                                    "\r\n\r\n",
                                                    " ",
                                                    "\t",
                                                    ":",
                                                    "%",
                                                    "%00",
                                                    "%2e%2e/",
                                                    "../",
                                                    "\\",
                                                    "//",
                                                    "?",
                                                    "&",
                                                    "=",
                                                    "#",
                                                    std::string(1, '\0'),
                                                    "\xff\xfe",
                                                    "\xed\xa0\x80",
                                                    "Content-Length: 5\r\n",
                                                    "Content-Length: -1\r\n",
                                                    "Content-Length: 18446744073709551616\r\n",
                                                    "Transfer-Encoding: chunked\r\n",
                                                    "Transfer-Encoding: gzip\r\n",
                                                    "Expect: 100-continue\r\n",
                                                    "Connection: close\r\n",
                                                    "Host: y\r\n",
                                                    "Range: bytes=0-,0-,0-\r\n",
                                                    "Cookie: a=;;;=b\r\n",
                                                    "X-Forwarded-For: 1.2.3.4\r\n",
                                                    "ffffffffffffffff\r\n",
                                                    "0\r\n\r\n",
                                                    "HTTP/0.9",
                                                    "HTTP/9.9",
                                                    "Upgrade: h2c\r\n",
                                                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                                                    "\x16\x03\x01\x02",
                                                    "--XX\r\n",
                                                    "\"",
                                                    ";",
                                                    std::string(300, 'a'),
                                                    std::string(9'000, 'b'),
                                                    std::string(40'000, 'c')};
    const std::size_t at = text.empty() ? 0 : below(text.size());
    switch (below(8)) {
      case 0: text.insert(at, pick(kWords)); break;
      case 1: text.resize(at); break;
      case 2: text.erase(at, below(20)); break;
      case 3:
        if (!text.empty()) text[at] = static_cast<char>(below(256));
        break;
      case 4: text += pick(seeds_); break;
      case 5: text.insert(at, text.substr(at, below(60))); break;
      case 6: text.replace(at, std::min<std::size_t>(text.size() - at, 3), pick(kWords)); break;
      case 7: text.insert(std::min(text.find("\r\n"), text.size()), "\r\n" + pick(kWords)); break;
    }
  }

  std::vector<std::string> seeds_;
  std::mt19937 random_;
};

}  // namespace scrutineer::http
