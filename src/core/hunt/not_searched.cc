#include "core/hunt/not_searched.h"

namespace scrutineer::hunt {
namespace {

constexpr std::array<WhyWords, kWhys> kWords = {{
    {"unreadable", "읽을 수 없었습니다.", "It could not be read."},
    {"not-a-file", "파일이 아닙니다(장치, 파이프, 소켓).", "It is no file (a device, a pipe, a socket)."},
    {"link", "링크는 따라가지 않습니다.", "Links are not followed."},
    {"too-many", "한 번에 찾는 한도를 넘었습니다.", "It is beyond what one hunt takes."},
    {"changed", "찾는 동안 파일의 크기가 바뀌었습니다.", "Its size changed while it was searched."},
    {"archive", "묶음 파일입니다. 들어 있는 파일을 풀지 않고 바이트로만 찾았습니다.",
     "It is an archive: its members were not unpacked, its bytes were searched."},
    {"compressed", "알 수 없는 압축 형식입니다. 압축된 바이트로만 찾았습니다.",
     "Its compression is not known here: its bytes were searched as they are."},
    {"nested", "두 번 압축되어 있습니다. 안쪽은 바이트로만 찾았습니다.",
     "It is compressed twice: the inner bytes were searched as they are."},
    {"encrypted", "암호화되어 있습니다. 바이트로만 찾았습니다.",
     "It is encrypted: its bytes were searched as they are."},
    {"expansion", "압축을 풀면 한도를 넘습니다. 한도 뒤는 찾지 않았습니다.",
     "More comes out of it than the limit: what is beyond was not searched."},
    {"damaged", "압축이 손상되었습니다. 손상된 곳 뒤는 찾지 않았습니다.",
     "Its compression is damaged: what is behind the damage was not searched."},
    {"binary", "텍스트가 아닙니다. 바이트로만 찾았습니다.", "It is no text: it was searched as bytes."},
    {"encoding", "표시 없는 UTF-16이거나 UTF-32 문서입니다. 바이트로만 찾았으므로 찾지 못한 것이 있을 수 있습니다.",
     "It is UTF-32, or UTF-16 without its mark: it was searched as bytes, which finds next to nothing in it."},
    {"mail-encoding", "base64 또는 quoted-printable로 쓰인 부분이 있습니다. 풀지 않고 바이트로만 찾았습니다.",
     "It has parts in base64 or quoted-printable: they were not decoded."},
    {"indicator", "침해지표로 읽을 수 없어 찾지 않았습니다.", "It is no indicator that can be looked for."},
    {"pattern", "이 STIX 패턴은 찾을 수 없습니다.", "This STIX pattern cannot be looked for."},
    {"revoked", "작성자가 철회한 침해지표입니다. 찾지 않았습니다.",
     "Its maker has withdrawn this indicator: it was not looked for."},
}};

}  // namespace

const WhyWords& words_of(Why why) {
  return kWords[static_cast<std::size_t>(why)];
}

}  // namespace scrutineer::hunt
