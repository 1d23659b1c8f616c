#include "flume/channels/jdbc/jdbc_transaction.h"

#include "flume/sentences.h"

namespace millrace::flume {

JdbcTransaction::JdbcTransaction(JdbcChannel& channel, WakeUp& waker)
    : RunnerTransaction(channel.takers_, waker), channel_(channel) {}

Status JdbcTransaction::add(const EventRange& range) {
    putEvents_ += range.size();
    appendRange(puts_, range);
    return ok();
}

Status JdbcTransaction::publishPuts() {
    if (putEvents_ == 0) return ok();
    if (!stored_) return failure(ErrorCode::closed, "channel-stopped");
    MILLRACE_TRY(stored_->put(puts_, putEvents_, channel_.capacity_.load()));
    puts_.clear();
    putEvents_ = 0;
    return ok();
}

Result<std::size_t> JdbcTransaction::takeInto(std::vector<EventRange>& into, std::size_t maxEvents) {
    if (!stored_) return failure(ErrorCode::closed, "channel-stopped");
    return stored_->take(maxEvents, into, claimed_);
}

Status JdbcTransaction::commitTakes() {
    return stored_->commitTakes(claimed_, takenEvents());
}

void JdbcTransaction::undo() {
    if (stored_ && !claimed_.empty()) stored_->giveBack(claimed_, takenEvents());
}

bool JdbcTransaction::eventsReady() const {
    const auto open = channel_.stored();
    return open && open->ready() > 0;
}

void JdbcTransaction::wakeTaker() {
    if (channel_.takers_.any()) channel_.takers_.wakeFirst();
}

void JdbcTransaction::closed() {
    stored_.reset();
    puts_.clear();
    putEvents_ = 0;
    claimed_.clear();
    forgetTaken();
}

} // namespace millrace::flume
