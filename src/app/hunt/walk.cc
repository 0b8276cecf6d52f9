#include "app/hunt/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>

namespace scrutineer::hunt {
namespace {

class Walker {
 public:
  explicit Walker(Walk& out) : out_(out) {}

  void directory(const std::string& path, std::size_t depth) {
    if (depth > limits::kHuntDepth) return out_.not_searched.add(path, Why::too_many, "too deep");
    auto names = list(path);
    if (!names) return;
    for (const std::string& name : *names) {
      const std::string at = path + (path.ends_with('/') ? "" : "/") + name;
      struct stat status {};
      if (::lstat(at.c_str(), &status) != 0)
        out_.not_searched.add(at, Why::unreadable, system_words(errno));
      else
        entry(at, status, depth);
    }
  }

  void entry(const std::string& path, const struct stat& status, std::size_t depth) {
    if (S_ISLNK(status.st_mode)) return out_.not_searched.add(path, Why::link);
    if (S_ISDIR(status.st_mode)) return directory(path, depth + 1);
    if (!S_ISREG(status.st_mode)) return out_.not_searched.add(path, Why::not_a_file);
    if (out_.files.size() == limits::kHuntInputs) return out_.not_searched.add(path, Why::too_many);
    out_.files.push_back(path);
    out_.bytes += static_cast<std::uint64_t>(status.st_size);
  }

 private:
  std::optional<std::vector<std::string>> list(const std::string& path) {
    std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(path.c_str()), ::closedir);
    if (!directory) {
      out_.not_searched.add(path, Why::unreadable, system_words(errno));
      return std::nullopt;
    }
    std::vector<std::string> names;
    errno = 0;
    while (dirent* entry = ::readdir(directory.get())) {
      std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(std::move(name));
      errno = 0;
    }
    if (errno != 0) out_.not_searched.add(path, Why::unreadable, system_words(errno));
    std::sort(names.begin(), names.end());
    return names;
  }

  Walk& out_;
};

}  // namespace

std::string system_words(int number) {
  return std::error_code(number, std::generic_category()).message();
}

Result<Walk> walk(const std::vector<std::string>& inputs) {
  Walk out;
  Walker walker(out);
  for (const std::string& input : inputs) {
    struct stat status {};
    if (::lstat(input.c_str(), &status) != 0)
      return fail(ErrorCode::not_found, "cannot look there: " + system_words(errno), input);
    walker.entry(input, status, 0);
  }
  return out;
}

}  // namespace scrutineer::hunt
