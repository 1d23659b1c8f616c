#pragma once

#include "broker/requests/api_row.h"

#include <functional>

namespace millrace::broker {

/// Reads the header of a request frame and serves it, with Kafka's exception for ApiVersions of versions to come.
Result<std::function<void()>> serveRequest(Bytes frame, Call call, Context& context, Deliver deliver);

} // namespace millrace::broker
