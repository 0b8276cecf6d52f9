// Statements held against what was judged. Private to core/notice.
#pragma once

#include "core/notice/verdict_notice.h"

namespace scrutineer {

// `versions`: of all notices of the agreement. `foreign_content`: the evidence shows contents made for this agreement
// that no notice and no answer commits to.
ShownStatement judge_statement(const Case& of, NoticeIndex statement, const std::vector<JudgedVersion>& versions,
                               bool foreign_content);

}  // namespace scrutineer
