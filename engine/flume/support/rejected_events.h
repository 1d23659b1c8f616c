#pragma once

#include "flume/component_services.h"
#include "flume/event_batch.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace millrace::flume {

/// Events that a sink cannot send, or that a server refuses, for what is in them. They are set aside, so that one of
/// them does not hold up all others: in `rejected/<agent>.<sink>.json` of the run directory, a line {"reason": …,
/// "event": {…}} each. Runner thread.
class RejectedEvents {
public:
    explicit RejectedEvents(const ComponentServices& services);

    /// What was added and not stored is forgotten: its batch comes again.
    void clear();
    enum class By { sink, server };
    void add(By by, const HeaderSet& headers, std::string_view body, const std::string& reason);
    /// What was added of the `batch` events, all of which have a fate now, is on stable storage, counted and told. An
    /// error keeps nothing. It is an error when a server has taken none of the last kMostInRow events that it was sent:
    /// more likely than so many wrong ones is one that is set up wrongly, and the channel is the better place for them.
    Status store(std::size_t batch);
    static constexpr std::size_t kMostInRow = 100;

private:
    Status append();

    const ComponentServices services_;
    const std::filesystem::path path_;
    std::string text_;
    std::string reason_; ///< the first one's, a server's before a sink's
    std::size_t count_ = 0;
    std::size_t byServer_ = 0; ///< of `count_`
    std::size_t inRow_ = 0;    ///< refused by the server and set aside since it took one
};

} // namespace millrace::flume
