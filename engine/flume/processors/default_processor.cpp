#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

namespace {

/// org.apache.flume.sink.DefaultSinkProcessor: one sink, always asked.
class DefaultProcessor final : public SinkProcessor {
public:
    explicit DefaultProcessor(GroupSink& sink) : sink_(sink) {}
    Result<Cycle> process() override { return sink_.cycle(); }

private:
    GroupSink& sink_;
};

Result<std::unique_ptr<SinkProcessor>> makeDefaultProcessor(Settings&, const ComponentServices&,
                                                            const ProcessorParts& parts) {
    if (parts.sinks.size() != 1)
        return Error{ErrorCode::invalidArgument,
                     fmt::format("processor.type = default takes exactly one sink, here are {}; use failover or "
                                 "load_balance",
                                 parts.sinks.size()),
                     false};
    return makeSingleProcessor(*parts.sinks.front());
}

} // namespace

std::unique_ptr<SinkProcessor> makeSingleProcessor(GroupSink& sink) {
    return std::make_unique<DefaultProcessor>(sink);
}

MILLRACE_COMPONENT(DefaultProcessor, "org.apache.flume.sink.DefaultSinkProcessor", &makeDefaultProcessor)

} // namespace millrace::flume
