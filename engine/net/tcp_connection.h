#pragma once

#include "net/event_loop_impl.h"
#include "net/peer_budget.h"
#include "net/receiver.h"
#include "net/send_queue.h"
#include "net/transport.h"
#include "net/unique_fd.h"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace millrace::net {

/// One connected socket: waits for readiness, moves bytes through its Transport, and lets its Receiver cut what came. A
/// pending wait, a posted closure or the listener's set keeps it alive; it leaves that set in finish().
class TcpConnection final : public Connection, public std::enable_shared_from_this<TcpConnection> {
public:
    /// What carries the bytes, and how long it may take until it does.
    struct Carrier {
        TransportFactory transport; ///< empty = the socket itself
        std::chrono::milliseconds handshake{0};
    };
    struct Hooks {
        /// A handler or receiver refused what the peer sent.
        std::function<void(const TcpConnection&, const Error&)> brokeRules;
        std::function<void(TcpConnection&)> finished; ///< closed() has run; the last call
    };
    /// `unread` is shared by the connections of one listener and kept alive by them.
    TcpConnection(EventLoop& loop, UniqueFd fd, const Carrier& carrier, std::unique_ptr<Receiver> receiver,
                  std::shared_ptr<PeerBudget> unread, Hooks hooks);

    void start();
    /// Writes what is queued, or counts it while the peer does not read; called by the loop when its turn ends, since
    /// counting may give up connections.
    void flush();
    bool wasOpened() const { return wasOpened_; } ///< the handler has been called
    /// Closes and, unless the call comes from inside its own handler, has run closed() on return.
    void closeNow(const Error& reason);
    /// Reads no more, and the handler is told that its peer has finished. Before the handshake is done: closes.
    void takeNoMore();
    /// Last time a byte moved; what a pause or an unread answer keeps waiting is not silent.
    MonotonicTime lastActivity() const { return lastActivity_; }
    bool waitsForUs() const { return paused_ || takesNoMore_; }
    void closeSilent(std::chrono::milliseconds limit);

    using Connection::send;
    void send(std::vector<Bytes> pieces) override;
    std::size_t queuedBytes() const override { return queue_.bytes(); }
    void pauseReading() override;
    void resumeReading() override;
    void closeAfterSending() override;
    void close() override { closeWith(std::nullopt); }
    const Address& peer() const override { return peer_; }
    const std::string& peerIdentity() const override { return peerIdentity_; }
    const Address& local() const override { return local_; }
    EventLoop& loop() override { return loop_; }

private:
    enum class State { handshaking, open, sendingLast, lingering, closed };

    void shakeHands();
    void open();
    bool wantsToRead() const;
    void waitAsWanted();
    void waitReadable();
    void waitWritable();
    void socketReadable();
    void socketWritable();
    void readMore();
    void readSome();
    bool receiveOnce(std::size_t& budget);
    void postReadOn();
    void readOn();
    void peerEnded();
    void tellPeerFinished();
    void discard();
    void sendQueued();
    bool sendOnce();
    void writeWaits(Progress::State wanted);
    void linger();
    void refuse(const Error& error);
    void closeWith(std::optional<Error> reason);
    void finish();
    void updateFlowing() { flowing_ = state_ == State::open && !paused_ && !takesNoMore_; }
    /// Runs a receiver call, during which closed() is put off.
    template <typename Call>
    auto inHandler(Call call) {
        ++callDepth_;
        auto result = call(*receiver_);
        --callDepth_;
        return result;
    }

    EventLoop& loop_;
    /// None once closed: whoever keeps a closed connection may outlive the loop.
    std::optional<boost::asio::posix::stream_descriptor> descriptor_;
    std::unique_ptr<Transport> transport_; ///< as long as the descriptor
    std::unique_ptr<Receiver> receiver_;
    Hooks hooks_;
    Address peer_;
    Address local_;
    std::string peerIdentity_;
    SendQueue queue_;
    std::shared_ptr<PeerBudget> unread_;
    PeerBudget::Share unreadShare_;
    std::optional<Error> reason_;
    MonotonicTime lastActivity_;
    std::chrono::milliseconds handshakeLimit_;
    Clock::TimerId timer_ = 0; ///< ends the handshake, later the lingering
    int callDepth_ = 0;
    State state_ = State::handshaking;
    bool wasOpened_ = false;
    bool flowing_ = false;
    bool paused_ = false;
    bool takesNoMore_ = false;
    bool peerEnded_ = false;
    bool readArmed_ = false;  ///< a wait for the readable socket is under way
    bool writeArmed_ = false; ///< … for the writable one
    bool readWantsWrite_ = false;
    bool writeBlocked_ = false; ///< the transport took nothing more; sending goes on when the socket allows
    bool writeWantsRead_ = false;
    bool unsentMarked_ = false;
    bool readOnPosted_ = false;
    bool resuming_ = false; ///< after a pause: the receiver may hold something back
};

} // namespace millrace::net
