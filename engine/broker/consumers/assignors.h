#pragma once

#include "broker/consumers/consumer_group.h"

#include <array>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// Who shares in what, as an assignor sees it.
struct Subscriber {
    std::string id;
    std::optional<std::string> instanceId;
    PartitionIds had;            ///< its target so far
    std::set<wire::Uuid> topics; ///< that are there, see Shares
};
/// How many partitions each topic has.
using PartitionCounts = std::map<wire::Uuid, std::int32_t>;
/// What each subscriber is to have, in their order. Every partition of a topic that somebody wants is in one of them.
using Shares = std::vector<PartitionIds>;

/// As even as subscriptions allow: whoever has a partition of a topic has at most one more in all than any other who
/// wants that topic. Of what each had as much stays with it as this allows.
Shares shareUniformly(const std::vector<Subscriber>& subscribers, const PartitionCounts& counts);
/// Topic by topic, neighbouring partitions to each: topics with as many partitions and the same subscribers are shared
/// alike, so that who joins them finds both sides in one place. Subscribers stand in the order of their instance ids,
/// or else of their ids, so a static member that comes back has what it had.
Shares shareByRange(const std::vector<Subscriber>& subscribers, const PartitionCounts& counts);

struct Assignor {
    std::string_view name;
    Shares (*share)(const std::vector<Subscriber>&, const PartitionCounts&);
};
/// By Kafka's names; the first is for groups that want none.
inline constexpr std::array<Assignor, 2> kAssignors{{{"uniform", &shareUniformly}, {"range", &shareByRange}}};
/// Null when there is none.
const Assignor* findAssignor(std::string_view name);

} // namespace millrace::broker
