#include "broker/config_alteration.h"

#include "broker/topic_config_check.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

ConfigAlteration beginAlteration(std::int8_t resourceType, const std::string& resourceName, const Context& context) {
    constexpr std::int8_t kTopicResource = 2;
    ConfigAlteration alteration;
    alteration.resourceType = resourceType;
    alteration.resourceName = resourceName;
    if (resourceType != kTopicResource) {
        alteration.refuse(kInvalidRequest, "only topic configs can be changed while the broker runs");
    } else if (const auto topic = context.topics.find(resourceName)) {
        alteration.configs = topic->configs;
    } else {
        alteration.refuse(kUnknownTopicOrPartition, "there is no topic " + resourceName);
    }
    return alteration;
}

void alter(std::vector<ConfigAlteration> alterations, bool validateOnly, Context& context,
           std::function<void(std::vector<ConfigAlteration>)> done) {
    std::vector<TopicChange> changes;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < alterations.size(); ++i) {
        ConfigAlteration& alteration = alterations[i];
        if (alteration.error != kNone) continue;
        if (auto status = checkTopicConfigs(alteration.configs); !status) {
            alteration.refuse(kInvalidConfig, status.error().message);
            continue;
        }
        changes.push_back({TopicChange::Kind::configure, alteration.resourceName, 0, alteration.configs, validateOnly});
        places.push_back(i);
    }
    context.topics.change(std::move(changes), [alterations = std::move(alterations), places,
                                               done](const std::vector<TopicOutcome>& outcomes) mutable {
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            if (outcomes[i].error != kNone) alterations[places[i]].refuse(outcomes[i].error, outcomes[i].message);
        done(std::move(alterations));
    });
}

} // namespace millrace::broker
