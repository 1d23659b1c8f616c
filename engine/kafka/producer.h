#pragma once

#include "base/log.h"
#include "base/result.h"
#include "kafka/connection_config.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::kafka {

/// One record to be sent: views, valid during the call of send().
struct OutRecord {
    std::string_view topic;
    std::int32_t partition = -1;  ///< -1: the partitioner chooses, by the key if there is one
    std::int64_t timestampMs = 0; ///< 0: now
    std::optional<std::string_view> key;
    std::string_view value;
    std::span<const std::pair<std::string, std::string>> headers;
};

/// Sends batches and waits for their acknowledgements. One thread; librdkafka's callbacks run inside send() only.
class Producer {
public:
    /// Does not connect yet. `log` outlives the producer; `node` stands before its lines.
    static Result<std::unique_ptr<Producer>> make(const ConnectionConfig& config, Log& log, std::string node);
    ~Producer(); ///< what was not acknowledged is dropped
    Producer(const Producer&) = delete;
    Producer& operator=(const Producer&) = delete;

    /// Sends all and returns when every record is acknowledged, or the error of the first that was not; then others of
    /// the batch may or may not be in the topic. Gives up on: delivery.timeout.ms; no broker reachable for
    /// `unreachableLimit`; `stopping` (error cancelled). After an error nothing of the call is on its way any more.
    Status send(std::span<const OutRecord> records, const std::atomic<bool>* stopping = nullptr);
    /// Which records of the last failed send() were refused, by index, with why.
    struct Refusal {
        std::size_t index = 0;
        Error error;
    };
    const std::vector<Refusal>& refusals() const;

    /// How long send() waits while no broker at all can be reached.
    void setUnreachableLimit(std::chrono::milliseconds limit);

private:
    struct Impl;
    explicit Producer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace millrace::kafka
