#include "flume/channels/transaction_limits.h"

#include <fmt/core.h>

namespace millrace::flume {

Status transactionFits(const Settings& settings, std::size_t transactionCapacity, std::size_t capacity) {
    if (transactionCapacity <= capacity) return ok();
    return Error{ErrorCode::invalidArgument,
                 fmt::format("{}: transactionCapacity {} is above capacity {}; Flume leaves such a channel out, and "
                             "all that needs it. Raise capacity or lower transactionCapacity",
                             settings.who(), transactionCapacity, capacity),
                 false};
}

Error tooManyPuts(std::size_t transactionCapacity) {
    return {ErrorCode::outOfRange,
            fmt::format("more than transactionCapacity {} events put in one transaction; lower the source's batch "
                        "size or raise transactionCapacity",
                        transactionCapacity),
            false};
}

Error tooManyTakes(std::size_t transactionCapacity) {
    return {ErrorCode::outOfRange,
            fmt::format("more than transactionCapacity {} events taken in one transaction; lower the sink's "
                        "batch size or raise transactionCapacity",
                        transactionCapacity),
            false};
}

} // namespace millrace::flume
