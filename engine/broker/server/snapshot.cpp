#include "broker/server/snapshot.h"

#include "broker/server/broker_core.h"

namespace millrace::broker {

namespace {

std::uint64_t valueOf(const Counter& counter) {
    return static_cast<std::uint64_t>(counter.get());
}

PartitionSnapshot snapshotOf(const Partition& partition) {
    const storage::PartitionLog& log = partition.log();
    const TrafficCounters& counters = partition.counters;
    return {partition.index(),
            log.logStart(),
            partition.highWatermark(),
            log.sizeBytes(),
            valueOf(counters.recordsIn),
            valueOf(counters.bytesIn),
            valueOf(counters.recordsOut),
            valueOf(counters.bytesOut)};
}

/// Topics that are gone have no name any more, and nobody reads them.
std::vector<AssignedTopic> namedOf(const PartitionIds& ids, const ClusterMetadata& metadata) {
    std::vector<AssignedTopic> topics;
    wire::Uuid last;
    for (const auto& [id, index] : ids) {
        const auto topic = metadata.find(id);
        if (!topic) continue;
        if (id != last) topics.push_back({topic->name, {}});
        last = id;
        topics.back().partitions.push_back(index);
    }
    return topics;
}

GroupSnapshot snapshotOf(const Group& group, const ClusterMetadata& metadata) {
    GroupSnapshot snapshot{group.id, group.stateName(), group.protocolType, {}, {}};
    for (const auto& member : group.members)
        snapshot.members.push_back({member->id, member->clientId, member->clientHost, member->assigned});
    if (group.consumers)
        for (const auto& [id, member] : group.consumers->members)
            snapshot.members.push_back({id, member->clientId, member->clientHost, namedOf(member->assigned, metadata)});
    for (const auto& [where, offset] : group.offsets)
        snapshot.offsets.push_back({where.first, where.second, offset.offset, offset.commitTime});
    return snapshot;
}

} // namespace

BrokerSnapshot BrokerCore::snapshot() const {
    BrokerSnapshot snapshot;
    for (const auto& [name, topic] : metadata_.all()) {
        auto& entry = snapshot.topics.emplace_back();
        entry.name = name;
        entry.internal = isInternalTopic(name);
        for (const auto& [index, replica] : replicas_.of(topic->id))
            entry.partitions.push_back(snapshotOf(*replica));
    }
    for (const auto& [id, group] : groups_.all())
        snapshot.groups.push_back(snapshotOf(group, metadata_));
    snapshot.recordsIn = valueOf(counters_.recordsIn);
    snapshot.bytesIn = valueOf(counters_.bytesIn);
    snapshot.recordsOut = valueOf(counters_.recordsOut);
    snapshot.bytesOut = valueOf(counters_.bytesOut);
    snapshot.produceRequests = valueOf(counters_.produceRequests);
    snapshot.fetchRequests = valueOf(counters_.fetchRequests);
    snapshot.failedRequests = valueOf(counters_.failedRequests);
    return snapshot;
}

} // namespace millrace::broker
