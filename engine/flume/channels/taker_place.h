#pragma once

#include "flume/channels/wait_list.h"

namespace millrace::flume {

/// A sink's place among those that wait for a channel's events. Runner thread.
class TakerPlace {
public:
    TakerPlace(WaitList& takers, WakeUp& waker) : takers_(takers) { waiter_.waker = &waker; }

    /// Nothing was there. Whoever calls it looks once more: a source may have committed in between.
    void wait() {
        takers_.enter(waiter_);
        hungry_ = true;
    }
    /// Something was there.
    void served() {
        if (!hungry_) return;
        takers_.leave(waiter_);
        hungry_ = false;
    }
    /// Takes nothing for a while. True when it was woken for events that another may take now.
    bool giveUp() {
        if (!hungry_) return false;
        hungry_ = false;
        return takers_.leave(waiter_);
    }

private:
    WaitList& takers_;
    WaitList::Waiter waiter_;
    bool hungry_ = false; ///< listed, or woken from there
};

} // namespace millrace::flume
