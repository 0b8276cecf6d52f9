// JSON that parses can be walked; written again it parses to the same document, and writing that gives the same bytes.
#include <string>

#include "core/base/bytes.h"
#include "core/codec/json.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

namespace {

void write(JsonWriter& out, JsonValue value, std::size_t depth) {
  check(depth <= limits::kJsonDepth, "the depth limit did not hold");
  switch (value.kind()) {
    case JsonKind::null: out.null(); break;
    case JsonKind::boolean: out.boolean(*value.as_boolean()); break;
    case JsonKind::integer: out.integer(*value.as_integer()); break;
    case JsonKind::string:
      check(is_utf8(*value.as_string()), "a JSON string is UTF-8");
      out.string(*value.as_string());
      break;
    case JsonKind::array:
      out.begin_array();
      for (JsonValue element : value) write(out, element, depth + 1);
      out.end_array();
      break;
    case JsonKind::object:
      out.begin_object();
      for (JsonValue member : value) {
        check(value.find(member.name()).has_value(), "a member is not found by its name");
        out.name(member.name());
        write(out, member, depth + 1);
      }
      out.end_object();
      break;
  }
}

std::string written(const Json& document) {
  JsonWriter out;
  write(out, document.root(), 0);
  return out.take();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto document = Json::parse(fuzz_text(data, size));
  if (!document) return 0;
  std::string once = written(*document);
  auto again = Json::parse(once);
  check(again.has_value(), "what the writer writes parses");
  check(written(*again) == once, "writing is not stable");
  return 0;
}
