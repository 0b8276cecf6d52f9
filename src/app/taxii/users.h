// Who may do what at a TAXII server: HTTP Basic (RFC 7617), which existing tools speak, with tokens of which the server
// knows the hashes only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/taxii/taxii.h"

namespace scrutineer {

// 256 bits out of `rng` in base64url letters: a token that nobody guesses, so that its plain SHA-256 may be kept.
std::string new_taxii_token(Rng& rng);

// USERS = *( name " " hex SHA-256 of the token *( " " collection id ":" ("r" / "w" / "rw") ) LF / "#" anything LF / LF
// )
class TaxiiUsers {
 public:
  static Result<TaxiiUsers> parse(std::string_view text);
  // Takes the same time whoever asks and whatever is wrong.
  std::optional<TaxiiUser> user_of(std::string_view authorization) const;
  // what: 'r' or 'w'.
  bool may(const TaxiiUser& user, std::string_view collection, char what) const;

 private:
  struct Right {
    std::string collection;
    bool read = false, write = false;
  };
  struct Row {
    std::string name;
    Hash256 token;
    std::vector<Right> rights;
  };
  std::vector<Row> rows_;
};

// "Basic bmFtZTp0b2tlbg==" for a client; nullopt: a name with a colon or a control character.
std::optional<std::string> basic_authorization(std::string_view name, std::string_view token);

}  // namespace scrutineer
