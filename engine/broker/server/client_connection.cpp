#include "broker/server/client_connection.h"

#include "base/big_endian.h"
#include "base/sentences.h"
#include "broker/server/serve_request.h"
#include "wire/messages/fetch.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <limits>
#include <optional>
#include <utility>

namespace millrace::broker {

namespace {
constexpr std::size_t kMaxRequests = 64; // clients keep 5 by default
constexpr std::size_t kMaxRequestBytes = 32 * 1024 * 1024;
constexpr std::size_t kMaxQueuedBytes = 16 * 1024 * 1024; // of answers that the client does not take
constexpr std::size_t kMaxHeldBytes = 1024 * 1024;
constexpr std::chrono::seconds kProofTime{30}; // for a client to say who it is

bool isFetch(const Bytes& frame) {
    return frame.size() >= 2 && loadBigEndian<std::int16_t>(frame.data()) == wire::FetchRequest::kApi.key;
}
} // namespace

class ClientConnection::Queue : public std::enable_shared_from_this<Queue> {
public:
    Queue(std::shared_ptr<net::Connection> connection, Context& context, ServedListener& listener)
        : connection_(std::move(connection)), context_(context), listener_(listener) {
        state_->clientHost = connection_->peer().host;
        const net::Address& advertised = listener.settings.advertised;
        state_->brokerHost = advertised.host.empty() ? connection_->local().host : advertised.host;
        state_->brokerPort = advertised.port == 0 ? connection_->local().port : advertised.port;
    }

    /// Who the client has proven to be by a certificate, if it has shown one; or whether it has to prove it otherwise.
    void identify() {
        if (listener_.sasl) {
            state_->sasl = std::make_shared<SaslSession>(*listener_.sasl);
            state_->authentication = ConnectionState::Authentication::awaited;
            proofTimer_ = context_.clock.after(kProofTime, [this] {
                proofTimer_ = 0;
                if (isUnproven()) refuse(fmt::format("it has not proven who it is within {} s", kProofTime.count()));
            });
            return;
        }
        const std::string& certified = connection_->peerIdentity();
        // Behind TLS that demands a certificate, an empty name is one that was shown: names may stand elsewhere in it.
        const bool demanded =
            listener_.settings.protocol == SecurityProtocol::ssl && listener_.settings.tls.clientAuth == "required";
        if (certified.empty() && !demanded) return;
        if (const auto name = listener_.principals.nameOf(certified))
            state_->principal = "User:" + *name;
        else
            refuse(fmt::format("no rule of ssl.principal.mapping.rules matches {:?}", shortened(certified)));
    }

    bool isUnproven() const { return state_->authentication == ConnectionState::Authentication::awaited; }

    Status serve(Bytes frame) {
        if (state_->closing) return ok();
        if (state_->sasl && state_->sasl->takesRawTokens()) return serveToken(frame);
        return serveInTurn(std::move(frame));
    }

    /// One Fetch at a time: its answer is the largest there is, and finished ones that wait for their turn behind a
    /// long poll would be held without limit.
    Status serveInTurn(Bytes frame) {
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
        const bool full = state_->closing || isMuted() || held_.has_value() || slots_.size() >= kMaxRequests ||
                          requestBytes_ >= kMaxRequestBytes || connection_->queuedBytes() >= kMaxQueuedBytes;
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
        for (Clock::TimerId* timer : {&proofTimer_, &closeTimer_, &muteTimer_})
            context_.clock.cancel(std::exchange(*timer, 0));
    }

private:
    struct Slot {
        std::optional<Outcome> outcome;
        std::function<void()> giveUp;
        std::size_t requestBytes = 0;
        bool fetch = false;
    };

    void refuse(const std::string& why) {
        listener_.refusals.warn(fmt::format("connection from {} closed: {}", connection_->peer().toString(), why));
        connection_->close();
    }

