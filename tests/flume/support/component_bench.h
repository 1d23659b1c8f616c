#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "counters/counter_set.h"
#include "flume/component.h"
#include "flume/registry.h"
#include "flume/settings.h"

#include <QTemporaryDir>

#include <atomic>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume::test {

/// Keeps what components say.
class KeptLog final : public Log {
public:
    void write(LogLevel level, std::string_view, std::string_view text) override {
        const std::lock_guard lock(mutex_);
        lines_.emplace_back(level, std::string(text));
    }
    bool holds(std::string_view text) const {
        const std::lock_guard lock(mutex_);
        for (const auto& [level, line] : lines_)
            if (line.find(text) != std::string::npos) return true;
        return false;
    }
    std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> result;
        for (const auto& [level, line] : lines_)
            result.push_back(line);
        return result;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::pair<LogLevel, std::string>> lines_;
};

/// The channels behind a source: keeps what arrives, refuses when told to.
class KeptEvents final : public ChannelProcessor {
public:
    using ChannelProcessor::process;
    Status process(EventRanges events) override {
        ++calls;
        if (refusals > 0) {
            --refusals;
            return Error{ErrorCode::full, "the channel is full", true};
        }
        for (const auto& range : events)
            for (std::size_t i = range.first; i < range.last; ++i) {
                bodies.emplace_back(range.batch->body(i));
                headers.push_back(range.batch->headers(i));
            }
        batches.push_back(eventCount(events));
        return ok();
    }
    std::vector<Status> processEach(const EventRange& range) override {
        const Status together = process(EventRanges{range});
        std::vector<Status> outcomes(range.size(), together);
        for (std::uint32_t i = 0; !together && range.size() > 1 && i < range.size(); ++i)
            outcomes[i] = process(EventRanges{{range.batch, range.first + i, range.first + i + 1}});
        return outcomes;
    }
    std::vector<std::string> bodies;
    std::vector<HeaderSet> headers;
    std::vector<std::size_t> batches;
    int refusals = 0; ///< so many calls fail
    int calls = 0;
};

/// The channel in front of a sink.
class KeptTransaction final : public Transaction {
public:
    void add(std::string_view body, std::vector<std::pair<std::string, std::string>> headers = {}) {
        EventBatchBuilder builder;
        builder.setHeaders(std::make_shared<const HeaderSet>(std::move(headers)));
        (void)builder.add(body);
        waiting_.push_back({builder.finish(), 0, 1});
    }
    void begin() override { open_ = true; }
    Status put(const EventRange&) override { return Error{ErrorCode::internal, "no puts here"}; }
    Result<std::span<const EventRange>> take(std::size_t maxEvents) override {
        if (failTake) return Error{ErrorCode::outOfRange, "too many takes"};
        const std::size_t before = taken_.size();
        while (taken_.size() - before < maxEvents && !waiting_.empty()) {
            taken_.push_back(waiting_.front());
            waiting_.pop_front();
        }
        return std::span<const EventRange>(taken_).subspan(before);
    }
    Status commit() override {
        open_ = false;
        committed += taken_.size();
        taken_.clear();
        ++commits;
        return ok();
    }
    void rollback() override {
        open_ = false;
        waiting_.insert(waiting_.begin(), taken_.begin(), taken_.end());
        taken_.clear();
        ++rollbacks;
    }
    void recover() override {
        if (open_) rollback();
    }
    std::size_t waiting() const { return waiting_.size(); }
    bool open() const { return open_; }
    std::size_t committed = 0;
    int commits = 0;
    int rollbacks = 0;
    bool failTake = false;

private:
    std::deque<EventRange> waiting_;
    std::vector<EventRange> taken_;
    bool open_ = false;
};

/// What a component gets from its agent, for tests that drive it by hand.
struct ComponentBench {
    explicit ComponentBench(const catalog::ComponentSpec& componentSpec, FileSystem& disk = posixFileSystem())
        : spec(componentSpec), counters(componentSpec.counters) {
        context.agent = "a";
        context.id = "a/test/x";
        context.runDirectory = directory.path().toStdString();
        context.disk = &disk;
        context.log = &log;
        context.clock = &systemThreadClock();
        context.random = &random;
        context.registry = &builtinRegistry();
        context.wakeUp = &wakeUp;
        context.counters = &counters;
        context.stopping = &stopping;
    }

    /// The component made from properties as a Flume file has them.
    template <typename Make>
    auto make(Make factory, catalog::Properties values) {
        properties = std::move(values);
        settings.emplace(spec, properties, "x");
        return factory(*settings, context);
    }
    std::filesystem::path path(const std::string& name) const { return context.runDirectory / name; }
    std::int64_t count(std::string_view counter) { return counters[flumeCounterNamed(counter).value()].get(); }

    const catalog::ComponentSpec& spec;
    QTemporaryDir directory;
    KeptLog log;
    WakeUp wakeUp;
    CounterSet counters;
    SeededRandom random{7};
    std::atomic<bool> stopping{false};
    ComponentServices context;
    catalog::Properties properties;
    std::optional<Settings> settings;
};

/// Lets a source work as its runner would, until `done`: sleeps only on the wake-up object and the source's own timers.
template <typename Done>
void runUntil(Source& source, ChannelProcessor& output, WakeUp& wakeUp, Done done) {
    while (!done()) {
        auto cycle = source.cycle(output);
        if (done()) return;
        if (cycle && cycle->outcome == Cycle::Outcome::idle) wakeUp.wait(cycle->wakeAt);
    }
}

} // namespace millrace::flume::test
