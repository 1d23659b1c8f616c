#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/result.h"
#include "base/thread_clock.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace millrace::traffic {

/// Where made-up events go. On the traffic's thread, but interrupt().
class Target {
public:
    virtual ~Target() = default;
    /// The last sequence number of an earlier run; 0 when there is none or nobody can tell.
    virtual std::int64_t lastSequence() { return 0; }
    /// Delivers lines (each ends with a line feed) or says why not; the same lines are then given again. May be partly
    /// delivered after an error, as by any client.
    virtual Status write(const std::string& lines) = 0;
    /// From any thread: a write that waits returns soon.
    virtual void interrupt() {}
};

std::unique_ptr<Target> makeFileTarget(FileSystem& disk, std::filesystem::path path, std::uint64_t rotateBytes);
/// Connects when there is something to send, again after each error. Reads and forgets what the other side answers.
Result<std::unique_ptr<Target>> makeTcpTarget(const std::string& address);
Result<std::unique_ptr<Target>> makeTopicTarget(const std::string& servers, const std::string& topic, Log& log,
                                                const std::string& node, ThreadClock& clock);

} // namespace millrace::traffic
