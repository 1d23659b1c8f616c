#include "wire/messages/create_partitions.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

Answer<wire::CreatePartitionsResponse> createPartitions(const wire::CreatePartitionsRequest& request, const Call& call,
                                                        Context& context) {
    using Asked = wire::CreatePartitionsRequest::Topic;
    const auto name = [](const Asked& topic) { return topic.name; };
    const auto twice = repeated(request.topics, name);
    wire::CreatePartitionsResponse response;
    std::vector<TopicChange> changes;
    std::vector<std::size_t> places;
    for (const Asked* topic : distinct(request.topics, name)) {
        auto& result = response.results.emplace_back();
        result.name = topic->name;
        if (twice.contains(topic->name)) {
            result.errorCode = kInvalidRequest;
            result.errorMessage = fmt::format("topic {} appears more than once", topic->name);
            continue;
        }
        if (result.errorCode = topicRefusal(call, context, Access::Operation::alter, topic->name);
            result.errorCode != kNone)
            continue;
        changes.push_back({GrowTopic{topic->name, topic->count}, request.validateOnly});
        places.push_back(response.results.size() - 1);
    }
    const Pending<wire::CreatePartitionsResponse> pending;
    context.topics.change(std::move(changes), [pending, places, response = std::move(response)](
                                                  const std::vector<TopicOutcome>& outcomes) mutable {
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            auto& result = response.results[places[i]];
            result.errorCode = outcomes[i].error;
            if (outcomes[i].error != kNone) result.errorMessage = outcomes[i].message;
        }
        pending.complete(std::move(response));
    });
    return pending;
}

ApiRow createPartitionsRow() {
    return rowOf<createPartitions>({Access::Resource::topic, Access::Operation::alter});
}

} // namespace millrace::broker
