#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// The places of the channels that `list` names among `channels`, each once. `key` is for the error, which names a
/// channel that the source has not. Elements are separated by single blanks as in Flume: two of them hold an empty
/// name.
Result<std::vector<std::size_t>> channelPlaces(std::string_view list, const std::vector<std::string>& channels,
                                               std::string_view key);

} // namespace millrace::flume
