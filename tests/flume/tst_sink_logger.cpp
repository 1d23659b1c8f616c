#include "catalog/flume/components.h"
#include "flume/sinks/logger_sink.h"
#include "flume/support/component_bench.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

class TestSinkLogger : public QObject {
    Q_OBJECT

private slots:
    void anEventIsDescribedAsFlumeDoes_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("limit");
        QTest::addColumn<QString>("expected");
        const QString blanks(42, ' ');
        QTest::newRow("two letters") << QByteArray("hi") << 16 << "{ headers:{k=v} body: 68 69" + blanks + " hi }";
        QTest::newRow("nothing") << QByteArray() << 16 << "{ headers:{k=v} body: }";
        QTest::newRow("what cannot be shown")
            << QByteArray("\0\xff\t~", 4) << 16 << "{ headers:{k=v} body: 00 FF 09 7E" + QString(36, ' ') + " ...~ }";
        QTest::newRow("cut at the limit")
            << QByteArray("0123456789abcdefXYZ") << 16
            << "{ headers:{k=v} body: 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 0123456789abcdef }";
        QTest::newRow("a second line says where it is")
            << QByteArray("0123456789abcdefX") << 17
            << "{ headers:{k=v} body: 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 0123456789abcdef\n00000010 58" +
                   QString(45, ' ') + " X }";
    }
    void anEventIsDescribedAsFlumeDoes() {
        QFETCH(QByteArray, body);
        QFETCH(int, limit);
        const auto text =
            describeEvent(HeaderSet().with("k", "v"), {body.constData(), static_cast<std::size_t>(body.size())},
                          static_cast<std::size_t>(limit));
        QTEST(QString::fromStdString(text), "expected");
    }

    void oneEventATransactionGoesToTheLog() {
        ComponentBench bench(catalog::kLoggerSink);
        auto sink = bench.make(&makeLoggerSink, {{"channel", "c"}});
        KeptTransaction channel;
        channel.add("hello");
        channel.add("world");
        QVERIFY((*sink)->cycle(channel)->outcome == Cycle::Outcome::ready);
        QCOMPARE(channel.committed, 1u);
        QVERIFY(bench.log.holds("Event: { headers:{} body: 68 65 6C 6C 6F"));
        QVERIFY((*sink)->cycle(channel)->outcome == Cycle::Outcome::ready);
        QVERIFY((*sink)->cycle(channel)->outcome == Cycle::Outcome::idle);
        QVERIFY(!channel.open());
    }

    void maxBytesToLogIsHonoured() {
        ComponentBench bench(catalog::kLoggerSink);
        auto sink = bench.make(&makeLoggerSink, {{"channel", "c"}, {"maxBytesToLog", "2"}});
        KeptTransaction channel;
        channel.add("hello");
        (void)(*sink)->cycle(channel);
        QVERIFY(!bench.log.holds("68 65 6C"));
    }
};

MILLRACE_TEST(TestSinkLogger)
#include "tst_sink_logger.moc"
