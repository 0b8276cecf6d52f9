// The page's own words about a machine's statement; what it states comes in the model.
#pragma once

#include "app/ui/message.h"

namespace scrutineer::ui::device_msg {

inline constexpr Msg simulated{"모의", "SIMULATED"};
inline constexpr Msg caveat{"먼저 읽으십시오", "Read this first"};
inline constexpr Msg look{"확인 필요", "To look at"};
inline constexpr Msg good{"이상 없음", "Good"};
inline constexpr Msg where{"이 페이지가 속한 곳", "Where this page belongs"};
inline constexpr Msg facts{"진술의 내용", "What was stated"};
inline constexpr Msg summary{"요약", "In short"};
inline constexpr Msg qr{"TPM의 답 (QR)", "The TPM's answer (QR)"};
inline constexpr Msg qr_alt{"TPM의 답을 담은 QR 코드", "QR code that holds the TPM's answer"};
inline constexpr Msg qr_text{"코드에 적힌 글", "What the code says"};
inline constexpr Msg1 more{"그 밖에 {0}건이 더 있습니다.", "And {0} more."};

}  // namespace scrutineer::ui::device_msg
