#pragma once

#include "base/executor.h"
#include "base/log.h"
#include "broker/settings/broker_settings.h"
#include "broker/topics/topics.h"

#include <deque>
#include <functional>
#include <string>

namespace millrace::broker {

/// What clients set of the broker's configs while it runs, for this broker or for all of the cluster. Kept in the
/// journal of topics; changes are done one after the other, and are on stable storage before they count. Loop thread
/// only.
class BrokerConfigs {
public:
    using Done = std::function<void(Refusal)>;

    /// All outlive it; `settings` are changed by it alone once the broker runs.
    BrokerConfigs(BrokerSettings& settings, Topics& topics, Executor& loop, Executor& slow, Log& log)
        : settings_(settings), topics_(topics), loop_(loop), slow_(slow), log_(log) {}

    /// Takes up what clients have set before. What this version does not take any more is logged and left out. Before
    /// the loop serves, with the topics open.
    void open();
    /// `broker`: this one's id, or empty for all of the cluster. `edit` meets what all changes before have left.
    void change(std::string broker, ConfigEdit edit, bool validateOnly, Done done);

private:
    struct Job {
        std::string broker;
        ConfigEdit edit;
        bool validateOnly;
        Done done;
    };
    Refusal whyNot(const std::string& broker) const;
    /// Does the jobs one after the other, until one has to wait for the disk; that one goes on with the rest.
    void run();
    void write(ConfigMap configs);
    void apply(const ConfigMap& configs);
    void finish(Refusal refusal);

    BrokerSettings& settings_;
    Topics& topics_;
    Executor& loop_;
    Executor& slow_;
    Log& log_;
    std::deque<Job> jobs_; ///< the first one runs
};

} // namespace millrace::broker
