#include "flume/support/scripted_sink.h"

#include <map>
#include <memory>

namespace millrace::flume::test {

namespace {

std::mutex scriptsMutex;
std::map<std::string, std::unique_ptr<SinkScript>> scripts;

} // namespace

SinkScript& SinkScript::of(const std::string& sinkId) {
    const std::lock_guard lock(scriptsMutex);
    auto& script = scripts[sinkId];
    if (!script) script = std::make_unique<SinkScript>();
    return *script;
}

void SinkScript::forgetAll() {
    const std::lock_guard lock(scriptsMutex);
    scripts.clear();
}

std::vector<std::string> SinkScript::delivered() const {
    const std::lock_guard lock(mutex_);
    return delivered_;
}

std::size_t SinkScript::deliveredCount() const {
    const std::lock_guard lock(mutex_);
    return delivered_.size();
}

class ScriptedSink final : public Sink {
public:
    ScriptedSink(SinkScript& script, const ComponentServices& context)
        : script_(script), context_(context), drained_((*context.counters)[FlumeCounter::eventDrainSuccess]) {}
    Status start() override {
        if (script_.failStarts_.load()) return Error{ErrorCode::io, "told not to start", true};
        ++script_.starts_;
        return ok();
    }
    void stop() override { ++script_.stops_; }
    void interrupt() override { ++script_.interrupts_; }
    Result<Cycle> cycle(Transaction& transaction) override {
        using namespace std::chrono_literals;
        if (script_.hold_.load()) return Cycle::idle(context_.clock->now() + 1ms);
        transaction.begin();
        const auto ranges = transaction.take(10);
        if (!ranges || script_.failCycles_.load()) {
            transaction.rollback();
            return ranges ? Error{ErrorCode::io, "told to fail", true} : ranges.error();
        }
        const auto events = static_cast<std::int64_t>(eventCount(*ranges));
        while (events > 0 && script_.answerAtStop_.load() && !context_.stopping->load()) {
            script_.sending_.store(true);
            context_.wakeUp->wait(context_.clock->now() + 1ms);
        }
        if (events > 0) {
            const std::lock_guard lock(script_.mutex_);
            for (const EventRange& range : *ranges)
                for (std::uint32_t i = range.first; i < range.last; ++i) script_.delivered_.emplace_back(range.batch->body(i));
        }
        if (Status committed = transaction.commit(); !committed) {
            transaction.rollback();
            return committed.error();
        }
        drained_.addFromOwner(events);
        return events > 0 ? Cycle::ready() : Cycle::idle();
    }

private:
    SinkScript& script_;
    const ComponentServices context_;
    Counter& drained_;
};

const Registry& scriptedRegistry() {
    static const Registry registry = [] {
        Registry all = builtinRegistry();
        all.add("org.apache.flume.sink.LoggerSink",
                [](Settings&, const ComponentServices& context) -> Result<std::unique_ptr<Sink>> {
                    return std::unique_ptr<Sink>(std::make_unique<ScriptedSink>(SinkScript::of(context.id), context));
                });
        return all;
    }();
    return registry;
}

} // namespace millrace::flume::test
