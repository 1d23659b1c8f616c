#include "base/manual_thread_clock.h"
#include "flume/sink_processor.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

/// Says what it is told to say, and writes its name down each time it is asked.
class ToldSink final : public GroupSink {
public:
    ToldSink(std::string name, QStringList& asked) : name_(std::move(name)), asked_(asked) {}
    const std::string& name() const override { return name_; }
    Result<Cycle> cycle() override {
        asked_ << QString::fromStdString(name_);
        whenAsked();
        if (fails) return Error{ErrorCode::io, name_ + " is down", true};
        return empty ? Cycle::idle() : Cycle::ready();
    }
    bool fails = false;
    bool empty = false;
    std::function<void()> whenAsked = [] {};

private:
    std::string name_;
    QStringList& asked_;
};

struct Group {
    explicit Group(catalog::Properties properties, std::vector<std::string> names = {"a", "b", "c"}) {
        for (std::string& name : names)
            sinks.push_back(std::make_unique<ToldSink>(std::move(name), asked));
        ProcessorParts parts;
        for (const auto& sink : sinks)
            parts.sinks.push_back(sink.get());
        parts.interrupted = [this] { return interrupted; };
        auto made = makeSinkProcessor(properties, context.context(), parts);
        if (made)
            processor = std::move(*made);
        else
            error = QString::fromStdString(made.error().message);
    }
    /// Asks once; who was asked meanwhile, and "!" when the group failed.
    QString step() {
        asked.clear();
        const auto result = processor->process();
        return asked.join(' ') + (result ? "" : " !");
    }
    ToldSink& operator[](char name) { return *sinks[static_cast<std::size_t>(name - 'a')]; }
    void wait(std::chrono::milliseconds time) { clock.advance(time + 1ms); }

    QStringList asked;
    bool interrupted = false;
    ManualThreadClock clock;
    TestContext context{specOf(catalog::ComponentKind::sinkProcessor, "failover"), {}, clock};
    std::vector<std::unique_ptr<ToldSink>> sinks;
    std::unique_ptr<SinkProcessor> processor;
    QString error;
};

const catalog::Properties kFailover{{"processor.type", "failover"},
                                    {"processor.priority.a", "5"},
                                    {"processor.priority.b", "10"},
                                    {"processor.priority.c", "1"}};

} // namespace

class SinkProcessorsTest : public QObject {
    Q_OBJECT
private slots:
    void refusals_data();
    void refusals();
    void theDefaultAsksItsSink();
    void failoverAsksTheHighestPriority();
    void failoverTriesTheNextInTheSameCycle();
    void failoverRestsDouble();
    void failoverNeverRestsLongerThanMaxpenalty();
    void failoverAsksASilentReturnedSinkFirst();
    void failoverWithoutALiveSinkFails();
    void failoverAsksEachSinkOnceHoweverSlowlyTheyFail();
    void anInterruptedGroupTriesNoFurtherSink_data();
    void anInterruptedGroupTriesNoFurtherSink();
    void failoverPrioritiesByDefault_data();
    void failoverPrioritiesByDefault();
    void roundRobinGoesInTurn();
    void roundRobinPassesAFailureOn();
    void backoffLeavesAFailedSinkOut();
    void backoffIsForgottenAfterAnHour();
    void allRestingFails();
    void randomUsesAll();
};

void SinkProcessorsTest::refusals_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("sinks");
    QTest::addColumn<QString>("error");
    QTest::newRow("unknown type") << "com.example.Mine" << 2
                                  << "processor.type = com.example.Mine is not implemented here";
    QTest::newRow("default with two") << "default" << 2
                                      << "processor.type = default takes exactly one sink, here are 2; use failover or "
                                         "load_balance";
    QTest::newRow("load_balance with one")
        << "load_balance" << 1 << "processor.type = load_balance needs at least two sinks";
    QTest::newRow("failover with one") << "failover" << 1 << "";
    QTest::newRow("no sink at all") << "failover" << 0 << "the group has no sink";
    QTest::newRow("class name") << "org.apache.flume.sink.FailoverSinkProcessor" << 2 << "";
}

void SinkProcessorsTest::refusals() {
    QFETCH(QString, type);
    QFETCH(int, sinks);
    std::vector<std::string> names{"a", "b"};
    names.resize(static_cast<std::size_t>(sinks));
    Group group(catalog::Properties{{"processor.type", type.toStdString()}}, names);
    QTEST(group.error, "error");
}

