#include "flume/registry.h"
#include "flume/runtime/fan_out.h"
#include "flume/support/fake_channel.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

/// A source's way into the channels c and d.
struct Way {
    explicit Way(const catalog::Properties& selector = {}, const ThreadClock& clock = systemThreadClock())
        : context(specOf(catalog::ComponentKind::source, "seq")),
          tap(systemThreadClock()),
          fanOut("a/sources/s", log, tap, clock) {
        wire(selector);
    }
    void wire(const catalog::Properties& selector) {
        std::vector<FanOut::Outlet> outlets;
        outlets.push_back({"c", c.newTransaction(wakeUp), &tap});
        outlets.push_back({"d", d.newTransaction(wakeUp), &tap});
        auto made = makeSelector(selector, {"c", "d"}, context.context());
        if (!made) qFatal("%s", made.error().message.c_str());
        fanOut.setOutlets(std::move(outlets), std::move(*made));
    }
    /// An interceptor that drops the events of this body.
    void addFilterOf(const std::string& body) {
        const auto config = makeConfig(catalog::ComponentKind::interceptor, "i", "regex_filter",
                                       {{"regex", body}, {"excludeEvents", "true"}});
        Settings settings(config);
        auto filter = builtinRegistry().find<InterceptorFactory>(*config.spec)(settings, context.context());
        if (!filter) qFatal("%s", filter.error().message.c_str());
        std::vector<std::unique_ptr<Interceptor>> interceptors;
        interceptors.push_back(std::move(*filter));
        fanOut.setInterceptors(std::move(interceptors));
    }
    TestContext context;
    RecordingLog log;
    Tap tap;
    WakeUp wakeUp;
    FakeChannel c, d;
    FanOut fanOut;
};

const catalog::Properties kOptional{{"selector.optional", "d"}};

QString joined(const FakeChannel& channel) {
    QStringList bodies;
    for (const std::string& body : channel.bodies())
        bodies << QString::fromStdString(body);
    return bodies.join(' ');
}

} // namespace

class FanOutTest : public QObject {
    Q_OBJECT
private slots:
    void everyChannelGetsTheBatchWithoutACopy();
    void aRefusalKeepsWhatWasCommittedBefore();
    void whatComesAgainGoesOnWhereItWasRefused_data();
    void whatComesAgainGoesOnWhereItWasRefused();
    void whatIsForgottenBeginsAnew_data();
    void whatIsForgottenBeginsAnew();
    void aFullChannelHoldsUp();
    void anOptionalChannelMayRefuse();
    void oneByOneEachChannelGetsAnEventOnceAtMost_data();
    void oneByOneEachChannelGetsAnEventOnceAtMost();
    void oneByOneADroppedEventFaresWell();
    void oneByOneAWaitInVainIsNotRepeated();
    void anEventForNoChannelIsDropped();
    void littleThatIsLeftIsCopiedOut();
};

void FanOutTest::everyChannelGetsTheBatchWithoutACopy() {
    Way way;
    QVERIFY(way.fanOut.process(makeBatch({"1", "2"})));
    const std::vector<std::string> both{"1", "2"};
    QCOMPARE(way.c.bodies(), both);
    QCOMPARE(way.d.bodies(), both);
    QCOMPARE(way.c.commits(), 1);
    QVERIFY(way.fanOut.process(EventBatchPtr()));
    QCOMPARE(way.c.commits(), 1);
}

void FanOutTest::aRefusalKeepsWhatWasCommittedBefore() {
    Way way;
    way.d.refuseNextCommit({ErrorCode::closed, "the channel is stopped", true});
    const Status status = way.fanOut.process(makeBatch({"1"}));
    QVERIFY(!status);
    QCOMPARE(status.error().message, std::string("channel d: the channel is stopped"));
    QCOMPARE(way.c.bodies(), std::vector<std::string>{"1"});
    QVERIFY(way.d.bodies().empty());
    QCOMPARE(way.d.rollbacks(), 1);
    QVERIFY(!way.fanOut.heldUp());
    QVERIFY(way.fanOut.process(makeBatch({"1"}))); // another event that only looks the same
    QCOMPARE(way.c.bodies(), (std::vector<std::string>{"1", "1"}));
}

void FanOutTest::whatComesAgainGoesOnWhereItWasRefused_data() {
    QTest::addColumn<QString>("selector");
    QTest::addColumn<bool>("intercepted");
    QTest::addColumn<QString>("inC");
    QTest::addColumn<QString>("inD");
    QTest::newRow("to all") << "" << false << "1 2 3"
                            << "1 2 3";
    QTest::newRow("to all, through an interceptor") << "" << true << "1 3"
                                                    << "1 3";
    QTest::newRow("by a header") << "header" << false << "1 2 3"
                                 << "1 2 3";
    QTest::newRow("in turn, so that another one may take it") << "turn" << false << "1 3 2"
                                                              << "";
    QTest::newRow("to all, the second optional") << "optional" << false << "1 2 3"
                                                 << "1 2 3";
}

