// What a node answers to machines (docs/formats/notice-node.md). People's pages are in app/server.
//
//   POST /notice/v1/envelope               an envelope in; {"results": [...], "said": [notes]} out
//   GET  /notice/v1/entries?from=N[&to=M]  the log's entries from N on, be16-framed, at most 4 MiB
//   GET  /notice/v1/checkpoints?from=N     checkpoints of at least that size with cosignatures, be32-framed; the newest
//                                          of the log's own last
//   POST /notice/v1/sealed                 a request signed by a machine of the agreement; an envelope of ciphertexts
//   out GET  /notice/v1/node                   role, title, keys, size of the log: public GET  /checkpoint, /tile/...
//   C2SP tlog-tiles, as any log monitor reads them
#pragma once

#include "app/http/message.h"
#include "app/notice/node.h"

namespace scrutineer {

bool is_notice_path(std::string_view path);  // one of those above
http::Answer answer_notice(NoticeNode& node, const http::Request& request);
std::size_t notice_body_limit(std::string_view method, std::string_view path);  // for ServerOptions::body_limit

}  // namespace scrutineer
