#include "flume/runtime/node.h"

#include <array>

namespace millrace::flume {

namespace {

const std::array kSourceNames{nameOf(FlumeCounter::eventReceived), nameOf(FlumeCounter::eventAccepted)};
const std::array kSinkNames{nameOf(FlumeCounter::eventDrainAttempt), nameOf(FlumeCounter::eventDrainSuccess)};

} // namespace

void ChannelNode::stop() {
    stopping.store(true);
    wakeUp.notify();
    channel->stop();
    health.stopped(services.clock->epochMs());
}

std::unique_ptr<CounterSet> makeCounters(const catalog::ComponentSpec& spec) {
    std::span<const std::string_view> names = spec.counters;
    if (names.empty()) {
        if (spec.kind == catalog::ComponentKind::source)
            names = kSourceNames;
        else if (spec.kind == catalog::ComponentKind::sink)
            names = kSinkNames;
    }
    return std::make_unique<CounterSet>(names);
}

} // namespace millrace::flume
