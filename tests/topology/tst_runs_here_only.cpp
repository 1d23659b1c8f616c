#include "support/test_program.h"
#include "topology/support/plans.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

const std::string kAgent = "a.sources=s\na.channels=c\na.sinks=k\na.sources.s.type=seq\na.sources.s.channels=c\n"
                           "a.channels.c.type=memory\na.sinks.k.type=null\na.sinks.k.channel=c\n";

} // namespace

/// What Apache Flume 1.11 cannot load and Millrace runs.
class TestRunsHereOnly : public QObject {
    Q_OBJECT
private slots:
    void whatFlumeCannotLoadMayRunHere_data() {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<bool>("implemented");
        QTest::addColumn<QByteArray>("flume");
        QTest::addColumn<QByteArray>("here");
        QTest::addColumn<QByteArray>("code");
        const QByteArray all = "a: s | c | k | \n", nothing = "a: -\n";
        const QByteArray source = "a.sources.s.type=command\na.sources.s.command=x\n";
        const QByteArray sink = "a.sinks.k.type=Command\na.sinks.k.command=x\n";
        const QByteArray search = "a.sinks.k.type=elasticsearch\na.sinks.k.hostNames=h\n";
        const QByteArray interceptor = "a.sources.s.interceptors=i\na.sources.s.interceptors.i.type=command\na.sources."
                                       "s.interceptors.i.command=x\n";
        QTest::newRow("a source of ours") << source << true << nothing << all << QByteArray("runs-here-only");
        QTest::newRow("a sink of ours") << sink << true << nothing << all << QByteArray("runs-here-only");
        QTest::newRow("a sink that Flume once had") << search << true << nothing << all << QByteArray("runs-here-only");
        QTest::newRow("an interceptor of ours")
            << interceptor << true << QByteArray("a:  | c | k | \n") << all << QByteArray("interceptor-here-only");
        QTest::newRow("a sink that nobody runs")
            << search << false << nothing << QByteArray("a: s | c |  | \n") << QByteArray("not-loadable");
        const QByteArray selector = "a.sources.s.selector.type=load_balancing\n";
        QTest::newRow("a selector that Flume only documents")
            << selector << true << QByteArray("a:  | c | k | \n") << all << QByteArray("selector-here-only");
        QTest::newRow("a selector that nobody runs")
            << selector << false << QByteArray("a:  | c | k | \n") << QByteArray("a:  | c | k | \n")
            << QByteArray("not-loadable-selector");
        QTest::newRow("a class of the user's") << QByteArray("a.sinks.k.type=com.example.LedgerSink\n") << false
                                               << nothing << QByteArray("a: s | c |  | \n") << QByteArray("own-class");
        QTest::newRow("an interceptor that nobody runs")
            << interceptor << false << QByteArray("a:  | c | k | \n") << QByteArray("a:  | c | k | \n")
            << QByteArray("unknown-interceptor");
    }
    void whatFlumeCannotLoadMayRunHere() {
        QFETCH(QByteArray, more);
        QFETCH(bool, implemented);
        QFETCH(QByteArray, code);
        PlanOptions options;
        options.implemented = [&](const catalog::ComponentSpec& spec) { return spec.loadable || implemented; };
        const RunPlan result = planOf(kAgent + more.toStdString(), options);
        QTEST(QByteArray::fromStdString(textOf(result.flume)), "flume");
        QTEST(QByteArray::fromStdString(textOf(result.here)), "here");
        const auto found = std::find_if(result.diagnostics.begin(), result.diagnostics.end(),
                                        [&](const Diagnostic& d) { return d.code == code.toStdString(); });
        QVERIFY(found != result.diagnostics.end());
        QCOMPARE(found->severity == Severity::information, implemented);
    }
};

MILLRACE_TEST(TestRunsHereOnly)
#include "tst_runs_here_only.moc"
