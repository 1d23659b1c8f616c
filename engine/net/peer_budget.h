#pragma once

#include "base/result.h"

#include <cstddef>
#include <functional>
#include <list>
#include <string>

namespace millrace::net {

/// Memory that all connections of one listener together hold for peers that may never go on: frames that have begun
/// and not ended, answers that nobody takes. A thousand peers that stop in the middle would fill the memory that way.
/// Above the limit the one that has stood still for longest is given up, since an honest one soon goes on. On the
/// listener's loop only.
class PeerBudget {
public:
    using GiveUp = std::function<void(const Error&)>;

    /// `what` begins the sentence of the error: "unread answers".
    PeerBudget(std::string what, std::size_t limitBytes) : what_(std::move(what)), limitBytes_(limitBytes) {}
    PeerBudget(const PeerBudget&) = delete;
    PeerBudget& operator=(const PeerBudget&) = delete;

    /// What one connection holds of it.
    class Share {
    public:
        /// `giveUp` closes the connection; it may be called inside set().
        Share(PeerBudget& budget, GiveUp giveUp) : budget_(budget), giveUp_(std::move(giveUp)) {}
        ~Share() { release(); }
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;

        /// `bytes` > 0 are held now; the place in the order of waiting stays.
        void set(std::size_t bytes);
        /// Nothing is held any more; the next set() is the newest.
        void release();

    private:
        PeerBudget& budget_;
        GiveUp giveUp_;
        std::size_t bytes_ = 0;
        std::list<Share*>::iterator place_; ///< valid while bytes_ > 0
    };

private:
    std::string what_;
    std::size_t limitBytes_;
    std::size_t usedBytes_ = 0;
    std::list<Share*> waiting_; ///< the longest first
};

} // namespace millrace::net
