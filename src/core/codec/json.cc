#include "core/codec/json.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include <boost/json/basic_parser_impl.hpp>

#include "core/base/check.h"

namespace scrutineer {
namespace {

namespace bj = boost::json;

enum class Refusal : std::uint8_t { none, not_integer, out_of_range, duplicate_name, depth };

constexpr std::size_t kSortedDuplicateCheck = 16;  // objects above this size are checked by sorting their names

}  // namespace

// Boost.JSON calls this in document order; every `return false` sets `error` and stops.
class JsonHandler {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  void start(Json& document, JsonNumbers numbers) {
    document_ = &document;
    numbers_ = numbers;
    document.nodes_.clear();
    document.text_.clear();
    open_.clear();
    refusal_ = Refusal::none;
    piece_ = 0;
    name_ = {0, 0};
  }
  Refusal refusal() const { return refusal_; }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) { return open(JsonKind::object); }
  bool on_object_end(std::size_t count, bj::error_code& error) {
    std::uint32_t index = close(count);
    return !has_duplicate_names(index) || refuse(Refusal::duplicate_name, error);
  }
  bool on_array_begin(bj::error_code&) { return open(JsonKind::array); }
  bool on_array_end(std::size_t count, bj::error_code&) {
    close(count);
    return true;
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
  bool on_key(bj::string_view part, std::size_t size, bj::error_code&) {
    keep(part);
    name_ = take_piece(size);
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
  bool on_string(bj::string_view part, std::size_t size, bj::error_code&) {
    keep(part);
    leaf_text(JsonKind::string, size);
    return true;
  }
  bool on_number_part(bj::string_view part, bj::error_code&) { return keep(part); }
  bool on_int64(std::int64_t value, bj::string_view last, bj::error_code& error) {
    if (value > limits::kMaxInteger || value < -limits::kMaxInteger) return other(last, Refusal::out_of_range, error);
    document_->text_.resize(piece_);
    leaf(JsonKind::integer, value);
    return true;
  }
  bool on_uint64(std::uint64_t, bj::string_view last, bj::error_code& error) {
    return other(last, Refusal::out_of_range, error);
  }
  bool on_double(double, bj::string_view last, bj::error_code& error) {
    return other(last, Refusal::not_integer, error);
  }
  bool on_bool(bool value, bj::error_code&) {
    leaf(JsonKind::boolean, value);
    return true;
  }
  bool on_null(bj::error_code&) {
    leaf(JsonKind::null, 0);
    return true;
  }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  bool refuse(Refusal refusal, bj::error_code& error) {
    refusal_ = refusal;
    error = bj::error::syntax;
    return false;
  }
  // A number that is no integer of ours.
  bool other(bj::string_view last, Refusal refusal, bj::error_code& error) {
    if (numbers_ == JsonNumbers::integers) return refuse(refusal, error);
    keep(last);
    leaf_text(JsonKind::number, document_->text_.size() - piece_);
    return true;
  }
  bool keep(bj::string_view part) {
    document_->text_.append(part.data(), part.size());
    return true;
  }
  std::pair<std::uint32_t, std::uint32_t> take_piece(std::size_t size) {
    std::uint32_t begin = piece_;
    piece_ = static_cast<std::uint32_t>(document_->text_.size());
    check(piece_ - begin == size, "a JSON string's parts do not add up");
    return {begin, piece_ - begin};
  }
  std::uint32_t add(JsonKind kind) {
    Json::Node& node = document_->nodes_.emplace_back();
    node.kind = kind;
    node.name = name_.first;
    node.name_size = name_.second;
    name_ = {0, 0};
    auto index = static_cast<std::uint32_t>(document_->nodes_.size() - 1);
    node.end = index + 1;
    return index;
  }
  void leaf(JsonKind kind, std::int64_t number) { document_->nodes_[add(kind)].number = number; }
  void leaf_text(JsonKind kind, std::size_t size) {
    auto [offset, length] = take_piece(size);
    leaf(kind, static_cast<std::int64_t>(static_cast<std::uint64_t>(offset) << 32 | length));
  }
  bool open(JsonKind kind) {
    open_.push_back(add(kind));
    return true;
  }
  std::uint32_t close(std::size_t count) {
    std::uint32_t index = open_.back();
    open_.pop_back();
    document_->nodes_[index].end = static_cast<std::uint32_t>(document_->nodes_.size());
    document_->nodes_[index].count = static_cast<std::uint32_t>(count);
    return index;
  }
  std::string_view name_of(std::uint32_t index) const {
    const Json::Node& node = document_->nodes_[index];
    return std::string_view(document_->text_).substr(node.name, node.name_size);
  }
  bool has_duplicate_names(std::uint32_t object) {
    const auto& nodes = document_->nodes_;
    std::uint32_t first = object + 1, end = nodes[object].end;
    if (nodes[object].count <= kSortedDuplicateCheck) {
      for (std::uint32_t a = first; a < end; a = nodes[a].end)
        for (std::uint32_t b = nodes[a].end; b < end; b = nodes[b].end)
          if (nodes[a].name_size == nodes[b].name_size && name_of(a) == name_of(b)) return true;
      return false;
    }
    std::vector<std::string_view> names;
    for (std::uint32_t a = first; a < end; a = nodes[a].end) names.push_back(name_of(a));
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
  }

  Json* document_ = nullptr;
  JsonNumbers numbers_ = JsonNumbers::integers;
  std::vector<std::uint32_t> open_;
  std::uint32_t piece_ = 0;                             // where the current string started in text_
  std::pair<std::uint32_t, std::uint32_t> name_{0, 0};  // of the next value
  Refusal refusal_ = Refusal::none;
};

namespace {

using Parser = bj::basic_parser<JsonHandler>;

Parser& parser(std::size_t depth_limit) {
  // Parsers keep internal buffers: one a thread and depth limit, reused.
  thread_local std::vector<std::pair<std::size_t, std::unique_ptr<Parser>>> parsers;
  for (auto& [depth, parser] : parsers)
    if (depth == depth_limit) return *parser;
  bj::parse_options options;
  options.max_depth = depth_limit;
  return *parsers.emplace_back(depth_limit, std::make_unique<Parser>(options)).second;
}

Error refusal_error(Refusal refusal, const bj::error_code& error, std::size_t offset) {
  std::string where = "byte " + std::to_string(offset);
  switch (refusal) {
    case Refusal::not_integer:
      return {ErrorCode::malformed, "numbers here are integers without fraction or exponent", where};
    case Refusal::out_of_range: return {ErrorCode::malformed, "this integer is beyond 2^53-1", where};
    case Refusal::duplicate_name: return {ErrorCode::malformed, "an object names the same member twice", where};
    case Refusal::depth:
    case Refusal::none: break;
  }
  if (error == bj::error::too_deep) return {ErrorCode::limit_exceeded, "this JSON is nested too deeply", where};
  return {ErrorCode::malformed, "this is not JSON (" + error.message() + ")", where};
}

}  // namespace

Status Json::parse_into(Json& document, std::string_view text, std::size_t depth_limit, JsonNumbers numbers) {
  if (text.size() >= (std::size_t{1} << 31)) return fail(ErrorCode::limit_exceeded, "this JSON is larger than 2 GiB");
  Parser& p = parser(depth_limit);
  p.reset();
  p.handler().start(document, numbers);
  bj::error_code error;
  std::size_t used = p.write_some(false, text.data(), text.size(), error);
  Refusal refusal = p.handler().refusal();
  if (!error && used != text.size()) error = bj::error::extra_data;
  if (error) {
    document.nodes_.clear();
    return tl::unexpected(refusal_error(refusal, error, used));
  }
  return {};
}

Result<Json> Json::parse(std::string_view text, std::size_t depth_limit, JsonNumbers numbers) {
  Json document;
  SCRUTINEER_CHECKED(parse_into(document, text, depth_limit, numbers));
  return document;
}

std::optional<std::string_view> JsonValue::as_string() const {
  if (kind() != JsonKind::string) return std::nullopt;
  return text_at_number();
}

std::optional<std::string_view> JsonValue::as_number_text() const {
  if (kind() != JsonKind::number) return std::nullopt;
  return text_at_number();
}

std::string_view JsonValue::text_at_number() const {
  auto packed = static_cast<std::uint64_t>(node().number);
  return std::string_view(document_->text_).substr(packed >> 32, packed & 0xffffffff);
}

std::optional<std::int64_t> JsonValue::as_integer() const {
  if (kind() != JsonKind::integer) return std::nullopt;
  return node().number;
}

std::optional<bool> JsonValue::as_boolean() const {
  if (kind() != JsonKind::boolean) return std::nullopt;
  return node().number != 0;
}

std::size_t JsonValue::offset_in(std::string_view source) const {
  // The text is known to be valid: every token that is not punctuation and not a member's name starts a value.
  std::uint32_t seen = 0;
  for (std::size_t i = 0; i < source.size();) {
    char c = source[i];
    if (std::string_view(" \t\r\n,:]}").find(c) != std::string_view::npos) {
      ++i;
      continue;
    }
    std::size_t start = i;
    if (c == '"') {
      for (++i; i < source.size() && source[i] != '"'; ++i)
        if (source[i] == '\\') ++i;
      ++i;
      std::size_t next = source.find_first_not_of(" \t\r\n", i);
      if (next != source.npos && source[next] == ':') continue;  // a name
    } else if (c == '{' || c == '[') {
      ++i;
    } else {
      i = std::min(source.find_first_of(" \t\r\n,]}", i), source.size());
    }
    if (seen++ == index_) return start;
  }
  return source.size();
}

namespace {

// One past the string that starts at `i`.
std::size_t behind_string(std::string_view source, std::size_t i) {
  for (++i; i < source.size() && source[i] != '"'; ++i)
    if (source[i] == '\\') ++i;
  return i + 1;
}

// One past the value that starts at `i`, in valid JSON.
std::size_t behind_value(std::string_view source, std::size_t i) {
  if (source[i] == '"') return behind_string(source, i);
  if (source[i] != '{' && source[i] != '[') return std::min(source.find_first_of(" \t\r\n,]}", i), source.size());
  std::size_t depth = 0;
  while (i < source.size()) {
    char c = source[i];
    if (c == '"') {
      i = behind_string(source, i);
      continue;
    }
    ++i;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) break;
  }
  return i;
}

}  // namespace

std::vector<std::string_view> JsonValue::texts_in(std::string_view source) const {
  std::vector<std::string_view> texts;
  if (!is_object() && !is_array()) return texts;
  texts.reserve(size());
  std::size_t i = offset_in(source) + 1;
  for (std::size_t n = 0; n < size(); ++n) {
    i = source.find_first_not_of(" \t\r\n,", i);
    if (is_object()) i = source.find_first_not_of(" \t\r\n:", behind_string(source, i));
    std::size_t end = behind_value(source, i);
    texts.push_back(source.substr(i, end - i));
    i = end;
  }
  return texts;
}

std::string_view JsonValue::name() const {
  return std::string_view(document_->text_).substr(node().name, node().name_size);
}

std::optional<JsonValue> JsonValue::find(std::string_view wanted) const {
  if (!is_object()) return std::nullopt;
  for (JsonValue member : *this)
    if (member.name() == wanted) return member;
  return std::nullopt;
}

}  // namespace scrutineer
