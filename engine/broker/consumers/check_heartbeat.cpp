// What can be said of a heartbeat without its group.
#include "broker/consumers/assignors.h"
#include "broker/consumers/judge_heartbeat.h"
#include "broker/consumers/subscription_regex.h"
#include "wire/error_code.h"

#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr wire::Version kNamesItself = 1; // KIP-1082

using Asked = wire::ConsumerGroupHeartbeatRequest;

/// Empty when nothing is wrong.
std::string whatIsWrongWithJoin(const Asked& request) {
    if (request.rebalanceTimeoutMs < 0) return "RebalanceTimeoutMs must be given by who joins";
    if (!request.topicPartitions || !request.topicPartitions->empty())
        return "TopicPartitions must be given, and empty, by who joins: it has none";
    if (!request.subscribedTopicNames && !request.subscribedTopicRegex)
        return "SubscribedTopicNames or SubscribedTopicRegex must be given by who joins";
    return {};
}

std::string whatIsWrong(const Asked& request, wire::Version version) {
    const std::int32_t epoch = request.memberEpoch;
    if (request.groupId.find_first_not_of(" \t\r\n") == std::string::npos) return "GroupId must not be empty";
    if (request.memberId.empty() && (version >= kNamesItself || epoch != ConsumerMember::kJoining))
        return "MemberId must not be empty";
    if (request.instanceId && request.instanceId->empty()) return "InstanceId must not be empty";
    if (request.rackId && request.rackId->empty()) return "RackId must not be empty";
    if (epoch < ConsumerMember::kAway) return fmt::format("MemberEpoch {} is none", epoch);
    if (epoch == ConsumerMember::kAway && !request.instanceId) return "InstanceId must be given by who comes back";
    return epoch == ConsumerMember::kJoining ? whatIsWrongWithJoin(request) : std::string();
}

std::string assignorNames() {
    std::string names;
    for (const Assignor& assignor : kAssignors)
        names += (names.empty() ? "" : ", ") + std::string(assignor.name);
    return names;
}

} // namespace

HeartbeatVerdict checkHeartbeat(const Asked& request, wire::Version version) {
    if (std::string wrong = whatIsWrong(request, version); !wrong.empty())
        return {kInvalidRequest, std::move(wrong), std::nullopt, false};
    if (request.serverAssignor && !findAssignor(*request.serverAssignor))
        return {kUnsupportedAssignor,
                fmt::format("there is no assignor {}: choose one of {}", *request.serverAssignor, assignorNames()),
                std::nullopt, false};
    if (request.subscribedTopicRegex && !request.subscribedTopicRegex->empty())
        if (auto regex = compileSubscription(*request.subscribedTopicRegex); !regex)
            return {kInvalidRegularExpression,
                    fmt::format("SubscribedTopicRegex '{}' cannot be used: {}", *request.subscribedTopicRegex,
                                regex.error().message),
                    std::nullopt, false};
    return {};
}

} // namespace millrace::broker
