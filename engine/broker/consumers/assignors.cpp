#include "broker/consumers/assignors.h"

#include <algorithm>

namespace millrace::broker {

const Assignor* findAssignor(std::string_view name) {
    const auto it = std::find_if(kAssignors.begin(), kAssignors.end(), [&](const auto& a) { return a.name == name; });
    return it == kAssignors.end() ? nullptr : &*it;
}

std::map<wire::Uuid, std::vector<std::size_t>> subscribersByTopic(const std::vector<Subscriber>& subscribers,
                                                                  const std::vector<std::size_t>& order) {
    std::map<const TopicIds*, std::vector<std::size_t>> alike; // by their places in `order`
    for (std::size_t place = 0; place < order.size(); ++place)
        alike[subscribers[order[place]].topics.get()].push_back(place);
    std::map<wire::Uuid, std::vector<std::size_t>> wanting;
    for (const auto& [topics, places] : alike)
        for (const wire::Uuid& topic : *topics)
            wanting[topic].insert(wanting[topic].end(), places.begin(), places.end());
    for (auto& [topic, places] : wanting) {
        std::sort(places.begin(), places.end());
        for (std::size_t& place : places)
            place = order[place];
    }
    return wanting;
}

} // namespace millrace::broker
