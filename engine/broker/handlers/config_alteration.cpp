#include "broker/handlers/config_alteration.h"

#include "broker/common/distinct.h"
#include "wire/error_code.h"

#include <utility>

namespace millrace::broker {

using namespace wire::error;

void alter(std::vector<ConfigAlteration> alterations, bool validateOnly, Context& context,
           std::function<void(std::vector<ConfigAlteration>)> done) {
    constexpr std::int8_t kTopicResource = 2;
    const auto resource = [](const ConfigAlteration& each) { return std::pair(each.resourceType, each.resourceName); };
    const auto twice = repeated(alterations, resource);
    std::vector<TopicChange> changes;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < alterations.size(); ++i) {
        ConfigAlteration& alteration = alterations[i];
        if (alteration.resourceType != kTopicResource) {
            alteration.refusal = {kInvalidRequest, "only topic configs can be changed while the broker runs"};
            continue;
        }
        if (twice.contains(resource(alteration))) {
            alteration.refusal = {kInvalidRequest, "each resource may be named once in a request"};
            continue;
        }
        changes.push_back({ConfigureTopic{alteration.resourceName, std::move(alteration.edit)}, validateOnly});
        places.push_back(i);
    }
    context.topics.change(std::move(changes), [alterations = std::move(alterations), places,
                                               done](const std::vector<TopicOutcome>& outcomes) mutable {
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            alterations[places[i]].refusal = {outcomes[i].error, outcomes[i].message};
        done(std::move(alterations));
    });
}

} // namespace millrace::broker
