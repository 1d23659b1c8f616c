#pragma once

#include "base/result.h"

#include <cstdint>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>

namespace millrace::java {

/// A time zone by its name in Java (java.util.TimeZone.getTimeZone): of the tz database ("Asia/Shanghai"), one of
/// Java's old short ones ("CTT"), or a distance ("GMT+8", "GMT-03:30"). Immutable; any thread.
class TimeZone {
public:
    virtual ~TimeZone() = default;
    /// The local time at these seconds since the epoch, with its tm_gmtoff. tm_zone lives as long as the zone.
    virtual std::tm at(std::int64_t epochSeconds) const = 0;

    /// What the computer is set to (TZ, /etc/localtime).
    static std::shared_ptr<const TimeZone> ofThisComputer();
    /// notFound: no such zone, for which Java takes GMT without a word; or this computer has no tz database.
    static Result<std::shared_ptr<const TimeZone>> named(std::string_view name);
};

} // namespace millrace::java
