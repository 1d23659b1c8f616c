#include "flume/selectors/channel_names.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {

Result<std::vector<std::size_t>> channelPlaces(std::string_view list, const std::vector<std::string>& channels,
                                               std::string_view key) {
    std::vector<std::size_t> places;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        const std::string_view name = list.substr(0, end);
        const auto found = std::find(channels.begin(), channels.end(), name);
        if (found == channels.end())
            return Error{ErrorCode::notFound,
                         fmt::format("{} names the channel '{}', which this source does not write to", key, name),
                         false};
        const auto place = static_cast<std::size_t>(found - channels.begin());
        if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return places;
}

} // namespace millrace::flume
