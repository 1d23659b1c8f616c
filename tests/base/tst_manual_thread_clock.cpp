#include "base/manual_thread_clock.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace std::chrono_literals;

namespace {

/// Threads that write down what they do. One runs at a time, so the list needs no lock.
struct Workers {
    ~Workers() {
        for (std::thread& thread : threads)
            clock.join(thread);
    }
    /// Works at once and after each of these pauses.
    void work(const QString& name, std::vector<std::chrono::milliseconds> pauses) {
        threads.push_back(clock.start([this, name, pauses] {
            done << name;
            for (const auto pause : pauses) {
                std::unique_lock lock(mutex);
                const MonotonicTime end = clock.now() + pause;
                while (clock.wait(lock, never, end)) {
                }
                done << QString("%1@%2").arg(name).arg((clock.now() - began) / 1ms);
            }
        }));
    }
    ManualThreadClock clock;
    const MonotonicTime began = clock.now();
    std::mutex mutex;
    std::condition_variable never;
    QStringList done;
    std::vector<std::thread> threads;
};

} // namespace

class ManualThreadClockTest : public QObject {
    Q_OBJECT
private slots:
    void nothingHappensUntilTheOwnerWaits() {
        Workers workers;
        workers.work("a", {});
        QVERIFY(workers.done.isEmpty());
        workers.clock.advance(0ms);
        QCOMPARE(workers.done, QStringList{"a"});
        QVERIFY(workers.clock.now() == workers.began);
    }

    void timeGoesFromDeadlineToDeadline() {
        Workers workers;
        workers.work("a", {30ms, 30ms});
        workers.work("b", {40ms});
        workers.clock.advance(45ms);
        QCOMPARE(workers.done, (QStringList{"a", "b", "a@30", "b@40"}));
        workers.clock.advance(1h);
        QCOMPARE(workers.done.back(), "a@60");
        QVERIFY(workers.clock.now() - workers.began == 1h + 45ms);
    }

    void whoLooksAtAMomentSeesAllThatHappensInIt() {
        Workers workers;
        workers.work("a", {10ms});
        workers.clock.advance(10ms);
        QCOMPARE(workers.done, (QStringList{"a", "a@10"}));
    }

    void bothClocksMoveTogether() {
        ManualThreadClock clock;
        const EpochMs before = clock.epochMs();
        for (int i = 0; i < 10; ++i)
            clock.advance(1ms);
        QCOMPARE(clock.epochMs() - before, 10);
    }

    void aNotifiedThreadRunsBeforeTimeMoves() {
        ManualThreadClock clock;
        std::mutex mutex;
        std::condition_variable condition;
        bool told = false;
        bool inTime = false;
        std::thread waits = clock.start([&] {
            std::unique_lock lock(mutex);
            bool timeLeft = true;
            while (!told && timeLeft)
                timeLeft = clock.wait(lock, condition, clock.now() + 1ms);
            inTime = timeLeft;
        });
        clock.advance(0ms);
        {
            const std::lock_guard lock(mutex);
            told = true;
            clock.notifyAll(condition);
        }
        clock.join(waits);
        QVERIFY(inTime);
    }

    void joiningLetsTheTimePass() {
        Workers workers;
        workers.work("a", {24h});
        workers.clock.join(workers.threads.back());
        workers.threads.clear();
        QCOMPARE(workers.done.size(), 2);
        QVERIFY(workers.clock.now() - workers.began == 24h);
    }

    void aThreadOfSomebodyElseMayWakeOneThatSleepsWithoutLimit() {
        ManualThreadClock clock;
        std::mutex mutex;
        std::condition_variable condition;
        bool told = false;
        std::thread waits = clock.start([&] {
            std::unique_lock lock(mutex);
            while (!told)
                clock.wait(lock, condition, {});
        });
        std::thread stranger([&] {
            const std::lock_guard lock(mutex);
            told = true;
            clock.notifyAll(condition);
        });
        clock.join(waits);
        stranger.join();
        QVERIFY(told);
    }
};

MILLRACE_TEST(ManualThreadClockTest)
#include "tst_manual_thread_clock.moc"
