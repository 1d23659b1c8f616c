#pragma once

#include "base/file_system.h"
#include "flume/runtime/metrics_server.h"
#include "session/broker_monitor.h"
#include "session/log_store.h"
#include "session/requests.h"
#include "session/run_parts.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace millrace::session {

/// What a start, an apply and a stop work on. All members belong to the command thread, which alone changes `parts`,
/// under `mutex`; the atomics and, under `mutex`, the parts may be read by any thread.
struct RunState {
    RunState(FileSystem& theDisk, LogStore& theLog) : disk(theDisk), log(theLog) {}

    FileSystem& disk;
    LogStore& log;
    StartRequest request; ///< of the start; its document is the one that runs
    std::filesystem::path directory;
    mutable std::mutex mutex;
    RunParts parts;
    std::unique_ptr<flume::MetricsServer> metrics;
    std::unique_ptr<BrokerMonitor> monitor; ///< where no agent runs
    std::atomic<bool> running{false};
    std::atomic<bool> aborting{false};
    std::atomic<std::int64_t> epoch{0};

    /// Those of `list` for which `stays` is false, in their order. To be ended outside of the lock, which takes time.
    template <typename Part, typename Stays>
    std::vector<Part> takeOut(std::vector<Part>& list, Stays&& stays) {
        const std::lock_guard lock(mutex);
        std::vector<Part> kept, gone;
        for (Part& part : list) {
            std::vector<Part>& where = stays(part) ? kept : gone;
            where.push_back(std::move(part));
        }
        list = std::move(kept);
        return gone;
    }
};

} // namespace millrace::session
