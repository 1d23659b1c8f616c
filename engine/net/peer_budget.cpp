#include "net/peer_budget.h"

#include <fmt/core.h>

namespace millrace::net {

void PeerBudget::Share::set(std::size_t bytes) {
    if (bytes_ == 0) place_ = budget_.waiting_.insert(budget_.waiting_.end(), this);
    budget_.usedBytes_ += bytes - bytes_;
    bytes_ = bytes;
    while (budget_.usedBytes_ > budget_.limitBytes_ && !budget_.waiting_.empty()) {
        Share& longest = *budget_.waiting_.front();
        const Error reason{ErrorCode::protocol, fmt::format("{} of all connections hold {} bytes, the limit is {}; "
                                                            "this one has waited for longest",
                                                            budget_.what_, budget_.usedBytes_, budget_.limitBytes_)};
        longest.release();
        longest.giveUp_(reason);
    }
}

void PeerBudget::Share::release() {
    if (bytes_ == 0) return;
    budget_.waiting_.erase(place_);
    budget_.usedBytes_ -= bytes_;
    bytes_ = 0;
}

} // namespace millrace::net
