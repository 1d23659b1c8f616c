#include "wire/messages/list_config_resources.h"
#include "broker/handlers/config_alteration.h"
#include "broker/requests/api_row.h"
#include "wire/error_code.h"

#include <algorithm>
#include <set>

namespace millrace::broker {

namespace {
constexpr std::int8_t kBrokerLoggers = 8, kClientMetrics = 16, kGroups = 32;
constexpr wire::Version kHasTypes = 1; ///< before, it is all about client metrics
} // namespace

/// Loggers, subscriptions to client metrics, and groups have no configs here, so that none of them are listed.
Answer<wire::ListConfigResourcesResponse> listConfigResources(const wire::ListConfigResourcesRequest& request,
                                                              const Call& call, Context& context) {
    wire::ListConfigResourcesResponse response;
    if (call.version < kHasTypes) return response;
    const std::set<std::int8_t> all{kTopicResource, kBrokerResource, kBrokerLoggers, kClientMetrics, kGroups};
    const std::set<std::int8_t> wanted(request.resourceTypes.begin(), request.resourceTypes.end());
    if (!std::ranges::includes(all, wanted)) {
        response.errorCode = wire::error::kUnsupportedVersion;
        return response;
    }
    const auto lists = [&](std::int8_t type) { return wanted.empty() || wanted.contains(type); };
    if (lists(kTopicResource))
        for (const auto& [name, topic] : context.metadata.all())
            response.configResources.push_back({name, kTopicResource});
    if (lists(kBrokerResource))
        response.configResources.push_back({std::to_string(context.settings.nodeId), kBrokerResource});
    return response;
}

ApiRow listConfigResourcesRow() {
    return rowOf<listConfigResources>({Access::Resource::cluster, Access::Operation::describeConfigs});
}

} // namespace millrace::broker
