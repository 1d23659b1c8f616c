#include "broker/client_connection.h"

#include "broker/api_table.h"

#include <deque>

namespace millrace::broker {

namespace {
constexpr std::size_t kMaxRequests = 64; // clients keep 5 by default
constexpr std::size_t kMaxRequestBytes = 32 * 1024 * 1024;
constexpr std::size_t kMaxQueuedBytes = 16 * 1024 * 1024; // of answers that the client does not take
} // namespace

class ClientConnection::Queue : public std::enable_shared_from_this<Queue> {
public:
    explicit Queue(std::shared_ptr<net::Connection> connection) : connection_(std::move(connection)) {}

    Call call() const {
        const net::Address& local = connection_->local();
        return {0, {}, connection_->peer().host, local.host, local.port};
    }

    Status serve(Bytes frame, Context& context) {
        const std::uint64_t number = first_ + slots_.size();
        const std::size_t bytes = frame.size();
        slots_.push_back({});
        slots_.back().requestBytes = bytes;
        requestBytes_ += bytes;
        auto giveUp =
            serveRequest(std::move(frame), call(), context, [self = weak_from_this(), number](Outcome outcome) {
                if (const auto queue = self.lock()) queue->finished(number, std::move(outcome));
            });
        if (!giveUp) {
            context.counters.failedRequests.add(1);
            return giveUp.error();
        }
        // A handler may have finished at once, and answers before it may have left: then the slot is gone.
        if (number >= first_ && *giveUp) slots_[number - first_].giveUp = std::move(*giveUp);
        regulate();
        return ok();
    }

    void regulate() {
        const bool full = slots_.size() >= kMaxRequests || requestBytes_ >= kMaxRequestBytes ||
                          connection_->queuedBytes() >= kMaxQueuedBytes;
        if (full == paused_) return;
        paused_ = full;
        if (full)
            connection_->pauseReading();
        else
            connection_->resumeReading();
    }

    void giveUp() {
        for (Slot& slot : std::exchange(slots_, {}))
            if (slot.giveUp) slot.giveUp();
        closed_ = true;
    }

private:
    struct Slot {
        std::optional<Outcome> outcome;
        std::function<void()> giveUp;
        std::size_t requestBytes = 0;
    };

    void finished(std::uint64_t number, Outcome outcome) {
        if (closed_) return;
        Slot& slot = slots_[number - first_];
        slot.outcome = std::move(outcome);
        slot.giveUp = nullptr;
        bool left = false;
        for (; !slots_.empty() && slots_.front().outcome; ++first_) {
            Outcome next = std::move(*slots_.front().outcome);
            requestBytes_ -= slots_.front().requestBytes;
            slots_.pop_front();
            left = true;
            if (next.kind == Outcome::Kind::answer) connection_->send(std::move(next.frame));
            // A failed request that wants no answer: closing is all that can be told.
            if (next.kind == Outcome::Kind::close) connection_->closeAfterSending();
        }
        if (left && paused_) regulate();
    }

    std::shared_ptr<net::Connection> connection_;
    std::deque<Slot> slots_;  ///< in the order of the requests
    std::uint64_t first_ = 0; ///< number of the first slot
    std::size_t requestBytes_ = 0;
    bool paused_ = false;
    bool closed_ = false;
};

ClientConnection::ClientConnection(Context& context) : context_(context) {}
ClientConnection::~ClientConnection() = default;

void ClientConnection::opened(const std::shared_ptr<net::Connection>& connection) {
    queue_ = std::make_shared<Queue>(connection);
}
Status ClientConnection::received(Bytes frame) {
    return queue_->serve(std::move(frame), context_);
}
void ClientConnection::drained() {
    queue_->regulate();
}
void ClientConnection::closed(const Error*) {
    if (queue_) queue_->giveUp();
}

} // namespace millrace::broker
