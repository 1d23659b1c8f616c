#pragma once

#include "flume/settings.h"

#include <cstddef>

namespace millrace::flume {

/// Flume's rules about transactionCapacity, the same for each channel.

/// Error when a transaction may hold more than the channel.
Status transactionFits(const Settings& settings, std::size_t transactionCapacity, std::size_t capacity);
Error tooManyPuts(std::size_t transactionCapacity);
Error tooManyTakes(std::size_t transactionCapacity);

} // namespace millrace::flume
