#pragma once

#include "broker/support/core_fixture.h"
#include "broker/support/keyed_records.h"

namespace millrace::broker {

/// Each batch is a segment of its own.
inline const ConfigMap kCompacted{
    {"cleanup.policy", "compact"}, {"min.cleanable.dirty.ratio", "0"}, {"segment.bytes", "14"}};

inline ConfigMap compactedAnd(ConfigMap more) {
    more.insert(kCompacted.begin(), kCompacted.end());
    return more;
}

/// A broker with the compacted topic "t", and a cleaner that looks every second.
struct Compacting {
    explicit Compacting(ConfigMap topic = kCompacted, ConfigMap configs = {}, Log& log = silentLog())
        : broker(withBackoff(std::move(configs)), posixFileSystem(), log) {
        broker.makeTopic("t", 1, std::move(topic));
        broker.core().startTimers();
    }
    static ConfigMap withBackoff(ConfigMap configs) {
        configs.emplace("log.cleaner.backoff.ms", "1000");
        return configs;
    }
    void write(const QString& batches) { records.appendAll(*broker.replica("t"), batches); }
    void configure(const ConfigMap& configs) {
        const auto edit = [configs](ConfigMap& all) {
            all = configs;
            return Refusal{};
        };
        broker.topics().change({{ConfigureTopic{"t", edit}}}, [](const auto&) {});
        broker.settle();
    }
    void restart() {
        broker.core().stopTimers();
        broker.restart();
        broker.core().startTimers();
    }
    QString left(std::chrono::milliseconds after = std::chrono::seconds(1)) {
        constexpr std::chrono::milliseconds kStep(500); // the lanes stand still while time is moved
        for (; after > after.zero(); after -= kStep)
            broker.advance(kStep);
        return KeyedRecords::in(*broker.replica("t")).join(' ');
    }

    CoreFixture broker;
    KeyedRecords records;
};

} // namespace millrace::broker