void SinkProcessorsTest::theDefaultAsksItsSink() {
    Group group(catalog::Properties{{"processor.type", "default"}}, {"a"});
    QCOMPARE(group.step(), "a");
    group['a'].fails = true;
    QCOMPARE(group.step(), "a !");
}

void SinkProcessorsTest::failoverAsksTheHighestPriority() {
    Group group(kFailover);
    QCOMPARE(group.step(), "b");
    QCOMPARE(group.step(), "b");
    group['b'].empty = true;
    QCOMPARE(group.step(), "b"); // having nothing is no failure
}

void SinkProcessorsTest::failoverTriesTheNextInTheSameCycle() {
    Group group(kFailover);
    group['b'].fails = group['a'].fails = true;
    QCOMPARE(group.step(), "b a c");
    QCOMPARE(group.step(), "c");
}

void SinkProcessorsTest::failoverRestsDouble() {
    Group group(kFailover);
    group['b'].fails = true;
    QCOMPARE(group.step(), "b a");
    for (const auto rest : {2000ms, 4000ms, 8000ms}) {
        group.clock.advance(rest - 1ms);
        QCOMPARE(group.step(), "a");
        group.wait(1ms);
        QCOMPARE(group.step(), "b a");
    }
    group['b'].fails = false;
    group.wait(16s);
    QCOMPARE(group.step(), "b"); // back, and the active one again
    QCOMPARE(group.step(), "b");
    group['b'].fails = true;
    QCOMPARE(group.step(), "b a");
    group.wait(2s);
    QCOMPARE(group.step(), "b a"); // counted from the beginning
}

void SinkProcessorsTest::failoverNeverRestsLongerThanMaxpenalty() {
    auto properties = kFailover;
    properties["processor.maxpenalty"] = "3000";
    Group group(properties);
    group['b'].fails = true;
    QCOMPARE(group.step(), "b a");
    for (int failure = 0; failure < 60; ++failure) { // Flume's doubling overflows after some twenty
        group.clock.advance(failure == 0 ? 2000ms : 2999ms);
        QCOMPARE(group.step(), "a");
        group.wait(1ms);
        QCOMPARE(group.step(), "b a");
    }
}

void SinkProcessorsTest::failoverAsksASilentReturnedSinkFirst() {
    Group group(kFailover);
    group['b'].fails = true;
    QCOMPARE(group.step(), "b a");
    group['b'].fails = false;
    group['b'].empty = true;
    group.wait(2s);
    QCOMPARE(group.step(), "b"); // nothing to say: neither live nor punished, and the live one waits
    QCOMPARE(group.step(), "b");
    group['b'].empty = false;
    QCOMPARE(group.step(), "b");
}

void SinkProcessorsTest::failoverWithoutALiveSinkFails() {
    Group group(kFailover);
    for (const auto& sink : group.sinks)
        sink->fails = true;
    QCOMPARE(group.step(), "b a c !");
    QCOMPARE(group.step(), " !");
    group['c'].fails = false;
    group.wait(2s);
    const QString asked = group.step();
    QVERIFY2(asked.endsWith('c'), qPrintable(asked));
}

void SinkProcessorsTest::failoverAsksEachSinkOnceHoweverSlowlyTheyFail() {
    auto properties = kFailover;
    properties["processor.maxpenalty"] = "10000";
    Group group(properties);
    for (const auto& sink : group.sinks) {
        sink->fails = true;
        sink->whenAsked = [&] { group.clock.advance(20s); };
    }
    QCOMPARE(group.step(), "b a c !");
    group.wait(10s); // all three rests are over, and would be over again before the last has failed
    QCOMPARE(group.step(), "b a c !");
}

void SinkProcessorsTest::anInterruptedGroupTriesNoFurtherSink_data() {
    QTest::addColumn<QString>("type");
    QTest::newRow("failover") << "failover";
    QTest::newRow("load_balance") << "load_balance";
}

void SinkProcessorsTest::anInterruptedGroupTriesNoFurtherSink() {
    QFETCH(QString, type);
    Group group(catalog::Properties{{"processor.type", type.toStdString()}});
    for (const auto& sink : group.sinks)
        sink->fails = true;
    group.interrupted = true;
    QCOMPARE(group.step(), "a"); // and no failure of the group: it goes on with the next cycle
    QCOMPARE(group.step(), "b");
    group.wait(10s);
    QCOMPARE(group.step().size(), 1); // a sink that comes back from its rest
}

