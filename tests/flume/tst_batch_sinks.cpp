#include "flume/registry.h"
#include "flume/support/batch_sink.h"
#include "flume/support/fake_channel.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <QtTest>

#include <functional>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using catalog::ComponentKind;

namespace {

/// A sink by its type, on a channel whose transactions assert when they are begun twice.
struct Bench {
    explicit Bench(const std::string& type)
        : config(configOf(type)), context(*config.spec, runDirectory.path().toStdString()) {
        Settings settings(config);
        auto made = builtinRegistry().find<SinkFactory>(*config.spec)(settings, context.context());
        if (!made) qFatal("%s", made.error().message.c_str());
        sink = std::move(*made);
        if (!sink->start()) qFatal("a sink on an empty directory starts");
        transaction = channel.newTransaction(context.wakeUp());
        channel.add(makeBatch({"1"}));
    }
    static catalog::ComponentConfig configOf(const std::string& type) {
        if (type == "file_roll") return makeConfig(ComponentKind::sink, "k", type, {{"sink.directory", "."}});
        if (type == "avro")
            return makeConfig(ComponentKind::sink, "k", type, {{"hostname", "127.0.0.1"}, {"port", "1"}});
        return makeConfig(ComponentKind::sink, "k", type);
    }
    QTemporaryDir runDirectory;
    catalog::ComponentConfig config;
    TestContext context;
    std::unique_ptr<Sink> sink;
    FakeChannel channel;
    std::unique_ptr<Transaction> transaction;
};

/// Sends by a function.
class SendingSink final : public BatchSink {
public:
    SendingSink(const ComponentServices& context, std::function<Status(std::size_t)> send)
        : BatchSink(context, 10, FlumeCounter::eventWriteFail), send_(std::move(send)) {}
    Status start() override { return ok(); }
    void stop() override {}

private:
    Status send(std::span<const EventRange>, std::size_t count) override { return send_(count); }
    std::function<Status(std::size_t)> send_;
};

const Error kBroken{ErrorCode::io, "the disk of the channel is full", true};

} // namespace

class BatchSinksTest : public QObject {
    Q_OBJECT
private slots:
    void aCommitThatFailsIsRolledBackAndTheBatchComesAgain_data();
    void aCommitThatFailsIsRolledBackAndTheBatchComesAgain();
    void anEmptyTakeMayFailToCommitToo();
    void whatSendThrowsIsRolledBackBeforeItGoesOn();
    void whatIsNotSentIsCountedAndComesAgain();
    void theNullSinkIsSilentUnlessTheFileAsks_data();
    void theNullSinkIsSilentUnlessTheFileAsks();
};

void BatchSinksTest::aCommitThatFailsIsRolledBackAndTheBatchComesAgain_data() {
    QTest::addColumn<QString>("type");
    for (const char* type : {"logger", "null", "file_roll"})
        QTest::newRow(type) << type;
}

void BatchSinksTest::aCommitThatFailsIsRolledBackAndTheBatchComesAgain() {
    QFETCH(QString, type);
    Bench bench(type.toStdString());
    bench.channel.refuseNextCommit(kBroken);
    const auto failed = bench.sink->cycle(*bench.transaction);
    QVERIFY(!failed);
    QCOMPARE(failed.error().message, kBroken.message);
    QCOMPARE(bench.channel.rollbacks(), 1);
    QCOMPARE(bench.channel.bodies(), std::vector<std::string>{"1"});
    QCOMPARE(bench.context.counter("EventDrainSuccessCount"), 0);
    const auto again = bench.sink->cycle(*bench.transaction);
    QVERIFY(again && again->outcome == Cycle::Outcome::ready);
    QVERIFY(bench.channel.bodies().empty());
    QCOMPARE(bench.context.counter("EventDrainSuccessCount"), 1);
    bench.sink->stop();
}

void BatchSinksTest::anEmptyTakeMayFailToCommitToo() {
    Bench bench("null");
    QVERIFY(bench.sink->cycle(*bench.transaction));
    bench.channel.refuseNextCommit(kBroken);
    QVERIFY(!bench.sink->cycle(*bench.transaction));
    const auto idle = bench.sink->cycle(*bench.transaction);
    QVERIFY(idle && idle->outcome == Cycle::Outcome::idle);
}

void BatchSinksTest::whatSendThrowsIsRolledBackBeforeItGoesOn() {
    Bench bench("avro"); // for its context and channel only
    SendingSink sink(bench.context.context(), [](std::size_t) -> Status { throw std::runtime_error("no memory"); });
    QVERIFY_EXCEPTION_THROWN((void)sink.cycle(*bench.transaction), std::runtime_error);
    QCOMPARE(bench.channel.bodies(), std::vector<std::string>{"1"});
    bench.transaction->begin(); // asserts when the other is still open
    bench.transaction->rollback();
}

void BatchSinksTest::whatIsNotSentIsCountedAndComesAgain() {
    Bench bench("avro");
    int refusals = 1;
    SendingSink sink(bench.context.context(),
                     [&](std::size_t) -> Status { return refusals-- > 0 ? Status(kBroken) : ok(); });
    QVERIFY(!sink.cycle(*bench.transaction));
    QVERIFY(sink.cycle(*bench.transaction)->outcome == Cycle::Outcome::ready);
    QVERIFY(sink.cycle(*bench.transaction)->outcome == Cycle::Outcome::idle);
    QCOMPARE(bench.context.counter("EventWriteFail"), 1);
    QCOMPARE(bench.context.counter("EventDrainAttemptCount"), 2);
    QCOMPARE(bench.context.counter("EventDrainSuccessCount"), 1);
    QCOMPARE(bench.context.counter("BatchUnderflowCount"), 2);
    QCOMPARE(bench.context.counter("BatchEmptyCount"), 1);
}

void BatchSinksTest::theNullSinkIsSilentUnlessTheFileAsks_data() {
    QTest::addColumn<QString>("every");
    QTest::addColumn<int>("lines");
    QTest::newRow("not a word by default") << "" << 0;
    QTest::newRow("each of two events") << "1" << 2;
}

void BatchSinksTest::theNullSinkIsSilentUnlessTheFileAsks() {
    QFETCH(QString, every);
    catalog::ComponentConfig config = makeConfig(ComponentKind::sink, "k", "null", {{"batchSize", "1"}});
    if (!every.isEmpty()) config.properties["logEveryNEvents"] = every.toStdString();
    TestContext context(*config.spec);
    Settings settings(config);
    const auto sink = builtinRegistry().find<SinkFactory>(*config.spec)(settings, context.context());
    QVERIFY(sink.has_value());
    FakeChannel channel;
    channel.add(makeBatch(std::vector<std::string>(every.isEmpty() ? 20'000 : 2, "x")));
    const auto transaction = channel.newTransaction(context.wakeUp());
    while ((*sink)->cycle(*transaction)->outcome == Cycle::Outcome::ready) {
    }
    QTEST(int(context.log().lines().size()), "lines");
}

MILLRACE_TEST(BatchSinksTest)
#include "tst_batch_sinks.moc"
