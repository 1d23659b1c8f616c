#pragma once

#include "base/clock.h"
#include "flume/settings.h"
#include "flume/support/batch_sink.h"
#include "rpc/avro_client.h"

#include <chrono>
#include <memory>

namespace millrace::flume {

struct AvroSinkOptions {
    rpc::AvroClientOptions client;
    std::size_t batchSize = 100;
    std::chrono::milliseconds resetInterval{0}; ///< 0: the connection is kept
};
Result<AvroSinkOptions> readAvroSinkOptions(Settings& settings, const ComponentServices& services);

/// org.apache.flume.sink.AvroSink: a batch is one appendBatch, committed when the answer is OK. Any other answer, a
/// timeout or a broken link rolls back and drops the connection; the next cycle connects again.
class AvroSink final : public BatchSink {
public:
    AvroSink(AvroSinkOptions options, const ComponentServices& services);

    Status start() override; // connects when there is something to send
    void stop() override;
    Status reconfigure(const catalog::ComponentConfig& config) override;
    void interrupt() override { interrupt_->raise(); }

private:
    Status connect();
    void disconnect();
    Status send(std::span<const EventRange> ranges, std::size_t count) override;

    AvroSinkOptions options_;
    const std::shared_ptr<net::Interrupt> interrupt_ = net::makeInterrupt();
    std::unique_ptr<rpc::AvroClient> client_;
    rpc::AvroBatch batch_;
    MonotonicTime connectedAt_{};
    MonotonicTime usedAt_{};
};

Result<std::unique_ptr<Sink>> makeAvroSink(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