    /// After SaslHandshake v0 tokens come as frames of nothing else, and so do the answers (KIP-152 tells the history).
    Status serveToken(const Bytes& token) {
        const SaslStep step = state_->sasl->step(token.text(), state_->clientHost);
        if (step.state == SaslStep::State::failed) {
            state_->closing = true;
            closeTimer_ = context_.clock.after(context_.settings.failedAuthenticationDelay, [this] {
                closeTimer_ = 0;
                connection_->close();
            });
            regulate();
            return ok();
        }
        if (step.state == SaslStep::State::proven) state_->sasl->admit(*state_, context_.clock.now());
        std::vector<std::uint8_t> frame(sizeof(std::uint32_t));
        storeBigEndian(frame.data(), static_cast<std::uint32_t>(step.token.size()));
        frame.insert(frame.end(), step.token.begin(), step.token.end());
        connection_->send(Bytes(std::move(frame)));
        return ok();
    }

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
        if (closed_ || state_->closing || isMuted() || !held_ || fetching_ ||
            connection_->queuedBytes() >= kMaxQueuedBytes)
            return;
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
            answered_ = context_.clock.now();
            if (next.mute.count() > 0) mute(next.mute);
            if (next.kind == Outcome::Kind::answer) connection_->send(std::move(next.frame));
            // A failed request that wants no answer: closing is all that can be told.
            if (next.kind == Outcome::Kind::close) connection_->closeAfterSending();
        }
        if (state_->closing && slots_.empty()) return connection_->closeAfterSending();
        if (!left || (!paused_ && !isMuted())) return;
        serveHeld();
        regulate();
    }

    bool isMuted() const { return muteTimer_ != 0; }

    /// The answer goes out at once and says it; what the client sends in spite of it waits in its socket.
    void mute(std::chrono::milliseconds time) {
        mutedUntil_ = std::max(mutedUntil_, context_.clock.now() + time);
        waitMuted();
    }

    /// That the client has gone is not seen while nothing is read: so it is closed as silent ones are, whatever it
    /// still has under way.
    void waitMuted() {
        const auto idle = context_.settings.connectionIdle;
        const auto end = idle.count() > 0 ? std::min(mutedUntil_, answered_ + idle) : mutedUntil_;
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end - context_.clock.now());
        context_.clock.cancel(muteTimer_);
        muteTimer_ = context_.clock.after(rest, [self = weak_from_this()] {
            if (const auto queue = self.lock()) queue->muteTimeIsUp();
        });
    }

    void muteTimeIsUp() {
        muteTimer_ = 0;
        const MonotonicTime now = context_.clock.now();
        if (now < mutedUntil_)
            return now < answered_ + context_.settings.connectionIdle ? waitMuted() : connection_->close();
        serveHeld();
        regulate();
    }

    std::shared_ptr<net::Connection> connection_;
    std::shared_ptr<ConnectionState> state_ = std::make_shared<ConnectionState>();
    std::deque<Slot> slots_;  ///< in the order of the requests
    std::uint64_t first_ = 0; ///< number of the first slot
    std::size_t requestBytes_ = 0;
    MonotonicTime answered_{};   ///< when the last answer left
    MonotonicTime mutedUntil_{}; ///< what answers have told the client: so long it is to be silent
    Context& context_;
    ServedListener& listener_;
    std::optional<Bytes> held_; ///< a Fetch that waits for the one before it
    Clock::TimerId proofTimer_ = 0, closeTimer_ = 0, muteTimer_ = 0;
    bool fetching_ = false; ///< one of the slots is a Fetch
    bool paused_ = false;
    bool closed_ = false;
};

ClientConnection::ClientConnection(Context& context, ServedListener& listener)
    : context_(context), listener_(listener) {}
ClientConnection::~ClientConnection() = default;

void ClientConnection::opened(const std::shared_ptr<net::Connection>& connection) {
    queue_ = std::make_shared<Queue>(connection, context_, listener_);
    queue_->identify();
}
Status ClientConnection::received(Bytes frame) {
    return queue_->serve(std::move(frame));
}
std::size_t ClientConnection::frameLimit() const {
    return queue_->isUnproven() ? context_.settings.maxUnprovenBytes : std::numeric_limits<std::size_t>::max();
}
void ClientConnection::drained() {
    queue_->drained();
}
void ClientConnection::closed(const Error*) {
    if (queue_) queue_->giveUp();
}

} // namespace millrace::broker
