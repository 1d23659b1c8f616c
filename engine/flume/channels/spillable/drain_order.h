#pragma once

#include <cstddef>
#include <deque>

namespace millrace::flume {

/// Where the events of a spillable channel wait, in the order in which they came: so many in memory, then so many in
/// files, and so on. Each place is a queue of its own; this says which of them is next. Not thread-safe.
class DrainOrder {
public:
    enum class Place { memory, files };
    struct Run {
        Place place = Place::memory;
        std::size_t events = 0;
    };

    void append(Run run);
    /// Up to `maxEvents` from the head; 0 events when there are none.
    Run claim(std::size_t maxEvents);
    /// To the head: what was claimed and is back in its place.
    void giveBack(Run run);
    bool empty() const { return runs_.empty(); }

private:
    std::deque<Run> runs_; ///< none is empty, no two neighbours are in one place
};

} // namespace millrace::flume
