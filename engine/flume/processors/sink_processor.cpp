#include "flume/processors/sink_processor.h"

#include "catalog/check_support.h"
#include "flume/processors/failover_processor.h"
#include "flume/processors/load_balance_processor.h"

namespace millrace::flume {

namespace {

class DefaultProcessor final : public SinkProcessor {
public:
    explicit DefaultProcessor(GroupSink& sink) : sink_(sink) {}
    Result<Cycle> process() override { return sink_.cycle(); }

private:
    GroupSink& sink_;
};

Result<std::unique_ptr<SinkProcessor>> makeDefault(const ProcessorParts& parts) {
    if (parts.sinks.size() != 1)
        return Error{ErrorCode::invalidArgument,
                     fmt::format("processor.type = default takes exactly one sink, here are {}; use failover or "
                                 "load_balance",
                                 parts.sinks.size()),
                     false};
    return makeDefaultProcessor(*parts.sinks.front());
}

} // namespace

std::unique_ptr<SinkProcessor> makeDefaultProcessor(GroupSink& sink) {
    return std::make_unique<DefaultProcessor>(sink);
}

Result<std::unique_ptr<SinkProcessor>> makeSinkProcessor(const catalog::Properties& properties, ProcessorParts parts) {
    const catalog::Properties own = below(properties, "processor.");
    const auto given = own.find("type");
    // Flume's pages promise the default processor where no type is given; its code drops the group. Checks say so.
    const std::string type = given == own.end() ? "default" : given->second;
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::sinkProcessor, type);
    if (!spec)
        return Error{ErrorCode::unsupported, fmt::format("processor.type = {} is not implemented here", type), false};
    Settings settings(*spec, own, "processor");
    return makeSinkProcessor(settings, std::move(parts));
}

Result<std::unique_ptr<SinkProcessor>> makeSinkProcessor(Settings& settings, ProcessorParts parts) {
    if (parts.sinks.empty()) return Error{ErrorCode::invalidArgument, "the group has no sink", false};
    const std::string_view alias = settings.spec().alias;
    if (alias == "failover") return FailoverProcessor::make(settings, std::move(parts));
    if (alias == "load_balance") return LoadBalanceProcessor::make(settings, std::move(parts));
    return makeDefault(parts);
}

} // namespace millrace::flume
