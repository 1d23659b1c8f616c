#include "base/worker_thread.h"
#include "support/test_program.h"

#include <QtTest>

#include <future>

using namespace millrace;

class TestWorkerThread : public QObject {
    Q_OBJECT

private slots:
    void closuresRunInTheOrderPostedOnAThreadOfTheirOwn() {
        QStringList ran;
        bool here = true, there = false;
        {
            WorkerThread worker("worker");
            here = worker.inThread();
            for (const char* name : {"first", "second", "third"})
                worker.post([&, name] {
                    ran << name;
                    there = worker.inThread();
                });
        }
        QCOMPARE(ran, (QStringList{"first", "second", "third"}));
        QVERIFY(!here && there);
    }

    void whatWaitsAtTheEndIsRunOrDropped_data() {
        QTest::addColumn<bool>("drop");
        QTest::newRow("run, as what must reach the disk") << false;
        QTest::newRow("dropped, as commands nobody waits for") << true;
    }
    void whatWaitsAtTheEndIsRunOrDropped() {
        QFETCH(bool, drop);
        WorkerThread worker("worker", drop ? WorkerThread::AtEnd::drop : WorkerThread::AtEnd::run);
        std::promise<void> begun, gate;
        bool finished = false, ran = false;
        // Its copy goes when the closure is dropped, which happens before the thread is waited for.
        auto owner = std::make_shared<int>();
        worker.post([&] {
            begun.set_value();
            gate.get_future().wait();
            finished = true;
        });
        begun.get_future().wait();
        worker.post([&ran, owner] { ran = true; });
        std::thread stopper([&] { worker.stop(); });
        if (drop)
            while (owner.use_count() > 1)
                std::this_thread::yield();
        gate.set_value();
        stopper.join();
        QVERIFY(finished);
        QCOMPARE(ran, !drop);
    }

    void whatIsPostedAfterTheEndIsDropped() {
        WorkerThread worker("worker");
        worker.stop();
        bool ran = false;
        worker.post([&] { ran = true; });
        worker.stop();
        QVERIFY(!ran);
    }
};

MILLRACE_TEST(TestWorkerThread)
#include "tst_worker_thread.moc"
