#pragma once

#include "base/bytes.h"
#include "broker/common/call.h"

#include <chrono>
#include <vector>

namespace millrace::broker {

struct Context;

/// Counts a request and its answer against what the client may use; see ClientQuotas::charge(). `answer`: as it is to
/// be sent; empty when nothing is.
std::chrono::milliseconds charge(const Call& call, Quota quota, const std::vector<Bytes>& answer, Context& context);

} // namespace millrace::broker