void FanOutTest::whatComesAgainGoesOnWhereItWasRefused() {
    QFETCH(QString, selector);
    QFETCH(bool, intercepted);
    const catalog::Properties inTurn{{"selector.type", "load_balancing"}};
    const catalog::Properties byHeader{
        {"selector.type", "multiplexing"}, {"selector.header", "k"}, {"selector.mapping.x", "c d"}};
    Way way(selector == "turn"       ? inTurn
            : selector == "header"   ? byHeader
            : selector == "optional" ? kOptional
                                     : catalog::Properties());
    if (intercepted) way.addFilterOf("2");
    const int attempts = selector == "turn" ? 2 : 3;
    (selector == "optional" ? way.c : way.d).refuseCommits(attempts, {ErrorCode::full, "no room", true});
    const EventBatchPtr batch = makeBatch({"1", "2", "3"}, {{"k", "x"}});
    for (int attempt = 0; attempt < attempts; ++attempt)
        QVERIFY(!way.fanOut.process(batch));
    QVERIFY(way.fanOut.process(batch));
    QTEST(joined(way.c), "inC");
    QTEST(joined(way.d), "inD");
    QVERIFY(way.fanOut.process(batch)); // accepted: from now on it is another one
    QCOMPARE(way.c.bodies().size() + way.d.bodies().size(), std::size_t(selector == "turn" ? 6 : intercepted ? 8 : 12));
}

void FanOutTest::whatIsForgottenBeginsAnew_data() {
    QTest::addColumn<QString>("because");
    QTest::addColumn<QString>("inC");
    QTest::newRow("the source goes on with something else") << "other"
                                                            << "1 2 1";
    QTest::newRow("the source begins anew") << "forgotten"
                                            << "1 1";
    QTest::newRow("nothing: the channels are only wired anew") << "rewired"
                                                               << "1";
}

void FanOutTest::whatIsForgottenBeginsAnew() {
    QFETCH(QString, because);
    Way way;
    way.d.refuseNextCommit({ErrorCode::full, "no room", true});
    const EventBatchPtr batch = makeBatch({"1"});
    QVERIFY(!way.fanOut.process(batch));
    if (because == "other") QVERIFY(way.fanOut.process(makeBatch({"2"})));
    if (because == "forgotten") way.fanOut.forgetRefused();
    if (because == "rewired") way.wire({});
    QVERIFY(way.fanOut.process(batch));
    QTEST(joined(way.c), "inC");
}

void FanOutTest::aFullChannelHoldsUp() {
    Way way;
    way.c.refuseNextCommit({ErrorCode::full, "no room", true});
    QVERIFY(!way.fanOut.process(makeBatch({"1"})));
    QVERIFY(way.fanOut.heldUp());
    QVERIFY(way.d.bodies().empty()); // not reached
    QVERIFY(way.fanOut.process(makeBatch({"1"})));
    QVERIFY(!way.fanOut.heldUp());
}

void FanOutTest::anOptionalChannelMayRefuse() {
    Way way(kOptional);
    for (int i = 0; i < 5; ++i) {
        way.d.refuseNextCommit({ErrorCode::full, "no room", true});
        QVERIFY(way.fanOut.process(makeBatch({"1"})));
    }
    QVERIFY(!way.fanOut.heldUp());
    QCOMPARE(way.c.bodies().size(), std::size_t(5));
    QVERIFY(way.d.bodies().empty());
    QCOMPARE(way.log.lines(),
             std::vector<std::string>{"warning a/sources/s: optional channel d: no room; these events are "
                                      "not kept there"}); // once, not for each batch
    QVERIFY(way.fanOut.process(makeBatch({"1"})));
    QCOMPARE(way.d.bodies().size(), std::size_t(1));
}

void FanOutTest::oneByOneEachChannelGetsAnEventOnceAtMost_data() {
    QTest::addColumn<QString>("selector");
    QTest::addColumn<int>("refusalsOfC");
    QTest::addColumn<int>("refusalsOfD");
    QTest::addColumn<QString>("inC");
    QTest::addColumn<QString>("inD");
    QTest::addColumn<QString>("outcomes"); // of 1, 2 and 3: + or -
    QTest::newRow("nobody refuses") << "" << 0 << 0 << "1 2 3"
                                    << "1 2 3"
                                    << "+++";
    QTest::newRow("the second refuses the lot") << "" << 0 << 1 << "1 2 3"
                                                << "1 2 3"
                                                << "+++";
    QTest::newRow("the second refuses the lot, then the first line") << "" << 0 << 2 << "1 2 3"
                                                                     << "2 3"
                                                                     << "-++";
    QTest::newRow("the second refuses all") << "" << 0 << 4 << "1 2 3"
                                            << ""
                                            << "---";
    QTest::newRow("the first refuses the lot, then the first line") << "" << 2 << 0 << "2 3"
                                                                    << "2 3"
                                                                    << "-++";
    QTest::newRow("the first refuses all") << "" << 4 << 0 << ""
                                           << ""
                                           << "---";
    QTest::newRow("the second, which is optional, refuses all") << "optional" << 0 << 4 << "1 2 3"
                                                                << ""
                                                                << "+++";
    QTest::newRow("the first refuses one, the second is optional") << "optional" << 2 << 0 << "2 3"
                                                                   << "2 3"
                                                                   << "-++";
    QTest::newRow("in turn, and the second refuses its one") << "turn" << 0 << 1 << "1 3"
                                                             << ""
                                                             << "+-+";
    QTest::newRow("in turn, and the first refuses the lot") << "turn" << 1 << 0 << "1 3"
                                                            << "2"
                                                            << "+++";
}

