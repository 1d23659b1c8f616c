#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace millrace::java {

/// A compiled zone of the tz database (RFC 8536). What comes after its last change follows the rule at its end.
class ZoneFile {
public:
    struct Offset {
        std::int32_t seconds = 0; ///< east of UTC
        bool summer = false;
        std::string name; ///< "CST"
    };
    /// Bytes that are no such file are corrupt.
    static Result<ZoneFile> read(std::span<const std::uint8_t> bytes);

    const Offset& at(std::int64_t epochSeconds) const;

private:
    /// Day and time of day of a change that comes each year, "M3.2.0/2".
    struct YearlyChange {
        int month = 0, week = 0, weekday = 0;
        std::int32_t seconds = 0;
        std::int64_t inYear(int year) const; ///< local seconds since the epoch
    };
    struct Rule {
        Offset standard;
        bool hasSummer = false;
        Offset summer;
        YearlyChange toSummer, toStandard;
    };
    Status readRule(std::string_view text);
    const Offset& byRule(std::int64_t epochSeconds) const;

    std::vector<std::int64_t> changes_;
    std::vector<std::uint8_t> kinds_; ///< of each change, into offsets_
    std::vector<Offset> offsets_;     ///< one at least
    bool hasRule_ = false;
    Rule rule_;
};

} // namespace millrace::java
