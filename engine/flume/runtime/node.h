#pragma once

#include "catalog/agent_config.h"
#include "counters/counter_set.h"
#include "flume/channel.h"
#include "flume/component.h"
#include "flume/runtime/node_health.h"
#include "flume/runtime/node_log.h"
#include "flume/runtime/tap.h"

#include <atomic>
#include <memory>
#include <string>

namespace millrace::flume {

/// One component of a running agent: its configuration, how it fares, what it counts. The id and the configuration are
/// changed by the agent's thread under the agent's lock; the rest is safe from any thread.
struct Node {
    explicit Node(ThreadClock& clock) : tap(clock) {}
    std::string id; ///< "web/sources/access"
    catalog::ComponentConfig config;
    NodeLog log; ///< for the component and all its parts
    NodeHealth health;
    Tap tap;
    std::unique_ptr<CounterSet> counters;
    std::unique_ptr<Random> random;
    ComponentServices services;     ///< what the component got
    std::atomic<bool> wanted{true}; ///< false after stopNode; read by the runner
};

struct ChannelNode : Node {
    explicit ChannelNode(ThreadClock& clock) : Node(clock), wakeUp(clock) {}
    void stop(); ///< the channel; also one that has not started

    WakeUp wakeUp;                     ///< the channel's own
    std::atomic<bool> stopping{false}; ///< ComponentServices::stopping
    std::unique_ptr<Channel> channel;  ///< null when it could not be built
};

/// The counters of a component: Flume's, or the two that everything here counts where Flume shows none.
std::unique_ptr<CounterSet> makeCounters(const catalog::ComponentSpec& spec);

} // namespace millrace::flume