void FanOutTest::oneByOneEachChannelGetsAnEventOnceAtMost() {
    QFETCH(QString, selector);
    QFETCH(int, refusalsOfC);
    QFETCH(int, refusalsOfD);
    const catalog::Properties inTurn{{"selector.type", "load_balancing"}};
    Way way(selector == "optional" ? kOptional : selector == "turn" ? inTurn : catalog::Properties());
    way.c.refuseCommits(refusalsOfC, {ErrorCode::full, "no room", true});
    way.d.refuseCommits(refusalsOfD, {ErrorCode::full, "no room", true});
    QString outcomes;
    for (const Status& status : way.fanOut.processEach({makeBatch({"1", "2", "3"}), 0, 3}))
        outcomes += status ? '+' : '-';
    QTEST(joined(way.c), "inC");
    QTEST(joined(way.d), "inD");
    QTEST(outcomes, "outcomes");
}

void FanOutTest::oneByOneADroppedEventFaresWell() {
    Way way;
    way.addFilterOf("2");
    way.d.refuseCommits(2, {ErrorCode::full, "no room", true}); // 1 and 3 together, then 1
    QString outcomes;
    for (const Status& status : way.fanOut.processEach({makeBatch({"1", "2", "3"}), 0, 3}))
        outcomes += status ? '+' : '-';
    QCOMPARE(outcomes, "-++");
    QCOMPARE(way.c.bodies(), (std::vector<std::string>{"1", "3"}));
    QCOMPARE(way.d.bodies(), std::vector<std::string>{"3"});
}

void FanOutTest::oneByOneAWaitInVainIsNotRepeated() {
    /// By it each attempt takes seconds.
    class SlowClock final : public ThreadClock {
    public:
        MonotonicTime now() const override { return time_ += std::chrono::seconds(3); }
        EpochMs epochMs() const override { return systemThreadClock().epochMs(); }
        std::thread start(std::function<void()> run) override { return systemThreadClock().start(std::move(run)); }
        void join(std::thread& thread) override { systemThreadClock().join(thread); }
        bool wait(std::unique_lock<std::mutex>& lock, std::condition_variable& condition,
                  std::optional<MonotonicTime>) override {
            return systemThreadClock().wait(lock, condition);
        }
        void notifyAll(std::condition_variable& condition) override { systemThreadClock().notifyAll(condition); }
        bool othersRunMeanwhile() const override { return true; }

    private:
        mutable MonotonicTime time_{};
    };
    SlowClock clock;
    Way way({}, clock);
    way.d.refuseCommits(2, {ErrorCode::full, "no room", true}); // all together, then 1
    for (const Status& status : way.fanOut.processEach({makeBatch({"1", "2", "3"}), 0, 3}))
        QCOMPARE(status.error().message, std::string("channel d: no room"));
    QCOMPARE(way.d.rollbacks(), 2);
    QVERIFY(way.d.bodies().empty());
}

void FanOutTest::anEventForNoChannelIsDropped() {
    Way way({{"selector.type", "multiplexing"}, {"selector.header", "k"}, {"selector.mapping.x", "c"}});
    QVERIFY(way.fanOut.process(makeBatch({"1"}, {{"k", "y"}})));
    QCOMPARE(way.c.commits() + way.d.commits(), 0);
    QVERIFY(way.fanOut.process(makeBatch({"1"}, {{"k", "x"}})));
    QCOMPARE(way.c.commits(), 1);
}

void FanOutTest::littleThatIsLeftIsCopiedOut() {
    const EventBatchPtr batch = makeBatch(std::vector<std::string>(100, std::string(100, 'x')), {{"k", "v"}});
    const EventRanges all{{batch, 0, 100}};
    EventRanges much{{batch, 0, 60}};
    compactLeftovers(all, much);
    QVERIFY(much.front().batch == batch);
    EventRanges little{{batch, 3, 5}, {batch, 50, 60}};
    compactLeftovers(all, little);
    QCOMPARE(little.size(), std::size_t(1));
    QVERIFY(little.front().batch != batch);
    QCOMPARE(little.front().size(), std::size_t(12));
    QVERIFY(*little.front().batch->headers(11).find("k") == "v");
    EventRanges none;
    compactLeftovers(all, none);
    QVERIFY(none.empty());
    const EventBatchPtr small = makeBatch({"a", "b", "c", "d"});
    EventRanges one{{small, 0, 1}};
    compactLeftovers({{small, 0, 4}}, one);
    QVERIFY(one.front().batch == small); // not worth it
}

MILLRACE_TEST(FanOutTest)
#include "tst_fan_out.moc"
