#include "base/manual_thread_clock.h"
#include "flume/support/peer_names.h"
#include "support/test_program.h"

#include <QtTest>

#include <atomic>
#include <memory>

using namespace millrace;
using namespace millrace::flume;
using namespace std::chrono_literals;

namespace {

/// Name servers that answer when they are told to. The look-up's thread may outlive the test.
struct Servers {
    std::atomic<bool> silent{false};
    std::atomic<int> asked{0};
    std::atomic<int> answered{0};
};

PeerNames::LookUp askedOf(const std::shared_ptr<Servers>& servers) {
    return [servers](const std::string& literal) {
        ++servers->asked;
        servers->silent.wait(true);
        ++servers->answered;
        return "host-" + literal;
    };
}

} // namespace

class TestPeerNames : public QObject {
    Q_OBJECT

private slots:
    void aNameIsAskedForOnceInTenMinutes() {
        ManualThreadClock clock;
        const auto servers = std::make_shared<Servers>();
        PeerNames names(clock, askedOf(servers), 0ms);
        QTRY_COMPARE(names.nameOf("10.0.0.1"), std::string("host-10.0.0.1"));
        QCOMPARE(names.nameOf("10.0.0.1"), std::string("host-10.0.0.1"));
        QTRY_COMPARE(names.nameOf("10.0.0.2"), std::string("host-10.0.0.2"));
        QCOMPARE(servers->asked.load(), 2);
        clock.advance(10min);
        QTRY_COMPARE(names.nameOf("10.0.0.1"), std::string("host-10.0.0.1"));
        QCOMPARE(servers->asked.load(), 3);
    }

    void anAnswerThatComesInTimeIsWaitedFor() {
        const auto servers = std::make_shared<Servers>();
        PeerNames names(systemThreadClock(), askedOf(servers), 1h);
        QCOMPARE(names.nameOf("10.0.0.1"), std::string("host-10.0.0.1"));
    }

    void whileServersAreSilentAddressesAreNamesAndNobodyElseIsAskedFor() {
        ManualThreadClock clock;
        const auto servers = std::make_shared<Servers>();
        servers->silent = true;
        PeerNames names(clock, askedOf(servers), 0ms);
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(names.nameOf("10.0.0." + std::to_string(i % 250)), "10.0.0." + std::to_string(i % 250));
        QTRY_COMPARE(servers->asked.load(), 1);
        servers->silent = false;
        servers->silent.notify_all();
        QTRY_COMPARE(names.nameOf("10.0.0.0"), std::string("host-10.0.0.0"));
        QTRY_COMPARE(names.nameOf("10.0.0.7"), std::string("host-10.0.0.7"));
    }

    void itMayGoWhileALookUpIsUnderWay() {
        ManualThreadClock clock;
        const auto servers = std::make_shared<Servers>();
        servers->silent = true;
        QCOMPARE(PeerNames(clock, askedOf(servers), 0ms).nameOf("10.0.0.1"), std::string("10.0.0.1"));
        servers->silent = false;
        servers->silent.notify_all();
        QTRY_COMPARE(servers->answered.load(), 1);
    }

    void whoHasNoNameIsTheAddress() { QCOMPARE(lookUpPeerName("192.0.2.1 is none"), std::string("192.0.2.1 is none")); }
};

MILLRACE_TEST(TestPeerNames)
#include "tst_peer_names.moc"
