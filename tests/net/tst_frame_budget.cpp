// Frames that have begun and not ended: which of them makes room.
#include "net/receiver.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::net;

namespace {

class NoFrames final : public FrameHandler {
public:
    void opened(const std::shared_ptr<Connection>&) override {}
    Status received(Bytes) override { return ok(); }
    void closed(const Error*) override {}
};

/// A connection as far as its receiver sees one.
class Peer {
public:
    explicit Peer(std::shared_ptr<PeerBudget> budget)
        : receiver_(makeFrameReceiver(std::make_unique<NoFrames>(), 1000, std::move(budget))) {
        receiver_->opened(nullptr, flowing_, [this](const Error& error) { refusal = error.message; });
    }
    /// The length of a frame of 1000 bytes, and so many of them.
    void begin(std::size_t bytes) {
        take({0, 0, 0x03, 0xe8});
        goOn(bytes);
    }
    void goOn(std::size_t bytes) { take(std::vector<std::uint8_t>(bytes, 'x')); }

    std::string refusal;

private:
    void take(const std::vector<std::uint8_t>& bytes) {
        std::vector<std::uint8_t> scratch(2000);
        const ReceiveSpace space = receiver_->space(scratch);
        const std::size_t own = std::min(space.own.size(), bytes.size());
        std::copy_n(bytes.begin(), own, space.own.begin());
        std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(own), bytes.end(), scratch.begin());
        QVERIFY(receiver_->received(space, bytes.size()));
    }
    bool flowing_ = true;
    std::unique_ptr<Receiver> receiver_;
};

} // namespace

class TestFrameBudget : public QObject {
    Q_OBJECT
private slots:
    void theOneThatStoodStillForLongestMakesRoom() {
        const auto budget = std::make_shared<PeerBudget>("unfinished frames", 1000);
        Peer slow(budget), silent(budget), late(budget);
        slow.begin(300);
        silent.begin(300);
        slow.goOn(100); // has begun first, but goes on
        late.begin(400);
        QVERIFY(slow.refusal.empty());
        QVERIFY2(silent.refusal.find("waited for longest") != std::string::npos, silent.refusal.c_str());
        QVERIFY(late.refusal.empty());
    }

    void aFrameThatEndsMakesRoomItself() {
        const auto budget = std::make_shared<PeerBudget>("unfinished frames", 1000);
        Peer first(budget), second(budget);
        first.begin(900);
        first.goOn(100);
        second.begin(900);
        QVERIFY(first.refusal.empty());
        QVERIFY(second.refusal.empty());
    }
};

MILLRACE_TEST(TestFrameBudget)
#include "tst_frame_budget.moc"