void SinkProcessorsTest::failoverPrioritiesByDefault_data() {
    QTest::addColumn<QString>("b");
    QTest::addColumn<QString>("first");
    QTest::addColumn<int>("warnings");
    QTest::newRow("missing ones are negative") << "0"
                                               << "b" << 0;
    QTest::newRow("an invalid one counts as missing") << "high"
                                                      << "a" << 0;
    QTest::newRow("the later of two equal ones is dropped") << "-1"
                                                            << "a" << 1;
}

void SinkProcessorsTest::failoverPrioritiesByDefault() {
    QFETCH(QString, b);
    Group group(catalog::Properties{{"processor.type", "failover"}, {"processor.priority.b", b.toStdString()}});
    QTEST(group.step(), "first");
    QTEST(int(group.context.log().lines().size()), "warnings");
}

void SinkProcessorsTest::roundRobinGoesInTurn() {
    Group group(catalog::Properties{{"processor.type", "load_balance"}});
    for (const char* expected : {"a", "b", "c", "a", "b"})
        QCOMPARE(group.step(), expected);
}

void SinkProcessorsTest::roundRobinPassesAFailureOn() {
    Group group(catalog::Properties{{"processor.type", "load_balance"}});
    group['a'].fails = true;
    for (const char* expected : {"a b", "b", "c", "a b"})
        QCOMPARE(group.step(), expected);
    for (const auto& sink : group.sinks)
        sink->fails = true;
    QCOMPARE(group.step(), "b c a !");
}

void SinkProcessorsTest::backoffLeavesAFailedSinkOut() {
    Group group(catalog::Properties{
        {"processor.type", "load_balance"}, {"processor.backoff", "true"}, {"processor.selector.maxTimeOut", "5000"}});
    group['a'].fails = true;
    QCOMPARE(group.step(), "a b");
    for (int i = 0; i < 10; ++i)
        QVERIFY(!group.step().contains('a'));
    const auto untilAsked = [&] {
        group.step();
        group.step();
        return group.step();
    };
    for (const auto rest : {2000ms, 4000ms, 5000ms, 5000ms}) {
        group.clock.advance(rest - 1ms);
        for (int i = 0; i < 6; ++i)
            QVERIFY(!group.step().contains('a'));
        group.wait(1ms);
        bool askedAgain = false;
        for (int i = 0; i < 3 && !askedAgain; ++i)
            askedAgain = group.step().contains('a');
        QVERIFY(askedAgain);
    }
    group['a'].fails = false;
    group.wait(5s);
    untilAsked();
    // A success forgets nothing: the next failure rests the longest time at once.
    group['a'].fails = true;
    for (int i = 0; i < 3; ++i)
        group.step();
    group.clock.advance(4900ms);
    for (int i = 0; i < 6; ++i)
        QVERIFY(!group.step().contains('a'));
}

void SinkProcessorsTest::backoffIsForgottenAfterAnHour() {
    Group group(catalog::Properties{{"processor.type", "load_balance"}, {"processor.backoff", "true"}}, {"a", "b"});
    group['a'].fails = true;
    group.step();
    group.wait(2s);
    group.step();
    group.step(); // its second failure: 4 s
    group['a'].fails = false;
    group.wait(3600s + 4s);
    group['a'].fails = true;
    group.step();
    group.step();
    group.wait(2s); // as after a first failure
    QVERIFY((group.step() + group.step()).contains('a'));
}

void SinkProcessorsTest::allRestingFails() {
    Group group(catalog::Properties{
        {"processor.type", "load_balance"}, {"processor.backoff", "true"}, {"processor.selector", "random"}});
    for (const auto& sink : group.sinks)
        sink->fails = true;
    QVERIFY(group.step().endsWith('!'));
    QCOMPARE(group.step(), " !");
}

void SinkProcessorsTest::randomUsesAll() {
    Group group(catalog::Properties{{"processor.type", "load_balance"}, {"processor.selector", "RANDOM"}});
    QString all;
    for (int i = 0; i < 60; ++i)
        all += group.step();
    for (const char sink : {'a', 'b', 'c'})
        QVERIFY(all.count(sink) > 5);
    group['b'].fails = true;
    for (int i = 0; i < 20; ++i)
        QVERIFY(!group.step().endsWith('b'));
}

MILLRACE_TEST(SinkProcessorsTest)
#include "tst_sink_processors.moc"
