#pragma once

#include "base/log.h"

#include <mutex>
#include <string>

namespace millrace::flume {

/// A component's way to the agent's log: its lines stand under the name that it has now, whatever name the parts that
/// write them were built with (a Kafka client logs from threads of its own). Any thread.
class NodeLog final : public Log {
public:
    /// Before the first line. `log` outlives this.
    void open(Log& log, const std::string& id);
    void rename(const std::string& id);
    void write(LogLevel level, std::string_view node, std::string_view text) override;

private:
    Log* log_ = nullptr;
    std::mutex mutex_;
    std::string id_; ///< guarded by mutex_
};

} // namespace millrace::flume
