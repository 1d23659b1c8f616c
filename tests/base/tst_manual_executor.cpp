#include "base/manual_executor.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace std::chrono_literals;

class TestManualExecutor : public QObject {
    Q_OBJECT
private slots:
    void postedClosuresRunInOrderAndNeverInsideThePost() {
        ManualExecutor executor;
        QStringList ran;
        executor.post([&] {
            ran << "first";
            executor.post([&] { ran << "third"; });
        });
        executor.post([&] { ran << "second"; });
        QVERIFY(ran.isEmpty());
        QCOMPARE(executor.drain(), std::size_t(3));
        QCOMPARE(ran, QStringList({"first", "second", "third"}));
    }

    void timersFireAtTheirTimeAndCancelledOnesNever() {
        ManualExecutor executor;
        QStringList ran;
        executor.after(20ms, [&] { ran << "late"; });
        executor.after(10ms, [&] { ran << "early"; });
        executor.cancel(executor.after(5ms, [&] { ran << "cancelled"; }));
        const EpochMs start = executor.epochMs();
        executor.advance(10ms);
        QCOMPARE(ran, QStringList({"early"}));
        executor.advance(1s);
        QCOMPARE(ran, QStringList({"early", "late"}));
        QCOMPARE(executor.epochMs() - start, EpochMs(1010));
    }
};

MILLRACE_TEST(TestManualExecutor)
#include "tst_manual_executor.moc"
