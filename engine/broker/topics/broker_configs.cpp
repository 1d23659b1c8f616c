#include "broker/topics/broker_configs.h"

#include "wire/error_code.h"

#include <fmt/core.h>

#include <utility>

namespace millrace::broker {

using namespace wire::error;

void BrokerConfigs::open() {
    const auto kept = [this](const std::string& broker) {
        const auto& all = topics_.journal().brokerConfigs();
        const auto it = all.find(broker);
        ConfigMap configs;
        if (it == all.end()) return configs;
        for (auto& [name, value] : it->second.configMap()) {
            ConfigMap one{{name, value}};
            if (auto settled = settleDynamicConfigs(one); !settled)
                log_.warning("", "a broker config that was set while the broker ran is left out: {}",
                             settled.error().message);
            else
                configs.merge(one);
        }
        return configs;
    };
    auto cluster = kept({}), own = kept(std::to_string(settings_.nodeId));
    if (cluster.empty() && own.empty()) return;
    topics_.changeSettings([&] { settings_.changeDynamic(std::move(cluster), std::move(own)); });
}

void BrokerConfigs::change(std::string broker, ConfigEdit edit, bool validateOnly, Done done) {
    jobs_.push_back({std::move(broker), std::move(edit), validateOnly, std::move(done)});
    if (jobs_.size() == 1) run();
}

Refusal BrokerConfigs::whyNot(const std::string& broker) const {
    if (broker.empty() || broker == std::to_string(settings_.nodeId)) return {};
    return {kInvalidRequest, fmt::format("this cluster has only broker {}", settings_.nodeId)};
}

void BrokerConfigs::run() {
    while (!jobs_.empty()) {
        const Job& job = jobs_.front();
        ConfigMap configs = job.broker.empty() ? settings_.layers.cluster : settings_.layers.own;
        Refusal refusal = whyNot(job.broker);
        if (refusal.error == kNone) refusal = job.edit(configs);
        if (refusal.error == kNone)
            if (auto settled = settleDynamicConfigs(configs); !settled)
                refusal = {kInvalidRequest, settled.error().message};
        if (refusal.error == kNone && !job.validateOnly) return write(std::move(configs));
        finish(std::move(refusal));
    }
}

void BrokerConfigs::write(ConfigMap configs) {
    slow_.post([this, broker = jobs_.front().broker, configs = std::move(configs)] {
        const TopicEntry entry = TopicEntry::ofConfigs(TopicEntry::brokerConfigs, broker, configs);
        loop_.post([this, configs, written = topics_.journal().append({&entry, 1})] {
            if (written) return apply(configs);
            log_.error("", "broker configs cannot be kept: {}", written.error().message);
            finish({kStorageError, written.error().message});
            run();
        });
    });
}

void BrokerConfigs::apply(const ConfigMap& configs) {
    topics_.changeSettings([this, configs] {
        const bool all = jobs_.front().broker.empty();
        settings_.changeDynamic(all ? configs : settings_.layers.cluster, all ? settings_.layers.own : configs);
        loop_.post([this] { // the topics have followed by then
            finish({});
            run();
        });
    });
}

/// The job stays in front until it was told, as in Topics.
void BrokerConfigs::finish(Refusal refusal) {
    jobs_.front().done(std::move(refusal));
    jobs_.pop_front();
}

} // namespace millrace::broker
