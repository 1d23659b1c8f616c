#include "net/event_loop.h"
#include "support/test_program.h"

#include <QtTest>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

using namespace millrace;
using namespace millrace::net;
using namespace std::chrono_literals;

namespace {

class Notes {
public:
    void add(int note) {
        const std::lock_guard lock(mutex_);
        notes_.push_back(note);
    }
    std::vector<int> all() const {
        const std::lock_guard lock(mutex_);
        return notes_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<int> notes_;
};

} // namespace

class TestEventLoop : public QObject {
    Q_OBJECT
private slots:
    void closuresRunInTheOrderOfTheirPosting() {
        Notes notes;
        std::vector<int> expected;
        {
            EventLoop loop("order");
            for (int i = 0; i < 1000; ++i) {
                loop.post([&notes, i] { notes.add(i); });
                expected.push_back(i);
            }
            loop.stop();
        }
        QCOMPARE(notes.all(), expected);
    }

    void closuresFromManyThreadsAllRunOnTheLoop() {
        std::atomic<int> ran = 0;
        std::atomic<int> elsewhere = 0;
        EventLoop loop("many");
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 5000; ++i)
                    loop.post([&] {
                        ++ran;
                        if (!loop.inThread()) ++elsewhere;
                    });
            });
        for (auto& thread : threads)
            thread.join();
        loop.stop();
        QCOMPARE(ran.load(), 20000);
        QCOMPARE(elsewhere.load(), 0);
        QVERIFY(!loop.inThread());
    }

    void aPostFromTheLoopRunsLaterNotInside() {
        Notes notes;
        EventLoop loop("nested");
        loop.post([&] {
            loop.post([&] { notes.add(2); });
            notes.add(1);
        });
        QTRY_COMPARE(notes.all(), (std::vector<int>{1, 2}));
    }

    void afterTheEndAPostIsDroppedAndItsClosureDestroyed() {
        EventLoop loop("ended");
        loop.stop();
        auto token = std::make_shared<int>(0);
        bool ran = false;
        loop.post([token, &ran] { ran = true; });
        QCOMPARE(token.use_count(), 1L);
        QVERIFY(!ran);
        loop.stop(); // a second time is harmless
    }

    void timersFireInTheOrderOfTheirDeadlines() {
        Notes notes;
        EventLoop loop("timers");
        loop.post([&] {
            const auto now = loop.clock().now();
            loop.clock().at(now + 9ms, [&] { notes.add(3); });
            loop.clock().at(now + 3ms, [&] { notes.add(1); });
            loop.clock().at(now + 3ms, [&] { notes.add(2); });
            loop.clock().at(now - 1h, [&] { notes.add(0); });
        });
        QTRY_COMPARE(notes.all(), (std::vector<int>{0, 1, 2, 3}));
    }

    void aTimerNeverFiresBeforeItsDeadline() {
        EventLoop loop("early");
        std::atomic<bool> fired = false;
        std::atomic<bool> early = false;
        loop.post([&] {
            const auto when = loop.clock().now() + 20ms;
            loop.clock().at(when, [&, when] {
                early = loop.clock().now() < when;
                fired = true;
            });
        });
        QTRY_VERIFY(fired);
        QVERIFY(!early);
    }

    void aCancelledTimerDoesNotFireEvenWhenItWasDueWithTheOneThatCancelsIt() {
        Notes notes;
        EventLoop loop("cancel");
        loop.post([&] {
            const auto when = loop.clock().now() + 2ms;
            auto second = std::make_shared<Clock::TimerId>(0);
            loop.clock().at(when, [&, second] {
                notes.add(1);
                loop.clock().cancel(*second);
                loop.clock().cancel(*second); // unknown by now: ignored
            });
            *second = loop.clock().at(when, [&] { notes.add(2); });
            loop.clock().at(when + 5ms, [&] { notes.add(3); });
        });
        QTRY_COMPARE(notes.all(), (std::vector<int>{1, 3}));
    }

    void aTimerSetFromATimerFires() {
        Notes notes;
        EventLoop loop("chain");
        std::function<void(int)> chain = [&](int left) {
            notes.add(left);
            if (left > 0) loop.clock().after(0ms, [&chain, left] { chain(left - 1); });
        };
        loop.post([&] { chain(3); });
        QTRY_COMPARE(notes.all(), (std::vector<int>{3, 2, 1, 0}));
    }

    void pendingTimersAreForgottenAtTheEnd() {
        auto token = std::make_shared<int>(0);
        {
            EventLoop loop("pending");
            loop.post([&] { loop.clock().after(1h, [token] {}); });
        }
        QCOMPARE(token.use_count(), 1L);
    }
};

MILLRACE_TEST(TestEventLoop)
#include "tst_event_loop.moc"
