#pragma once

#include "base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace millrace::flume {

/// "2026-11-30T15:04:05.678Z"; empty from the year 10000 on.
std::string isoTime(EpochMs time);
/// "2026-11-30" in UTC; empty from the year 10000 on.
std::string utcDay(EpochMs time);

/// The life time of an entry in milliseconds: "5d", "2h", "30m", "10s", "500ms", "1w"; a bare number counts days.
/// Nothing when it is none.
std::optional<std::int64_t> lifeTime(std::string_view text);

} // namespace millrace::flume
