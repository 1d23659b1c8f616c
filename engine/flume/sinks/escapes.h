#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "flume/event_batch.h"

#include <string>
#include <string_view>

namespace millrace::flume {

/// True when the text holds one of Flume's escapes at all: otherwise it is the same for every event.
bool hasEscapes(std::string_view text);

/// Replaces Flume's escapes (org.apache.flume.formatter.output.BucketPath): %{header} (missing: empty), %[localhost],
/// %[IP], %[FQDN], %t (the raw timestamp header) and the letters of time, which need a header `timestamp` in
/// milliseconds; zone: this computer's.
Result<std::string> expandEscapes(std::string_view text, const HeaderSet& headers);

} // namespace millrace::flume
