#pragma once

#include "base/clock.h"
#include "base/random.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace millrace::traffic {

/// Makes events that look like those of a real shop. Same seed, same lines but for their time.
class LineMaker {
public:
    virtual ~LineMaker() = default;
    /// Appends one line without its end.
    virtual void append(std::int64_t sequence, EpochMs now, Random& random, std::string& out) = 0;
};

/// "weblog": combined log format with seq in the query string; "orders": one JSON object. Null for another kind.
std::unique_ptr<LineMaker> makeLineMaker(std::string_view kind);

/// The sequence number in a line of either kind.
std::optional<std::int64_t> sequenceIn(std::string_view line);

} // namespace millrace::traffic
