#include "broker/groups/offset_expiry.h"

#include <algorithm>

namespace millrace::broker {

std::set<TopicPartition> expiredOffsets(const Group& group, EpochMs now, std::chrono::milliseconds retention) {
    std::set<TopicPartition> expired;
    const bool empty = group.consumers ? !group.hasMembers() : group.state == GroupState::empty;
    if (!empty && !group.consumers && group.state != GroupState::stable) return expired;
    const auto wanted = group.subscribedTopics();
    if (!wanted) return expired; // any of them may be in use
    for (const auto& [where, offset] : group.offsets) {
        if (wanted->contains(where.first) || group.unstable.contains(where)) continue;
        const EpochMs since = empty ? std::max(group.emptySince, offset.commitTime) : offset.commitTime;
        const EpochMs end = offset.expireTime >= 0 ? offset.expireTime : since + retention.count();
        if (now >= end) expired.insert(where);
    }
    return expired;
}

} // namespace millrace::broker
