#include "broker/compaction/transaction_trace.h"

#include <algorithm>

namespace millrace::broker {

TransactionTrace::TransactionTrace(const std::vector<AbortedTransaction>& aborted) {
    for (const AbortedTransaction& one : aborted)
        aborted_[one.producerId].push_back({one.firstOffset, one.lastOffset});
    for (auto& [producer, extents] : aborted_)
        std::ranges::sort(extents, {}, &Extent::lastOffset);
}

bool TransactionTrace::isAborted(const wire::BatchHeader& header) const {
    if (!header.transactional() || header.control()) return false;
    const auto found = aborted_.find(header.producerId);
    if (found == aborted_.end()) return false;
    const auto ending = std::ranges::lower_bound(found->second, header.baseOffset, {}, &Extent::lastOffset);
    return ending != found->second.end() && ending->firstOffset <= header.baseOffset;
}

void TransactionTrace::saw(const wire::BatchHeader& header) {
    if (header.transactional()) open_.insert(header.producerId);
}

} // namespace millrace::broker
