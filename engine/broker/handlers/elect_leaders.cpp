#include "wire/messages/elect_leaders.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr std::int8_t kPreferred = 0, kUnclean = 1;

/// The one replica leads already, unless it is offline: then there is none that could.
Refusal outcomeOf(const TopicMetadata* topic, std::int32_t index, std::int8_t type, const Context& context) {
    if (!topic || !topic->partition(index)) return {kUnknownTopicOrPartition, "there is no such partition"};
    const auto replica = context.replicas.find(topic->id, index);
    if (!replica || !replica->offline()) return {kElectionNotNeeded, "the preferred replica leads already"};
    return {type == kPreferred ? kPreferredLeaderNotAvailable : kEligibleLeadersNotAvailable,
            "the only replica is offline, see the broker's log"};
}

using TopicAnswer = wire::ElectLeadersResponse::Topic;

void add(TopicAnswer& answer, std::int32_t index, Refusal outcome) {
    answer.partitionResult.push_back({index, outcome.error, std::move(outcome.message)});
}

/// All topics are named, as by Kafka, but of their partitions only those that need a leader.
std::vector<TopicAnswer> electAll(std::int8_t type, const Context& context) {
    std::vector<TopicAnswer> answers;
    for (const auto& [name, topic] : context.metadata.all()) {
        auto& answer = answers.emplace_back(TopicAnswer{name, {}});
        for (std::int32_t index = 0; index < topic->partitionCount(); ++index)
            if (auto outcome = outcomeOf(topic.get(), index, type, context); outcome.error != kElectionNotNeeded)
                add(answer, index, std::move(outcome));
    }
    return answers;
}

} // namespace

Answer<wire::ElectLeadersResponse> electLeaders(const wire::ElectLeadersRequest& request, const Call&,
                                                Context& context) {
    wire::ElectLeadersResponse response;
    const bool known = request.electionType == kPreferred || request.electionType == kUnclean;
    if (!known) response.errorCode = kInvalidRequest;
    if (!request.topicPartitions) {
        if (known) response.replicaElectionResults = electAll(request.electionType, context);
        return response;
    }
    for (const auto& asked : *request.topicPartitions) {
        const auto topic = context.metadata.find(asked.topic);
        auto& answer = response.replicaElectionResults.emplace_back(TopicAnswer{asked.topic, {}});
        for (const std::int32_t index : asked.partitions)
            add(answer, index,
                known ? outcomeOf(topic.get(), index, request.electionType, context)
                      : Refusal{kInvalidRequest, "an election is preferred, 0, or unclean, 1"});
    }
    return response;
}

ApiRow electLeadersRow() {
    return rowOf<electLeaders>({Access::Resource::cluster, Access::Operation::alter});
}

} // namespace millrace::broker
