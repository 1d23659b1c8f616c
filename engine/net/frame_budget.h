#pragma once

#include "base/result.h"

#include <cstddef>
#include <functional>
#include <list>

namespace millrace::net {

/// Memory of the frames that have begun and not ended, of all connections of one listener. A peer may claim the largest
/// frame and stop before its end; a thousand of them would fill the memory that way. Above the limit the frame that has
/// been under way for longest is given up, since an honest one is soon whole. On the listener's loop only.
class FrameBudget {
public:
    using GiveUp = std::function<void(const Error&)>;

    explicit FrameBudget(std::size_t limitBytes) : limitBytes_(limitBytes) {}
    FrameBudget(const FrameBudget&) = delete;
    FrameBudget& operator=(const FrameBudget&) = delete;

    /// What one connection holds of it.
    class Share {
    public:
        /// `giveUp` closes the connection; it is called at most once for each frame, possibly inside set().
        Share(FrameBudget& budget, GiveUp giveUp) : budget_(budget), giveUp_(std::move(giveUp)) {}
        ~Share() { release(); }
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;

        /// `bytes` > 0 of the frame under way have come.
        void set(std::size_t bytes);
        /// The frame is whole or given up.
        void release();

    private:
        friend class FrameBudget;
        FrameBudget& budget_;
        GiveUp giveUp_;
        std::size_t bytes_ = 0;
        std::list<Share*>::iterator place_; ///< valid while bytes_ > 0
    };

private:
    std::size_t limitBytes_;
    std::size_t usedBytes_ = 0;
    std::list<Share*> underWay_; ///< in the order in which their frames began
};

} // namespace millrace::net
