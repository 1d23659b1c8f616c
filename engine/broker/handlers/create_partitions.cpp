#include "wire/messages/create_partitions.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

Answer<wire::CreatePartitionsResponse> createPartitions(const wire::CreatePartitionsRequest& request, const Call&,
                                                        Context& context) {
    std::vector<TopicChange> changes;
    for (const auto& topic : request.topics)
        changes.push_back({GrowTopic{topic.name, topic.count}, request.validateOnly});
    const Pending<wire::CreatePartitionsResponse> pending;
    context.topics.change(changes, [pending, changes](const std::vector<TopicOutcome>& outcomes) {
        wire::CreatePartitionsResponse response;
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            auto& result = response.results.emplace_back();
            result.name = changes[i].topic();
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
