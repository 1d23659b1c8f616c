#pragma once

#include "base/result.h"
#include "rpc/event_sink.h"

#include <fmt/core.h>

namespace millrace::flume {

/// Of the headers of an event from outside. With more it would stand in the channel for ever: an avro or thrift source
/// behind the channel refuses it each time.
inline Status checkHeaderCount(std::size_t headers) {
    if (headers <= rpc::kMostEventHeaders) return ok();
    return Error{ErrorCode::invalidArgument,
                 fmt::format("an event has more than {} headers; send fewer", rpc::kMostEventHeaders), false};
}

} // namespace millrace::flume
