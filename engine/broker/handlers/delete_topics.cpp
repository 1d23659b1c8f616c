#include "wire/messages/delete_topics.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Removed = wire::DeleteTopicsResponse::Response;

/// What is asked for, by name or by id, and is known by both where it is there.
std::vector<Removed> resolved(const wire::DeleteTopicsRequest& request, const Call& call, const Context& context) {
    constexpr wire::Version kTopicIds = 6;
    auto asked = request.topics;
    if (call.version < kTopicIds)
        for (const std::string& name : request.topicNames)
            asked.push_back({name, {}});
    std::vector<Removed> results;
    for (const auto& topic : asked) {
        auto& result = results.emplace_back();
        const auto known = topic.name ? context.metadata.find(*topic.name) : context.metadata.find(topic.topicId);
        result.name = known ? std::optional(known->name) : topic.name;
        result.topicId = known ? known->id : topic.topicId;
        if (!context.settings.deleteTopics)
            result.errorCode = kTopicDeletionDisabled;
        else if (!known && !topic.name)
            result.errorCode = kUnknownTopicId;
        else if (result.errorCode = topicRefusal(call, context, Access::Operation::remove, *result.name);
                 result.errorCode == kNone && !known)
            result.errorCode = kUnknownTopicOrPartition;
        if (topic.name || !known || maySeeTopic(call, context, known->name)) continue;
        result.errorCode = kTopicAuthorizationFailed; // and the name that belongs to the id is not told
        result.name.reset();
    }
    return results;
}

} // namespace

/// A topic that is asked for twice is answered once, and stays.
Answer<wire::DeleteTopicsResponse> deleteTopics(const wire::DeleteTopicsRequest& request, const Call& call,
                                                Context& context) {
    const auto asked = resolved(request, call, context);
    const auto key = [](const Removed& topic) { return std::pair(topic.name, topic.topicId); };
    const auto twice = repeated(asked, key);
    wire::DeleteTopicsResponse response;
    std::vector<TopicChange> changes;
    std::vector<std::size_t> places;
    for (const Removed* topic : distinct(asked, key)) {
        auto& result = response.responses.emplace_back(*topic);
        if (result.errorCode == kNone && twice.contains(key(result))) {
            result.errorCode = kInvalidRequest;
            result.errorMessage = fmt::format("topic {} appears more than once", *result.name);
        }
        if (result.errorCode != kNone) continue;
        changes.push_back({RemoveTopic{*result.name}});
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
