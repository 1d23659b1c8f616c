#include "wire/messages/offset_fetch.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <set>
#include <string_view>
#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr wire::Version kBatched = 8;
constexpr Access kSeeGroupOffsets{Access::Resource::group, Access::Operation::describe};

/// Both forms of the answer name their fields alike, so one text serves them.
template <typename Topics, typename Asked>
Topics offsetsOf(const Group* group, const std::optional<std::vector<Asked>>& asked, bool requireStable,
                 const Call& call, const Context& context) {
    static const CommittedOffset none;
    Topics topics;
    const auto add = [&](auto& topic, std::int32_t index, const CommittedOffset& offset) {
        auto& partition = topic.partitions.emplace_back();
        partition.partitionIndex = index;
        if (requireStable && group && group->unstable.contains({topic.name, index})) {
            partition.errorCode = kUnstableOffsetCommit; // an open transaction may change it: clients ask again
            partition.committedOffset = -1;
            return;
        }
        partition.committedOffset = offset.offset;
        partition.committedLeaderEpoch = offset.leaderEpoch;
        partition.metadata = offset.metadata;
    };
    if (!asked) {
        if (!group) return topics;
        for (const auto& [where, offset] : group->offsets) {
            if (!maySeeTopic(call, context, where.first)) continue;
            if (topics.empty() || topics.back().name != where.first) topics.emplace_back().name = where.first;
            add(topics.back(), where.second, offset);
        }
        return topics;
    }
    std::set<std::pair<std::string_view, std::int32_t>> answered; // metadata of one offset may be long
    for (const auto& topic : *asked) {
        auto& answer = topics.emplace_back();
        answer.name = topic.name;
        const std::int16_t forbidden = topicRefusal(call, context, Access::Operation::describe, topic.name);
        for (const std::int32_t index : topic.partitionIndexes) {
            if (!answered.emplace(topic.name, index).second) continue;
            if (forbidden) {
                add(answer, index, none);
                answer.partitions.back().errorCode = forbidden;
                continue;
            }
            const auto it = group ? group->offsets.find({topic.name, index})
                                  : std::map<TopicPartition, CommittedOffset>::const_iterator();
            add(answer, index, group && it != group->offsets.end() ? it->second : none);
        }
    }
    return topics;
}

/// In the first version, which knew of offsets in ZooKeeper only, what nobody has committed is an error.
void tellMissing(wire::OffsetFetchResponse& response) {
    for (auto& topic : response.topics)
        for (auto& partition : topic.partitions)
            if (partition.committedOffset < 0) partition.errorCode = kUnknownTopicOrPartition;
}

/// Only who says that it is a member is asked (KIP-848): tools and consumers outside of groups name none.
std::int16_t whyNotTold(const Group* group, const wire::OffsetFetchRequest::Group& asked) {
    if (!group || !group->consumers || (!asked.memberId && asked.memberEpoch < 0)) return kNone;
    return whyNotNow(*group->consumers, asked.memberId.value_or(""), std::nullopt, asked.memberEpoch);
}

/// The first versions have no error for all of an answer.
wire::OffsetFetchResponse refusedWhole(const wire::OffsetFetchRequest& request, wire::OffsetFetchResponse response,
                                       wire::Version version) {
    constexpr wire::Version kHasError = 2;
    if (version >= kHasError || !request.topics) return response;
    for (const auto& asked : *request.topics) {
        auto& topic = response.topics.emplace_back();
        topic.name = asked.name;
        for (const std::int32_t index : asked.partitionIndexes) {
            auto& partition = topic.partitions.emplace_back();
            partition.partitionIndex = index;
            partition.committedOffset = -1;
            partition.errorCode = response.errorCode;
        }
    }
    return response;
}

} // namespace

Answer<wire::OffsetFetchResponse> offsetFetch(const wire::OffsetFetchRequest& request, const Call& call,
                                              Context& context) {
    wire::OffsetFetchResponse response;
    if (call.version < kBatched) {
        response.errorCode = refusal(call, context, kSeeGroupOffsets, request.groupId);
        if (response.errorCode != kNone) return refusedWhole(request, std::move(response), call.version);
        response.topics = offsetsOf<decltype(response.topics)>(context.groups.find(request.groupId), request.topics,
                                                               request.requireStable, call, context);
        if (call.version == 0) tellMissing(response);
        return response;
    }
    const auto id = [](const auto& asked) { return std::string_view(asked.groupId); };
    for (const auto* asked : distinct(request.groups, id)) {
        auto& answer = response.groups.emplace_back();
        answer.groupId = asked->groupId;
        answer.errorCode = refusal(call, context, kSeeGroupOffsets, asked->groupId);
        if (answer.errorCode == kNone) answer.errorCode = whyNotTold(context.groups.find(asked->groupId), *asked);
        if (answer.errorCode != kNone) continue;
        answer.topics = offsetsOf<decltype(answer.topics)>(context.groups.find(asked->groupId), asked->topics,
                                                           request.requireStable, call, context);
    }
    return response;
}

ApiRow offsetFetchRow() {
    ApiRow row = rowOf<offsetFetch>(kSeeGroupOffsets);
    row.handlerAuthorizes = true; // later versions name several groups
    return row;
}

} // namespace millrace::broker
