#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/random.h"
#include "base/thread_clock.h"
#include "counters/counter_set.h"
#include "flume/wake_up.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>

namespace millrace::net {
class EventLoop;
}

namespace millrace::flume {

class Registry;

/// What a component may use, of whatever kind it is; interceptors, selectors, serializers and path managers have those
/// of the source or sink that they serve, processors those of their group. Owned by the agent, outlives the component.
/// All of the outside world comes through here, so that an agent runs the same in a simulation.
struct ComponentServices {
    std::string agent;                  ///< "web"
    std::string id;                     ///< "web/sources/access": for logs
    std::filesystem::path runDirectory; ///< relative paths of the configuration lie under it: resolve()
    FileSystem* disk = nullptr;
    Log* log = nullptr;
    ThreadClock* clock = nullptr; ///< the only time
    Random* random = nullptr;     ///< the runner's; a channel's under the channel's lock
    /// For timers and everything with sockets (net/: listenStream, connectStream, serveHttp, HttpClient, bindUdp); one
    /// for the agent, never shared with a broker. Its thread begins with the first call. Any thread.
    std::function<net::EventLoop&()> loop;
    CounterSet* counters = nullptr; ///< all of Flume's; shown are the declared ones
    /// The runner's: notify when cycle() has something to do. A channel's own: notified when it is stopped, for threads
    /// that it may have.
    WakeUp* wakeUp = nullptr;
    const std::atomic<bool>* stopping = nullptr; ///< the runner, or the channel, is asked to end: waits must give up
    const Registry* registry = nullptr;          ///< for the parts of a component

    std::filesystem::path resolve(const std::string& path) const {
        const std::filesystem::path given(path);
        return given.is_absolute() ? given : runDirectory / given;
    }
};

} // namespace millrace::flume
