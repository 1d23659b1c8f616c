#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "flume/event_batch.h"
#include "java/time_zone.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace millrace::flume {

/// True when the text holds one of Flume's escapes at all: otherwise it is the same for every event.
bool hasEscapes(std::string_view text);

/// Which time the letters of time stand for.
struct EscapeTime {
    enum class Unit { second, minute, hour };
    std::shared_ptr<const java::TimeZone> zone = java::TimeZone::ofThisComputer();
    int roundTo = 0; ///< down to a multiple of so many units, in the zone; 0 = not
    Unit unit = Unit::second;
    std::optional<EpochMs> now{}; ///< instead of the header
};

/// Replaces Flume's escapes (org.apache.flume.formatter.output.BucketPath): %{header} (missing: empty), %[localhost],
/// %[IP], %[FQDN], %t (the raw timestamp header) and the letters of time, which need a header `timestamp` in
/// milliseconds where `time` has none.
Result<std::string> expandEscapes(std::string_view text, const HeaderSet& headers, const EscapeTime& time = {});

} // namespace millrace::flume
