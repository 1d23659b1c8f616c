#include "rpc/call_receiver.h"

#include "base/assertion.h"
#include "rpc/reply_queue.h"

#include <utility>

namespace millrace::rpc {

const char* toString(CallStatus status) {
    switch (status) {
    case CallStatus::ok:
        return "OK";
    case CallStatus::failed:
        return "FAILED";
    case CallStatus::error:
        return "ERROR";
    case CallStatus::unknown:
        return "UNKNOWN";
    }
    return "UNKNOWN";
}

Reply::Reply(std::shared_ptr<ReplyQueue> queue, std::uint64_t ticket, CallBacklog::Share share)
    : queue_(std::move(queue)), ticket_(ticket), share_(std::move(share)) {}

Reply& Reply::operator=(Reply&& other) noexcept {
    std::swap(queue_, other.queue_);
    std::swap(ticket_, other.ticket_);
    std::swap(share_, other.share_);
    return *this;
}

Reply::~Reply() {
    if (queue_) answer(CallStatus::failed);
}

void Reply::answer(CallStatus status) {
    MILLRACE_ASSERT(queue_, "call {} was answered twice", ticket_);
    std::exchange(queue_, nullptr)->answer(ticket_, status);
    share_.release();
}

} // namespace millrace::rpc
