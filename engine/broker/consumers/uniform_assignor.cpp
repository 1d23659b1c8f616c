#include "broker/consumers/assignors.h"

#include <algorithm>

namespace millrace::broker {

namespace {

/// Shares among those who want the same topics: only between them can a partition move.
class Sharing {
public:
    Sharing(const std::vector<Subscriber>& subscribers, const PartitionCounts& counts)
        : subscribers_(subscribers), loads_(subscribers.size()) {
        std::map<wire::Uuid, std::vector<std::size_t>> wanting;
        for (std::size_t i = 0; i < subscribers.size(); ++i)
            for (const wire::Uuid& topic : subscribers[i].topics)
                if (counts.contains(topic)) wanting[topic].push_back(i);
        std::map<std::vector<std::size_t>, std::size_t> numbers;
        for (auto& [topic, who] : wanting) {
            const auto [number, isNew] = numbers.try_emplace(std::move(who), circles_.size());
            if (isNew) circles_.push_back({number->first, {}, {}, {}});
            circles_[number->second].counts[topic] = counts.at(topic);
        }
        // Who has the least choice comes first.
        std::stable_sort(circles_.begin(), circles_.end(),
                         [](const Circle& a, const Circle& b) { return a.who.size() < b.who.size(); });
    }

    Shares run() {
        for (Circle& circle : circles_)
            keep(circle);
        for (Circle& circle : circles_)
            hand(circle);
        // Each move makes the sum of the squares of the loads less, so this ends.
        for (bool moved = true; moved;) {
            moved = false;
            for (Circle& circle : circles_)
                moved = balance(circle) || moved;
        }
        Shares shares(subscribers_.size());
        for (const Circle& circle : circles_)
            for (const auto& [who, partitions] : circle.held)
                shares[who].insert(partitions.begin(), partitions.end());
        return shares;
    }

private:
    struct Circle {
        std::vector<std::size_t> who;
        PartitionCounts counts; ///< of the topics that these want, and nobody else
        std::map<std::size_t, std::vector<PartitionId>> held;
        std::vector<PartitionId> free;
    };
    using ByLoad = std::set<std::pair<std::size_t, std::size_t>>; ///< load, subscriber

    /// What somebody had and still wants stays with it, at first.
    void keep(Circle& circle) {
        PartitionIds taken;
        for (const std::size_t i : circle.who) {
            for (const PartitionId& partition : subscribers_[i].had) {
                const auto count = circle.counts.find(partition.first);
                if (count == circle.counts.end() || partition.second >= count->second) continue;
                if (!taken.insert(partition).second) continue;
                circle.held[i].push_back(partition);
                ++loads_[i];
            }
        }
        for (const auto& [topic, count] : circle.counts)
            for (std::int32_t index = 0; index < count; ++index)
                if (!taken.contains({topic, index})) circle.free.emplace_back(topic, index);
    }

    ByLoad byLoad(const Circle& circle) const {
        ByLoad order;
        for (const std::size_t i : circle.who)
            order.emplace(loads_[i], i);
        return order;
    }

    void give(Circle& circle, ByLoad& order, const PartitionId& partition) {
        const std::size_t least = order.extract(order.begin()).value().second;
        circle.held[least].push_back(partition);
        order.emplace(++loads_[least], least);
    }

    void hand(Circle& circle) {
        ByLoad order = byLoad(circle);
        for (const PartitionId& partition : circle.free)
            give(circle, order, partition);
    }

    /// Moves from who has most to who has least until they are even, or those with more have nothing of this circle.
    bool balance(Circle& circle) {
        ByLoad order = byLoad(circle);
        ByLoad givers;
        for (const auto& [i, partitions] : circle.held)
            if (!partitions.empty()) givers.emplace(loads_[i], i);
        bool moved = false;
        while (!givers.empty()) {
            const auto [load, giver] = *std::prev(givers.end());
            const auto [least, taker] = *order.begin();
            if (load <= least + 1) break;
            const PartitionId partition = circle.held[giver].back();
            circle.held[giver].pop_back();
            order.erase({load, giver});
            order.emplace(--loads_[giver], giver);
            givers.erase({load, giver});
            if (!circle.held[giver].empty()) givers.emplace(loads_[giver], giver);
            givers.erase({least, taker});
            give(circle, order, partition);
            givers.emplace(loads_[taker], taker);
            moved = true;
        }
        return moved;
    }

    const std::vector<Subscriber>& subscribers_;
    std::vector<std::size_t> loads_;
    std::vector<Circle> circles_;
};

} // namespace

Shares shareUniformly(const std::vector<Subscriber>& subscribers, const PartitionCounts& counts) {
    return Sharing(subscribers, counts).run();
}

} // namespace millrace::broker
