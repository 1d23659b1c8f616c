#include "broker/server/client_connection.h"

#include "base/big_endian.h"
#include "broker/server/serve_request.h"
#include "wire/messages/fetch.h"

#include <fmt/core.h>

#include <deque>
#include <optional>
#include <utility>

namespace millrace::broker {

namespace {
constexpr std::size_t kMaxRequests = 64; // clients keep 5 by default
constexpr std::size_t kMaxRequestBytes = 32 * 1024 * 1024;
constexpr std::size_t kMaxQueuedBytes = 16 * 1024 * 1024; // of answers that the client does not take
constexpr std::size_t kMaxHeldBytes = 1024 * 1024;

bool isFetch(const Bytes& frame) {
    return frame.size() >= 2 && loadBigEndian<std::int16_t>(frame.data()) == wire::FetchRequest::kApi.key;
}
} // namespace

class ClientConnection::Queue : public std::enable_shared_from_this<Queue> {
public:
    Queue(std::shared_ptr<net::Connection> connection, Context& context)
        : connection_(std::move(connection)), context_(context) {
        state_->clientHost = connection_->peer().host;
        const BrokerSettings& settings = context_.settings;
        state_->brokerHost = settings.advertisedHost.empty() ? connection_->local().host : settings.advertisedHost;
        state_->brokerPort = settings.advertisedPort == 0 ? connection_->local().port : settings.advertisedPort;
    }

    /// One Fetch at a time: its answer is the largest there is, and finished ones that wait for their turn behind a
    /// long poll would be held without limit.
    Status serve(Bytes frame) {
        if (!fetching_ || !isFetch(frame)) return serveNow(std::move(frame));
        if (frame.size() > kMaxHeldBytes)
            return Error{ErrorCode::protocol, fmt::format("a Fetch of {} bytes before the last one is answered; at "
                                                          "most {} can wait",
                                                          frame.size(), kMaxHeldBytes)};
        held_ = std::move(frame);
        regulate();
        return ok();
    }

    /// The client has taken what was sent.
    void drained() {
        serveHeld();
        regulate();
    }

    void regulate() {
        const bool full = mutes_ > 0 || held_.has_value() || slots_.size() >= kMaxRequests || requestBytes_ >= kMaxRequestBytes ||
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
        held_.reset();
        closed_ = true;
    }

private:
    struct Slot {
        std::optional<Outcome> outcome;
        std::function<void()> giveUp;
        std::size_t requestBytes = 0;
        bool fetch = false;
    };

    Status serveNow(Bytes frame) {
        const std::uint64_t number = first_ + slots_.size();
        const std::size_t bytes = frame.size();
        slots_.push_back({});
        slots_.back().requestBytes = bytes;
        slots_.back().fetch = isFetch(frame);
        fetching_ |= slots_.back().fetch;
        requestBytes_ += bytes;
        auto giveUp = serveRequest(std::move(frame), {0, {}, state_}, context_,
                                   [self = weak_from_this(), number](Outcome outcome) {
                                       if (const auto queue = self.lock()) queue->finished(number, std::move(outcome));
                                   });
        if (!giveUp) {
            context_.counters.failedRequests.addFromOwner(1);
            return giveUp.error();
        }
        // A handler may have finished at once, and answers before it may have left: then the slot is gone.
        if (number >= first_ && *giveUp) slots_[number - first_].giveUp = std::move(*giveUp);
        regulate();
        return ok();
    }

    void serveHeld() {
        if (closed_ || mutes_ > 0 || !held_ || fetching_ || connection_->queuedBytes() >= kMaxQueuedBytes) return;
        if (auto status = serveNow(*std::exchange(held_, {})); !status) {
            context_.log.warning("", "connection from {} closed: {}", connection_->peer().toString(),
                                 status.error().message);
            connection_->close();
        }
    }

    void finished(std::uint64_t number, Outcome outcome) {
        if (closed_) return;
        Slot& slot = slots_[number - first_];
        slot.outcome = std::move(outcome);
        slot.giveUp = nullptr;
        bool left = false;
        for (; !slots_.empty() && slots_.front().outcome; ++first_) {
            Outcome next = std::move(*slots_.front().outcome);
            requestBytes_ -= slots_.front().requestBytes;
            if (slots_.front().fetch) fetching_ = false;
            slots_.pop_front();
            left = true;
            if (next.mute.count() > 0) mute(next.mute);
            if (next.kind == Outcome::Kind::answer) connection_->send(std::move(next.frame));
            // A failed request that wants no answer: closing is all that can be told.
            if (next.kind == Outcome::Kind::close) connection_->closeAfterSending();
        }
        if (!left || (!paused_ && mutes_ == 0)) return;
        serveHeld();
        regulate();
    }

    /// The answer goes out at once and says it; what the client sends in spite of it waits in its socket.
    void mute(std::chrono::milliseconds time) {
        ++mutes_;
        context_.clock.after(time, [self = weak_from_this()] {
            const auto queue = self.lock();
            if (!queue || --queue->mutes_ > 0 || queue->closed_) return;
            queue->serveHeld();
            queue->regulate();
        });
    }

    std::shared_ptr<net::Connection> connection_;
    std::shared_ptr<ConnectionState> state_ = std::make_shared<ConnectionState>();
    std::deque<Slot> slots_;  ///< in the order of the requests
    std::uint64_t first_ = 0; ///< number of the first slot
    std::size_t requestBytes_ = 0;
    int mutes_ = 0; ///< answers that have told the client to be silent, and are not long enough ago
    Context& context_;
    std::optional<Bytes> held_; ///< a Fetch that waits for the one before it
    bool fetching_ = false;     ///< one of the slots is a Fetch
    bool paused_ = false;
    bool closed_ = false;
};

ClientConnection::ClientConnection(Context& context) : context_(context) {}
ClientConnection::~ClientConnection() = default;

void ClientConnection::opened(const std::shared_ptr<net::Connection>& connection) {
    queue_ = std::make_shared<Queue>(connection, context_);
}
Status ClientConnection::received(Bytes frame) {
    return queue_->serve(std::move(frame));
}
void ClientConnection::drained() {
    queue_->drained();
}
void ClientConnection::closed(const Error*) {
    if (queue_) queue_->giveUp();
}

} // namespace millrace::broker
