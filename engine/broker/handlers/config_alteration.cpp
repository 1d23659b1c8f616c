#include "broker/handlers/config_alteration.h"

#include "broker/common/distinct.h"
#include "broker/requests/authorize.h"
#include "wire/error_code.h"

#include <memory>
#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

/// Alterations on their way: told when the last of them is done.
struct Alterations {
    std::vector<ConfigAlteration> all;
    std::size_t open = 1; ///< who begins them counts, too
    std::function<void(std::vector<ConfigAlteration>)> done;

    void finish(std::size_t count = 1) {
        open -= count;
        if (open == 0) done(std::move(all));
    }
};

void alterTopics(const std::shared_ptr<Alterations>& alterations, const std::vector<std::size_t>& places,
                 bool validateOnly, Context& context) {
    std::vector<TopicChange> changes;
    for (const std::size_t place : places) {
        ConfigAlteration& alteration = alterations->all[place];
        changes.push_back({ConfigureTopic{alteration.resourceName, std::move(alteration.edit)}, validateOnly});
    }
    alterations->open += places.size();
    context.topics.change(std::move(changes), [alterations, places](const std::vector<TopicOutcome>& outcomes) {
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            alterations->all[places[i]].refusal = {outcomes[i].error, outcomes[i].message};
        alterations->finish(outcomes.size());
    });
}

void alterBroker(const std::shared_ptr<Alterations>& alterations, std::size_t place, bool validateOnly,
                 Context& context) {
    ConfigAlteration& alteration = alterations->all[place];
    ++alterations->open;
    context.brokerConfigs.change(alteration.resourceName, std::move(alteration.edit), validateOnly,
                                 [alterations, place](Refusal refusal) {
                                     alterations->all[place].refusal = std::move(refusal);
                                     alterations->finish();
                                 });
}

/// Of brokers it is a right on the cluster.
std::int16_t checkRight(const ConfigAlteration& alteration, const Call& call, const Context& context) {
    using enum Access::Operation;
    if (alteration.resourceType == kTopicResource)
        return topicRefusal(call, context, alterConfigs, alteration.resourceName);
    if (alteration.resourceType != kBrokerResource) return kNone;
    return refusal(call, context, {Access::Resource::cluster, alterConfigs}, kClusterName);
}

} // namespace

void alter(std::vector<ConfigAlteration> all, bool validateOnly, const Call& call, Context& context,
           std::function<void(std::vector<ConfigAlteration>)> done) {
    const auto resource = [](const ConfigAlteration& each) { return std::pair(each.resourceType, each.resourceName); };
    const auto twice = repeated(all, resource);
    const auto alterations = std::make_shared<Alterations>();
    alterations->all = std::move(all);
    alterations->done = std::move(done);
    std::vector<std::size_t> topics;
    for (std::size_t i = 0; i < alterations->all.size(); ++i) {
        ConfigAlteration& alteration = alterations->all[i];
        if (twice.contains(resource(alteration)))
            alteration.refusal = {kInvalidRequest, "each resource may be named once in a request"};
        else if (const std::int16_t error = checkRight(alteration, call, context))
            alteration.refusal = {error, "not allowed to alter its configs"};
        else if (alteration.resourceType == kTopicResource)
            topics.push_back(i);
        else if (alteration.resourceType == kBrokerResource)
            alterBroker(alterations, i, validateOnly, context);
        else
            alteration.refusal = {kInvalidRequest, "configs of topics and brokers can be changed here"};
    }
    alterTopics(alterations, topics, validateOnly, context);
    alterations->finish();
}

} // namespace millrace::broker
