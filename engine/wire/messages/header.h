#pragma once

#include "base/result.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>

namespace millrace::wire {

class Reader;
class Writer;

/// What stands before every request. The client id keeps its int16 length in flexible versions too.
struct RequestHeader {
    std::int16_t apiKey = 0;
    Version apiVersion = 0;
    std::int32_t correlationId = 0;
    std::optional<std::string> clientId;
};

/// The fields that every header has; tagged fields follow in a flexible version (see endHeader()).
RequestHeader readRequestHeader(Reader& reader);
void writeRequestHeader(Writer& writer, const RequestHeader& header, bool flexible);
/// Sets the reader to the message's version, after the tagged fields of a flexible header.
void endHeader(Reader& reader, const ApiSpec& api, Version version);

/// Writes the response header and sets the writer to the message's version. ApiVersions is answered with the oldest
/// header in every version, because the client does not yet know what the broker speaks.
void writeResponseHeader(Writer& writer, const ApiSpec& api, Version version, std::int32_t correlationId);
/// The other side of it: returns the correlation id.
std::int32_t readResponseHeader(Reader& reader, const ApiSpec& api, Version version);

} // namespace millrace::wire
