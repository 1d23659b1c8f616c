#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace millrace::flume {

/// Where a time is that does not say so itself.
enum class SyslogZone {
    local, ///< in this computer's time zone
    utc,
};

/// How long the time of RFC 3164 ("Oct 11 22:14:15", the day with one or two digits) at the beginning of `text` is; 0
/// without one.
std::size_t length3164(std::string_view text);
/// The same of RFC 5424 ("2003-10-11T22:14:15.003Z"), whose fraction has at most so many digits.
std::size_t length5424(std::string_view text, std::size_t mostFraction);

/// Reads the times of messages as milliseconds since the epoch. Neighbours mostly have the same second, which is
/// reckoned once. One thread.
class SyslogTimes {
public:
    explicit SyslogTimes(SyslogZone zone) : zone_(zone) {}

    /// All of `text`, as length3164() found it. The year is that which brings it between eleven months before `now` and
    /// one month after. Nothing where no month has this name; days and hours that do not exist count on.
    std::optional<std::int64_t> read3164(std::string_view text, std::int64_t now);
    /// All of `text`, as length5424() found it.
    std::int64_t read5424(std::string_view text);

private:
    const SyslogZone zone_;
    std::string last3164_;
    std::optional<std::int64_t> lastTime_;
    std::int64_t lastNow_ = 0;
    std::string lastSecond_; ///< the date and the time of day, and whether it has a zone
    std::int64_t lastSeconds_ = 0;
};

} // namespace millrace::flume
