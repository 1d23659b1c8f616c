#include "flume/runtime/tapping_transaction.h"

namespace millrace::flume {

Result<std::span<const EventRange>> TappingTransaction::take(std::size_t maxEvents) {
    auto taken = inner_.take(maxEvents);
    if (taken) taken_.insert(taken_.end(), taken->begin(), taken->end());
    return taken;
}

Status TappingTransaction::commit() {
    Status status = inner_.commit();
    if (status) tap_.record(taken_);
    return status;
}

void TappingTransaction::rollback() {
    taken_.clear();
    inner_.rollback();
}

} // namespace millrace::flume
