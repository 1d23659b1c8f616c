#include "broker/consumers/consumer_entries.h"

#include <fmt/core.h>

namespace millrace::broker {

namespace {

// Far below what Journal and Reader bear, in bytes and in memory.
constexpr std::size_t kCostPerEntry = 1024 * 1024, kCostPerMember = 8 * 1024 * 1024;

std::vector<ConsumerEntry::Partitions> byTopic(const PartitionIds& ids) {
    std::vector<ConsumerEntry::Partitions> topics;
    for (const auto& [topic, index] : ids) {
        if (topics.empty() || topics.back().topic != topic) topics.push_back({topic, {}});
        topics.back().indexes.push_back(index);
    }
    return topics;
}

PartitionIds idsOf(const std::vector<ConsumerEntry::Partitions>& topics) {
    PartitionIds ids;
    for (const auto& topic : topics)
        for (const std::int32_t index : topic.indexes)
            ids.emplace(topic.topic, index);
    return ids;
}

ConsumerEntry::Member keptOf(const ConsumerMember& member) {
    return {member.id,
            member.instanceId,
            member.rackId,
            member.clientId,
            member.clientHost,
            member.rebalanceTimeoutMs,
            {member.topics.begin(), member.topics.end()},
            member.regex,
            member.assignor,
            member.epoch,
            member.previousEpoch,
            static_cast<std::int8_t>(member.state),
            byTopic(member.assigned),
            byTopic(member.revoking),
            byTopic(member.target)};
}

ConsumerMember memberOf(const ConsumerEntry::Member& kept) {
    return {kept.id,
            kept.instanceId,
            kept.rackId,
            kept.clientId,
            kept.clientHost,
            kept.rebalanceTimeoutMs,
            {kept.topics.begin(), kept.topics.end()},
            kept.regex,
            kept.assignor,
            kept.epoch,
            kept.previousEpoch,
            static_cast<ConsumerMember::State>(kept.state),
            idsOf(kept.assigned),
            idsOf(kept.revoking),
            idsOf(kept.target)};
}

/// About the bytes that it takes when it is read again.
std::size_t costOf(const ConsumerMember& member) {
    std::size_t cost = sizeof(ConsumerEntry::Member) + member.id.size() + member.clientId.size() +
                       member.clientHost.size() + member.regex.size();
    for (const auto* text : {&member.instanceId, &member.rackId, &member.assignor})
        if (*text) cost += (*text)->size();
    for (const std::string& topic : member.topics)
        cost += sizeof(std::string) + topic.size();
    return cost +
           sizeof(ConsumerEntry::Partitions) * (member.assigned.size() + member.revoking.size() + member.target.size());
}

} // namespace

Result<std::vector<ConsumerEntry>> entriesOf(const std::string& group, const ConsumerChange& change,
                                             std::int64_t emptySince, bool anew) {
    const auto begun = [&](bool first) {
        return ConsumerEntry{group,      first && anew, change.epoch, change.assignmentEpoch,
                             emptySince, std::nullopt,  {},           {}};
    };
    std::vector<ConsumerEntry> entries{begun(true)};
    std::size_t cost = 0;
    if (change.topics) {
        auto& topics = entries.back().topics.emplace();
        for (const auto& [name, shape] : *change.topics) {
            topics.push_back({name, shape.id, shape.partitions});
            cost += sizeof(ConsumerEntry::Topic) + name.size(); // names of topics are short
        }
    }
    const auto makeRoom = [&](std::size_t more) {
        if (cost + more > kCostPerEntry) {
            entries.push_back(begun(false));
            cost = 0;
        }
        cost += more;
    };
    for (const std::string& id : change.gone) {
        makeRoom(sizeof(std::string) + id.size());
        entries.back().gone.push_back(id);
    }
    for (const auto& [id, member] : change.members) {
        const std::size_t more = costOf(*member);
        if (more > kCostPerMember)
            return Error{ErrorCode::outOfRange,
                         fmt::format("what member {} wants and has takes {} bytes; a member may have {}", id, more,
                                     kCostPerMember)};
        makeRoom(more);
        entries.back().members.push_back(keptOf(*member));
    }
    return entries;
}

ConsumerChange changeOf(const ConsumerEntry& entry) {
    ConsumerChange change{entry.epoch, entry.assignmentEpoch, std::nullopt, {}, {entry.gone.begin(), entry.gone.end()}};
    if (entry.topics) {
        change.topics.emplace();
        for (const auto& topic : *entry.topics)
            (*change.topics)[topic.name] = {topic.id, topic.partitions};
    }
    for (const auto& kept : entry.members)
        change.members[kept.id] = std::make_shared<const ConsumerMember>(memberOf(kept));
    return change;
}

} // namespace millrace::broker
