#include "broker/partitions/aborted_transactions.h"

#include <algorithm>
#include <unordered_set>

namespace millrace::broker {

std::vector<AbortedTransaction> AbortedTransactions::between(std::int64_t from, std::int64_t end) const {
    std::vector<AbortedTransaction> found;
    auto next = std::ranges::lower_bound(byMarker_, from, {}, &AbortedTransaction::lastOffset);
    for (; next != byMarker_.end(); ++next) {
        if (next->firstOffset < end) found.push_back(*next);
        if (next->stableOffset >= end) break;
    }
    std::ranges::sort(found, {}, &AbortedTransaction::firstOffset);
    return found;
}

void AbortedTransactions::forget(std::span<const std::int64_t> markers) {
    const std::unordered_set<std::int64_t> gone(markers.begin(), markers.end());
    std::erase_if(byMarker_, [&](const auto& one) { return gone.contains(one.lastOffset); });
}

void AbortedTransactions::forgetBefore(std::int64_t logStart) {
    byMarker_.erase(byMarker_.begin(),
                    std::ranges::lower_bound(byMarker_, logStart, {}, &AbortedTransaction::lastOffset));
}

} // namespace millrace::broker
