#include "wire/messages/delete_topics.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

Answer<wire::DeleteTopicsResponse> deleteTopics(const wire::DeleteTopicsRequest& request, const Call& call,
                                                Context& context) {
    constexpr wire::Version kTopicIds = 6;
    auto asked = request.topics;
    if (call.version < kTopicIds)
        for (const std::string& name : request.topicNames)
            asked.push_back({name, {}});
    wire::DeleteTopicsResponse response;
    std::vector<TopicChange> changes;
    std::vector<std::size_t> places;
    for (const auto& topic : asked) {
        auto& result = response.responses.emplace_back();
        const auto known = topic.name ? context.metadata.find(*topic.name) : context.metadata.find(topic.topicId);
        result.name = known ? std::optional(known->name) : topic.name;
        result.topicId = known ? known->id : topic.topicId;
        if (!context.settings.deleteTopics)
            result.errorCode = kTopicDeletionDisabled;
        else if (!known)
            result.errorCode = topic.name ? kUnknownTopicOrPartition : kUnknownTopicId;
        if (result.errorCode != kNone) continue;
        changes.push_back({RemoveTopic{known->name}});
        places.push_back(response.responses.size() - 1);
    }
    const Pending<wire::DeleteTopicsResponse> pending;
    context.topics.change(std::move(changes), [pending, places, response = std::move(response)](
                                                  std::vector<TopicOutcome> outcomes) mutable {
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            response.responses[places[i]].errorCode = outcomes[i].error;
            if (outcomes[i].error != kNone) response.responses[places[i]].errorMessage = outcomes[i].message;
        }
        pending.complete(std::move(response));
    });
    return pending;
}

ApiRow deleteTopicsRow() {
    return rowOf<deleteTopics>({Access::Resource::topic, Access::Operation::remove});
}

} // namespace millrace::broker
