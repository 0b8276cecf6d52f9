#include "core/eml/parse.h"

#include "core/base/bytes.h"

namespace scrutineer::eml {

Result<XmlElement> child(const XmlElement& parent, std::string_view name, std::string_view space) {
  auto found = parent.find(space, name);
  if (!found)
    return fail(
        ErrorCode::malformed,
        "<" + std::string(parent.name()) + "> has no <" + std::string(name) + "> in namespace " + std::string(space),
        parent.place());
  return *found;
}

std::string child_text(const XmlElement& parent, std::string_view name, std::string_view space) {
  auto found = parent.find(space, name);
  return found ? found->text() : std::string();
}

Result<std::string> identifier(const XmlElement& element) {
  auto id = element.attribute("Id");
  if (!id || id->empty())
    return fail(ErrorCode::malformed, "<" + std::string(element.name()) + "> has no Id", element.place());
  return std::string(*id);
}

Result<std::int64_t> number(const XmlElement& element) {
  std::string text = element.text();
  auto value = parse_decimal(text);
  if (!value || *value > static_cast<std::uint64_t>(kLargestFigure))
    return fail(ErrorCode::malformed, "<" + std::string(element.name()) + "> should be a number and is '" + text + "'",
                element.place());
  return static_cast<std::int64_t>(*value);
}

Result<Message> read_message(const Xml& xml, std::string_view kind, std::string_view content) {
  XmlElement root = xml.root();
  if (!root.is(kSpace, "EML"))
    return fail(ErrorCode::unsupported,
                "this is no EML message: its outermost element is <" + std::string(root.name()) + ">", root.place());
  Header header;
  SCRUTINEER_TRY(header.kind, identifier(root));
  if (!header.kind.starts_with(kind))
    return fail(ErrorCode::unsupported,
                "this is an EML message " + header.kind + ", and " + std::string(kind) + " is wanted", root.place());
  if (root.attribute("SchemaVersion").value_or("5") != "5")
    return fail(ErrorCode::unsupported, "only EML 5 is read", root.place());
  SCRUTINEER_TRY(XmlElement authority, child(root, "ManagingAuthority"));
  SCRUTINEER_TRY(XmlElement authority_identifier, child(authority, "AuthorityIdentifier"));
  SCRUTINEER_TRY(header.authority_id, identifier(authority_identifier));
  header.authority_name = authority_identifier.text();
  header.created = child_text(root, "CreationDateTime", kExtensions);
  SCRUTINEER_TRY(XmlElement inside, child(root, content));
  SCRUTINEER_TRY(XmlElement election, child(inside, "Election"));
  SCRUTINEER_TRY(XmlElement identity, child(election, "ElectionIdentifier"));
  SCRUTINEER_TRY(header.election_id, identifier(identity));
  header.election_name = child_text(identity, "ElectionName");
  header.category = child_text(identity, "ElectionCategory");
  header.domain = child_text(identity, "ElectionDomain", kExtensions);
  header.date = child_text(identity, "ElectionDate", kExtensions);
  return Message{std::move(header), election};
}

}  // namespace scrutineer::eml
