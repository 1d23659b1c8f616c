#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/result.h"
#include "base/thread_clock.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace millrace::traffic {

/// One `#@ traffic` node. `properties`: kind, rate and one of file, tcp, topic, as the document has them.
struct TrafficConfig {
    std::string name;
    std::map<std::string, std::string, std::less<>> properties;
    std::string topicName; ///< for `topic`: Kafka's name of it
    std::string servers;   ///< for `topic`: of the topic's cluster
};

/// An example left running must not fill a disk.
struct DiskLimits {
    std::uint64_t runDirectoryBytes = 1'000'000'000;
    std::uint64_t freeBytes = 1'000'000'000;
    std::chrono::milliseconds checkEvery{3000};
};

struct TrafficServices {
    FileSystem* disk = nullptr;
    Log* log = nullptr;
    ThreadClock* clock = &systemThreadClock();
    std::filesystem::path runDirectory; ///< relative files lie under it; its size is limited
    DiskLimits limits;
    std::uint64_t rotateBytes = 64ull << 20; ///< a file that is longer is renamed to .<name>.1, two are kept
};

struct TrafficStatus {
    bool running = false;
    bool paused = false;       ///< by the disk limits
    std::optional<Error> problem; ///< why it is paused, or why nothing can be written now
    std::int64_t written = 0;  ///< events since start()
    std::int64_t sequence = 0; ///< of the last event
    double rate = 0;           ///< events a second that are aimed at now, a burst included
    std::chrono::milliseconds burstLeft{0};
};

/// Makes input at a steady rate: each line carries a sequence number (`seq`), counted on after a restart where the
/// target is a file. Public calls from any thread, start and stop from one.
class Traffic {
public:
    static constexpr std::chrono::milliseconds kLongestBurst{60'000};
    static constexpr double kHighestRate = 1'000'000;

    virtual ~Traffic() = default; ///< stops
    virtual Status start() = 0;
    /// All that status() counts is with the target when this returns.
    virtual void stop() = 0;
    virtual void setRate(double perSecond) = 0;                                ///< taken into 0 … kHighestRate
    virtual void burst(double perSecond, std::chrono::milliseconds duration) = 0; ///< at most kLongestBurst
    virtual TrafficStatus status() const = 0;
};

/// Errors name the property: an unknown kind, a rate that is no number, none or several targets.
Result<std::unique_ptr<Traffic>> makeTraffic(const TrafficConfig& config, const TrafficServices& services);

} // namespace millrace::traffic
