#include "flume/registry.h"
#include "flume/support/fake_channel.h"
#include "flume/support/recording_processor.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using catalog::ComponentKind;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;
constexpr const char* kStress = "org.apache.flume.source.StressSource";

struct Generator {
    Generator(const std::string& type, const Pairs& properties)
        : config(makeConfig(ComponentKind::source, "s", type, properties)), context(*config.spec) {
        Settings settings(config);
        auto made = builtinRegistry().find<SourceFactory>(*config.spec)(settings, context.context());
        if (!made) qFatal("%s", made.error().message.c_str());
        source = std::move(*made);
        if (!source->start()) qFatal("a generator starts always");
    }
    Cycle::Outcome step() {
        const auto cycle = source->cycle(output);
        if (!cycle) qFatal("%s", cycle.error().message.c_str());
        wakeAt = cycle->wakeAt;
        return cycle->outcome;
    }
    catalog::ComponentConfig config;
    TestContext context;
    std::unique_ptr<Source> source;
    RecordingProcessor output;
    std::optional<MonotonicTime> wakeAt;
};

} // namespace

class GeneratorsTest : public QObject {
    Q_OBJECT
private slots:
    void seqCountsInBatchesToItsEnd();
    void seqTriesTheSameNumbersAgain();
    void stressMakesBodiesOfOneSize();
    void stressEnds_data();
    void stressEnds();
    void stressKeepsItsRate();
    void stressChangesInPlace();
    void nullForgetsAndCounts();
};

void GeneratorsTest::seqCountsInBatchesToItsEnd() {
    Generator seq("seq", {{"batchSize", "4"}, {"totalEvents", "10"}});
    for (int i = 0; i < 3; ++i)
        QVERIFY(seq.step() == Cycle::Outcome::ready);
    QVERIFY(seq.step() == Cycle::Outcome::idle);
    QCOMPARE(seq.output.batchSizes(), (std::vector<std::size_t>{4, 4, 2}));
    QCOMPARE(seq.output.bodies().front(), std::string("0"));
    QCOMPARE(seq.output.bodies().back(), std::string("9"));
    QCOMPARE(seq.context.counter("EventAcceptedCount"), 10);
    QCOMPARE(seq.context.counter("EventReceivedCount"), 0); // as in Flume
}

void GeneratorsTest::seqTriesTheSameNumbersAgain() {
    Generator seq("seq", {{"batchSize", "2"}});
    seq.output.refuseNext({ErrorCode::full, "no room", true});
    QVERIFY(seq.step() == Cycle::Outcome::backoff);
    QVERIFY(seq.step() == Cycle::Outcome::ready);
    QCOMPARE(seq.output.bodies(), (std::vector<std::string>{"0", "1"}));
}

void GeneratorsTest::stressMakesBodiesOfOneSize() {
    Generator stress(kStress, {{"size", "37"}, {"batchSize", "1000"}});
    for (int i = 0; i < 20; ++i)
        QVERIFY(stress.step() == Cycle::Outcome::ready);
    QCOMPARE(stress.output.eventCount(), std::size_t(20'000));
    QCOMPARE(stress.output.bodies().back(), std::string(37, '\x7f'));
    for (const std::size_t size : stress.output.batchSizes())
        QCOMPARE(size, std::size_t(1000));
    Generator empty(kStress, {{"size", "0"}});
    QVERIFY(empty.step() == Cycle::Outcome::ready);
    QVERIFY(empty.output.bodies().front().empty());
}

void GeneratorsTest::stressEnds_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("refused");
    QTest::addColumn<int>("delivered");
    QTest::newRow("attempts") << "maxTotalEvents" << 2 << 10 - 6;
    QTest::newRow("accepted events") << "maxSuccessfulEvents" << 2 << 10;
    QTest::newRow("attempts without a refusal") << "maxTotalEvents" << 0 << 10;
}

void GeneratorsTest::stressEnds() {
    QFETCH(QString, key);
    QFETCH(int, refused);
    Generator stress(kStress, {{key.toStdString(), "10"}, {"batchSize", "3"}});
    for (int i = 0; i < refused; ++i)
        stress.output.refuseNext({ErrorCode::full, "no room", true});
    for (int i = 0; i < 50; ++i)
        stress.step();
    QVERIFY(stress.step() == Cycle::Outcome::idle);
    QVERIFY(!stress.wakeAt); // for good
    QTEST(int(stress.output.eventCount()), "delivered");
}

void GeneratorsTest::stressKeepsItsRate() {
    Generator stress(kStress, {{"maxEventsPerSecond", "1"}, {"batchSize", "60"}});
    QVERIFY(stress.step() == Cycle::Outcome::idle); // a minute's events are not there yet
    QVERIFY(stress.wakeAt && *stress.wakeAt > systemNow());
    QCOMPARE(stress.output.eventCount(), std::size_t(0));
}

void GeneratorsTest::stressChangesInPlace() {
    Generator stress(kStress, {{"size", "5"}});
    QVERIFY(stress.step() == Cycle::Outcome::ready);
    QVERIFY(stress.source->reconfigure(
        makeConfig(ComponentKind::source, "s", kStress, {{"size", "6"}, {"batchSize", "2"}})));
    QVERIFY(stress.step() == Cycle::Outcome::ready);
    QCOMPARE(stress.output.batchSizes(), (std::vector<std::size_t>{1, 2}));
    QCOMPARE(stress.output.bodies().back().size(), std::size_t(6));
    QVERIFY(!stress.source->reconfigure(makeConfig(ComponentKind::source, "s", kStress, {{"size", "-1"}})));
}

void GeneratorsTest::nullForgetsAndCounts() {
    const auto config = makeConfig(ComponentKind::sink, "k", "null", {{"batchSize", "2"}});
    TestContext context(*config.spec);
    Settings settings(config);
    const auto sink = builtinRegistry().find<SinkFactory>(*config.spec)(settings, context.context());
    QVERIFY(sink.has_value());
    FakeChannel channel;
    channel.add(makeBatch({"1", "2", "3"}));
    const auto transaction = channel.newTransaction(context.wakeUp());
    QVERIFY((*sink)->cycle(*transaction)->outcome == Cycle::Outcome::ready);
    QCOMPARE(channel.bodies(), std::vector<std::string>{"3"});
    QVERIFY((*sink)->cycle(*transaction)->outcome == Cycle::Outcome::ready);
    QVERIFY((*sink)->cycle(*transaction)->outcome == Cycle::Outcome::idle);
    QCOMPARE(context.counter("EventDrainSuccessCount"), 3);
}

MILLRACE_TEST(GeneratorsTest)
#include "tst_generators.moc"
