#include "broker/consumers/assignors.h"

#include <algorithm>

namespace millrace::broker {

const Assignor* findAssignor(std::string_view name) {
    const auto it = std::find_if(kAssignors.begin(), kAssignors.end(), [&](const auto& a) { return a.name == name; });
    return it == kAssignors.end() ? nullptr : &*it;
}

Shares shareByRange(const std::vector<Subscriber>& subscribers, const PartitionCounts& counts) {
    std::vector<std::size_t> order(subscribers.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto place = [&](std::size_t i) {
        const Subscriber& subscriber = subscribers[i];
        return std::pair<std::string_view, std::string_view>(subscriber.instanceId.value_or(std::string()).empty()
                                                                 ? std::string_view(subscriber.id)
                                                                 : std::string_view(*subscriber.instanceId),
                                                             subscriber.id);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });

    std::map<wire::Uuid, std::vector<std::size_t>> wanting;
    for (const std::size_t i : order)
        for (const wire::Uuid& topic : subscribers[i].topics)
            wanting[topic].push_back(i);
    Shares shares(subscribers.size());
    for (const auto& [topic, who] : wanting) {
        const auto count = counts.find(topic);
        if (count == counts.end()) continue;
        const auto members = static_cast<std::int32_t>(who.size());
        const std::int32_t each = count->second / members, extra = count->second % members;
        std::int32_t next = 0;
        for (std::int32_t i = 0; i < members; ++i)
            for (std::int32_t left = each + (i < extra ? 1 : 0); left > 0; --left)
                shares[who[static_cast<std::size_t>(i)]].emplace_hint(shares[who[static_cast<std::size_t>(i)]].end(),
                                                                      topic, next++);
    }
    return shares;
}

} // namespace millrace::broker
