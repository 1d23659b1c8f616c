#include "flume/runtime/node_log.h"

namespace millrace::flume {

void NodeLog::open(Log& log, const std::string& id) {
    log_ = &log;
    id_ = id;
}

void NodeLog::rename(const std::string& id) {
    const std::lock_guard lock(mutex_);
    id_ = id;
}

void NodeLog::write(LogLevel level, std::string_view, std::string_view text) {
    std::string id;
    {
        const std::lock_guard lock(mutex_);
        id = id_;
    }
    log_->write(level, id, text);
}

} // namespace millrace::flume
