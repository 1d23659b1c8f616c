#pragma once

#include "flume/sink_processor.h"
#include "flume/settings.h"

#include <chrono>
#include <map>

namespace millrace::flume {

/// The live sink with the highest priority works; a failed one rests, twice as long each time
/// (org.apache.flume.sink.FailoverSinkProcessor).
class FailoverProcessor final : public SinkProcessor {
public:
    static Result<std::unique_ptr<SinkProcessor>> make(Settings& settings, const ComponentServices& services,
                                                       const ProcessorParts& parts);
    FailoverProcessor(const ComponentServices& services, ProcessorParts parts, std::map<int, GroupSink*> byPriority,
                      std::chrono::milliseconds maxPenalty);
    Result<Cycle> process() override;

private:
    struct Failed {
        GroupSink* sink = nullptr;
        int priority = 0;
        int failures = 0;
        MonotonicTime refresh{};
    };
    std::chrono::milliseconds penalty(int failures) const;
    std::vector<Failed>::iterator earliest();
    void fail(int priority, GroupSink* sink, int failures, const Error& error);

    ComponentServices services_;
    ProcessorParts parts_;
    std::map<int, GroupSink*> live_; ///< the last is the active one
    std::vector<Failed> failed_;
    std::chrono::milliseconds maxPenalty_;
};

} // namespace millrace::flume
