#pragma once

#include "base/result.h"
#include "flume/component_services.h"
#include "flume/event_batch.h"
#include "flume/settings.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace millrace::flume {

/// One request, as a handler sees it.
struct HttpEventRequest {
    std::string_view contentType; ///< as the client wrote it; empty when it did not
    std::string_view query;       ///< of the address, encoded, without the question mark
    std::string_view body;
};

/// Turns a request into events (org.apache.flume.source.http.HTTPSourceHandler). Runner thread.
class HttpEventHandler {
public:
    virtual ~HttpEventHandler() = default;
    /// Null: a request without events. An error is the client's, and says what to do.
    virtual Result<EventBatchPtr> eventsOf(const HttpEventRequest& request) = 0;
    /// A longer request is refused before it is read.
    virtual std::uint64_t longestBody() const = 0;
};

/// For `type`, a class name of the catalog; `properties` are the handler's own. Errors name the property.
Result<std::unique_ptr<HttpEventHandler>>
httpHandlerNamed(const std::string& type, const catalog::Properties& properties, const ComponentServices& services);

} // namespace millrace::flume
