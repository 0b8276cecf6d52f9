// A refusal that people read in their own language: the error as programs see it, and one sentence in both.
#pragma once

#include <string>
#include <utility>

#include "app/ui/model.h"
#include "core/base/result.h"

namespace scrutineer {

struct DeskRefusal {
  DeskRefusal(ErrorCode code, std::string ko, std::string en)
      : error{code, en, {}}, sentence{std::move(ko), std::move(en)} {}
  // What parts below say in English only: a general sentence of its code stands in front in Korean.
  DeskRefusal(Error below);  // NOLINT: an Error is a refusal

  Error error;
  ui::Bilingual sentence;
};

template <class T>
using DeskResult = tl::expected<T, DeskRefusal>;

inline tl::unexpected<DeskRefusal> refuse(ErrorCode code, std::string ko, std::string en) {
  return tl::unexpected<DeskRefusal>(DeskRefusal(code, std::move(ko), std::move(en)));
}

}  // namespace scrutineer

// DESK_TRY(auto x, f());   as SCRUTINEER_TRY, in functions that return a DeskResult; f() gives that or a Result.
#define DESK_TRY(declaration, ...)                                                        \
  auto SCRUTINEER_CONCAT(try_, __LINE__) = (__VA_ARGS__);                                 \
  if (!SCRUTINEER_CONCAT(try_, __LINE__))                                                 \
    return tl::unexpected<::scrutineer::DeskRefusal>(                                     \
        ::scrutineer::DeskRefusal(std::move(SCRUTINEER_CONCAT(try_, __LINE__)).error())); \
  declaration = std::move(*SCRUTINEER_CONCAT(try_, __LINE__))

#define DESK_CHECKED(...)                                                                         \
  if (auto SCRUTINEER_CONCAT(try_, __LINE__) = (__VA_ARGS__); !SCRUTINEER_CONCAT(try_, __LINE__)) \
  return tl::unexpected<::scrutineer::DeskRefusal>(                                               \
      ::scrutineer::DeskRefusal(std::move(SCRUTINEER_CONCAT(try_, __LINE__)).error()))
