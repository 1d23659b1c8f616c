#include "flume/support/answering_listener.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace std::chrono_literals;

namespace {

struct Peers {
    std::size_t connected = 0;
    int finishes = 0;
    bool cutOff = false;
};

class PeersListener final : public net::Listener {
public:
    explicit PeersListener(Peers& peers) : peers_(peers) {}
    ~PeersListener() override { peers_.cutOff = true; }
    net::Address address() const override { return {"127.0.0.1", 7}; }
    void finish() override { ++peers_.finishes; }
    std::size_t connectionCount() const override { return peers_.connected; }

private:
    Peers& peers_;
};

constexpr MonotonicTime kStart{};

} // namespace

class TestAnsweringListener : public QObject {
    Q_OBJECT

private slots:
    void itIsClosedWhenTheLastPeerHasGone() {
        Peers peers{2};
        AnsweringListener listener;
        listener.open(std::make_unique<PeersListener>(peers));
        listener.finish();
        listener.finish();
        QCOMPARE(peers.finishes, 1);
        QVERIFY(!listener.closed());
        peers.connected = 0;
        QVERIFY(listener.closed());
        QVERIFY(!peers.cutOff);
    }

    void whileItListensItIsNotClosedThoughNobodyIsConnected() {
        Peers peers;
        AnsweringListener listener;
        listener.open(std::make_unique<PeersListener>(peers));
        listener.allAnswered(kStart);
        listener.allAnswered(kStart + 1h);
        QVERIFY(!listener.closed());
        QCOMPARE(listener.address({}).port, std::uint16_t(7));
    }

    void aPeerThatStaysAfterItsLastAnswerIsCutOff() {
        Peers peers{1};
        AnsweringListener listener;
        listener.open(std::make_unique<PeersListener>(peers));
        listener.finish();
        listener.allAnswered(kStart + 1h); // the time counts from here, however long the answers took
        listener.allAnswered(kStart + 1h + 1999ms);
        QVERIFY(!peers.cutOff);
        listener.allAnswered(kStart + 1h + 2s);
        QVERIFY(peers.cutOff && listener.closed());
    }

    void anotherStartListensAnew() {
        Peers before{1}, peers{1};
        AnsweringListener listener;
        listener.open(std::make_unique<PeersListener>(before));
        listener.finish();
        listener.allAnswered(kStart);
        listener.open(std::make_unique<PeersListener>(peers));
        listener.allAnswered(kStart + 1h);
        QVERIFY(before.cutOff && !peers.cutOff && !listener.closed());
        listener.finish();
        listener.allAnswered(kStart + 1h);
        QVERIFY(!peers.cutOff);
    }
};

MILLRACE_TEST(TestAnsweringListener)
#include "tst_answering_listener.moc"
