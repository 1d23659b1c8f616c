#include "net/frame_budget.h"

#include <fmt/core.h>

namespace millrace::net {

void FrameBudget::Share::set(std::size_t bytes) {
    if (bytes_ == 0) place_ = budget_.underWay_.insert(budget_.underWay_.end(), this);
    budget_.usedBytes_ += bytes - bytes_;
    bytes_ = bytes;
    while (budget_.usedBytes_ > budget_.limitBytes_ && !budget_.underWay_.empty()) {
        Share& oldest = *budget_.underWay_.front();
        const Error reason{ErrorCode::protocol,
                           fmt::format("unfinished frames of all connections hold {} bytes, the limit is {}; this one "
                                       "has been under way for longest",
                                       budget_.usedBytes_, budget_.limitBytes_)};
        oldest.release();
        oldest.giveUp_(reason);
    }
}

void FrameBudget::Share::release() {
    if (bytes_ == 0) return;
    budget_.underWay_.erase(place_);
    budget_.usedBytes_ -= bytes_;
    bytes_ = 0;
}

} // namespace millrace::net
