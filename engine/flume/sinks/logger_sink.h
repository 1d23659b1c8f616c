#pragma once

#include "flume/settings.h"
#include "flume/support/batch_sink.h"

#include <cstddef>
#include <memory>
#include <string>

namespace millrace::flume {

/// org.apache.flume.sink.LoggerSink: one event a transaction, as one line of the component's log. maxBytesToLog is
/// honoured, which Flume 1.11 does not.
class LoggerSink final : public BatchSink {
public:
    LoggerSink(std::size_t maxBytes, const ComponentServices& services)
        : BatchSink(services, 1, FlumeCounter::eventWriteFail), maxBytes_(maxBytes) {}
    Status start() override { return ok(); }
    void stop() override {}

private:
    Status send(std::span<const EventRange> events, std::size_t count) override;
    std::size_t maxBytes_;
};

/// What Flume logs of an event: "{ headers:{k=v} body: 68 69 … hi }", at most `maxBytes` of the body, sixteen a line.
std::string describeEvent(const HeaderSet& headers, std::string_view body, std::size_t maxBytes);

Result<std::unique_ptr<Sink>> makeLoggerSink(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
