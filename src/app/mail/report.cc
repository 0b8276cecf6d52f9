#include "app/mail/report.h"

#include <algorithm>

#include "app/mail/limits.h"

namespace scrutineer::mail {

namespace {

// RFC 3463 section 2: class "." subject "." detail; a comment may follow.
std::string status_code(std::string_view text) {
  text = text.substr(0, text.find_first_of(" \t("));
  const auto number = [](std::string_view part) {
    return !part.empty() && part.size() <= 3 &&
           std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const std::size_t first = text.find('.');
  const std::size_t second = first == text.npos ? text.npos : text.find('.', first + 1);
  if (second == text.npos || first != 1 || std::string_view("245").find(text[0]) == std::string_view::npos) return {};
  if (!number(text.substr(2, second - 2)) || !number(text.substr(second + 1))) return {};
  return std::string(text);
}

std::optional<DeliveryAction> action_of(std::string_view text) {
  const std::string name = lower(trimmed(text.substr(0, text.find('('))));
  for (std::size_t i = 0; i < std::size(kDeliveryActionNames); ++i)
    if (kDeliveryActionNames[i] == name) return static_cast<DeliveryAction>(i);
  return std::nullopt;
}

// RFC 3464 section 2.1.2: "rfc822; notices@institution.example".
std::optional<Address> address_of(std::string_view text) {
  const std::size_t semicolon = text.find(';');
  if (semicolon == text.npos) return std::nullopt;
  text = trimmed(text.substr(semicolon + 1));
  if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
  auto out = Address::parse(text);
  return out ? std::optional(*std::move(out)) : std::nullopt;
}

// Section 2.3. The original recipient is the one that we wrote to; the final one may be behind an alias.
Result<Bounce> recipient_of(const Header& block) {
  SCRUTINEER_TRY(const auto original, block.only("original-recipient"));
  SCRUTINEER_TRY(const auto last, block.only("final-recipient"));
  SCRUTINEER_TRY(const auto action, block.only("action"));
  SCRUTINEER_TRY(const auto status, block.only("status"));
  if (!last || !action || !status)
    return fail(ErrorCode::malformed, "a delivery report does not say for whom, what and why");
  Bounce out;
  const auto known = action_of(*action);
  out.status = status_code(*status);
  if (!known || out.status.empty())
    return fail(ErrorCode::malformed, "a delivery report has an action or a status that does not exist");
  out.action = *known;
  if (original) out.recipient = address_of(*original);
  if (!out.recipient) out.recipient = address_of(*last);
  return out;
}

}  // namespace

Result<std::vector<Bounce>> parse_delivery_status(BytesView body) {
  std::vector<Bounce> out;
  bool about_the_mail = true;  // section 2.2: the first block is
  for (BytesView rest = body; !rest.empty();) {
    SCRUTINEER_TRY(const Header block, parse_header(rest, 0));
    rest.remove_prefix(block.size);
    if (block.fields.empty()) continue;
    if (!about_the_mail) {
      if (out.size() == kMailRecipients)
        return fail(ErrorCode::limit_exceeded,
                    "a delivery report has more than " + std::to_string(kMailRecipients) + " recipients");
      SCRUTINEER_TRY(Bounce bounce, recipient_of(block));
      out.push_back(std::move(bounce));
    }
    about_the_mail = false;
  }
  if (out.empty()) return fail(ErrorCode::malformed, "a delivery report does not say for whom");
  return out;
}

std::optional<MessageId> message_id_of(const Header& header) {
  const auto field = header.only("message-id");
  if (!field || !*field) return std::nullopt;
  std::string_view text = **field;
  if (!text.starts_with('<') || !text.ends_with('>')) return std::nullopt;
  auto out = MessageId::parse(text.substr(1, text.size() - 2));
  return out ? std::optional(*std::move(out)) : std::nullopt;
}

}  // namespace scrutineer::mail
