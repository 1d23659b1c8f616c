#include "broker/consumers/assignors.h"

#include <algorithm>
#include <numeric>

namespace millrace::broker {

Shares shareByRange(const std::vector<Subscriber>& subscribers, const PartitionCounts& counts) {
    std::vector<std::size_t> order(subscribers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto place = [&](std::size_t i) {
        const Subscriber& subscriber = subscribers[i];
        const std::string& name = subscriber.instanceId ? *subscriber.instanceId : subscriber.id;
        return std::pair<std::string_view, std::string_view>(name, subscriber.id);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });

    Shares shares(subscribers.size());
    for (const auto& [topic, who] : subscribersByTopic(subscribers, order)) {
        const auto count = counts.find(topic);
        if (count == counts.end()) continue;
        const auto members = static_cast<std::int32_t>(who.size());
        const std::int32_t each = count->second / members, extra = count->second % members;
        std::int32_t next = 0;
        for (std::int32_t i = 0; i < members; ++i) {
            PartitionIds& share = shares[who[static_cast<std::size_t>(i)]];
            for (std::int32_t left = each + (i < extra ? 1 : 0); left > 0; --left)
                share.emplace(topic, next++);
        }
    }
    return shares;
}

} // namespace millrace::broker
