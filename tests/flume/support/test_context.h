#pragma once

#include "flume/component.h"
#include "flume/registry.h"
#include "flume/settings.h"

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::flume::test {

/// A Log that keeps its lines. Any thread.
class RecordingLog final : public Log {
public:
    void write(LogLevel level, std::string_view node, std::string_view text) override;
    std::vector<std::string> lines() const; ///< "warning web/sinks/k1: text"
    bool contains(std::string_view text) const;

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

/// Everything a ComponentServices points to, for a component that is driven by hand: real disk, own counters, a seeded
/// chance, no event loop unless the test sets one.
class TestContext {
public:
    explicit TestContext(const catalog::ComponentSpec& spec, std::filesystem::path runDirectory = {},
                         ThreadClock& clock = systemThreadClock());

    const ComponentServices& context() const { return context_; }
    ComponentServices& context() { return context_; }
    WakeUp& wakeUp() { return wakeUp_; }
    RecordingLog& log() { return log_; }
    std::int64_t counter(std::string_view name);
    void requestStop() { stopping_.store(true); }

private:
    RecordingLog log_;
    WakeUp wakeUp_;
    CounterSet counters_;
    SeededRandom random_{7};
    std::atomic<bool> stopping_{false};
    ComponentServices context_;
};

/// The declaration of `type` in Flume's catalog; asserts that there is one.
const catalog::ComponentSpec& specOf(catalog::ComponentKind kind, std::string_view type);

/// A component with these properties, type resolved in Flume's catalog.
catalog::ComponentConfig makeConfig(catalog::ComponentKind kind, std::string name, std::string type,
                                    std::vector<std::pair<std::string, std::string>> properties = {});

using HeaderEntries = std::vector<std::pair<std::string, std::string>>;
HeaderSetPtr makeHeaders(HeaderEntries entries);

/// A batch of these bodies under one header set.
EventBatchPtr makeBatch(const std::vector<std::string>& bodies, HeaderEntries headers = {});

} // namespace millrace::flume::test
