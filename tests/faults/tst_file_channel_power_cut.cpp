// A file channel loses its power at every step that it asks of the disk, in puts, takes, commits, rollbacks, the change
// to another file, checkpoints and the reading at the start, with every kind of loss, and is started again: what was
// committed is there once, in its order, and nothing comes again that was taken for good.
#include "base/manual_thread_clock.h"
#include "catalog/flume/components.h"
#include "flume/channels/file/file_channel.h"
#include "flume/support/component_bench.h"
#include "support/power_cut_disk.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using millrace::test::Loss;
using millrace::test::PowerCutDisk;
using namespace std::chrono_literals;

using Events = std::vector<std::string>;

namespace {

const std::filesystem::path kRun = "/file-channel-under-power-cuts"; // nowhere but on the disk in memory

/// What the channel has promised.
struct Told {
    Events held;                      ///< committed and not taken, in their order
    std::vector<Events> refusedPuts;  ///< commits that failed; each may be there or not until another succeeds
    std::vector<Events> refusedTakes; ///< the same: they may be gone
    int puts = 0, takes = 0;          ///< that succeeded
    std::size_t next = 0;

    void somethingCameTrue() {
        refusedPuts.clear();
        refusedTakes.clear();
    }
    bool mayBeGone(const std::string& event) const {
        return std::any_of(refusedTakes.begin(), refusedTakes.end(), [&](const Events& group) {
            return std::find(group.begin(), group.end(), event) != group.end();
        });
    }
    /// What is wrong with a channel that holds these; empty when nothing is.
    QString wrongWith(const Events& found) const {
        std::size_t at = 0;
        for (const std::string& event : held) {
            if (at < found.size() && found[at] == event)
                ++at;
            else if (!mayBeGone(event))
                return QString("%1 is lost or out of its order").arg(QString::fromStdString(event));
        }
        for (const Events& group : refusedPuts) {
            const auto rest = std::span(found).subspan(at);
            if (rest.size() >= group.size() && std::equal(group.begin(), group.end(), rest.begin())) at += group.size();
        }
        if (at < found.size()) return QString("%1 comes again, or in part").arg(QString::fromStdString(found[at]));
        return {};
    }
};

/// One life of the channel.
class Life : ComponentBench {
public:
    Life(PowerCutDisk& disk, Told& told) : ComponentBench(catalog::kFileChannel, disk), told_(told) {
        context.runDirectory = kRun;
        context.clock = &clock_;
        auto made = make(&FileChannel::make, {{"checkpointDir", "checkpoint"},
                                              {"dataDirs", "data/a,data/b"},
                                              {"checkpointInterval", "1000"},
                                              {"maxFileSize", "700"},
                                              {"keep-alive", "0"}});
        if (!made) qFatal("%s", made.error().message.c_str());
        channel_ = std::move(*made);
        put_ = channel_->newTransaction(waker_);
        take_ = channel_->newTransaction(waker_);
    }
    bool start() {
        const Status started = channel_->start();
        if (!started) why_ = QString::fromStdString(started.error().message);
        return started.has_value();
    }
    QString why() const { return why_; }
    /// One transaction; each of the counts is a batch of its own.
    bool put(std::vector<std::size_t> counts) {
        Events events;
        put_->begin();
        bool listed = true;
        for (const std::size_t count : counts) {
            EventBatchBuilder builder;
            for (std::size_t i = 0; i < count; ++i) {
                events.push_back("event " + std::to_string(told_.next++) + std::string(i * 3, '.'));
                builder.setHeaders(std::make_shared<const HeaderSet>(
                    std::vector<std::pair<std::string, std::string>>{{"n", std::to_string(i)}}));
                (void)builder.add(events.back());
            }
            listed = listed && put_->put({builder.finish(), 0, static_cast<std::uint32_t>(count)});
        }
        const bool done = listed && put_->commit();
        if (done) {
            told_.somethingCameTrue();
            told_.held.insert(told_.held.end(), events.begin(), events.end());
            ++told_.puts;
        } else {
            put_->rollback();
            told_.refusedPuts.push_back(events);
        }
        return done;
    }
    void putAndRollBack() {
        put_->begin();
        EventBatchBuilder builder;
        (void)builder.add("never");
        (void)put_->put({builder.finish(), 0, 1}).has_value();
        put_->rollback();
    }
    Events take(std::size_t count, bool commits = true) {
        take_->begin();
        const auto ranges = take_->take(count);
        Events events;
        if (ranges)
            for (const EventRange& range : *ranges)
                for (std::uint32_t i = range.first; i < range.last; ++i)
                    events.emplace_back(range.batch->body(i));
        if (commits && ranges && take_->commit()) {
            if (!events.empty()) told_.somethingCameTrue();
            for (const std::string& event : events)
                std::erase(told_.held, event);
            told_.takes += events.empty() ? 0 : 1;
        } else {
            take_->rollback();
            if (commits && !events.empty()) told_.refusedTakes.push_back(events);
        }
        return events;
    }
    void passTime() { clock_.advance(1s); }
    void stop() { channel_->stop(); }

private:
    Told& told_;
    ManualThreadClock clock_;
    WakeUp waker_{clock_};
    std::unique_ptr<Channel> channel_;
    std::unique_ptr<Transaction> put_, take_;
    QString why_;
};

struct Run {
    std::unique_ptr<PowerCutDisk> disk = std::make_unique<PowerCutDisk>();
    Told told;
};

void liveOnce(PowerCutDisk& disk, Told& told) {
    Life life(disk, told);
    if (!life.start()) return;
    life.put({3});
    life.put({1, 4});
    life.take(2);
    life.put({5});
    life.take(4, false);
    life.passTime();
    life.put({6, 1, 1});
    life.putAndRollBack();
    life.take(7);
    life.put({30}); // larger than a file is to be
    life.passTime();
    life.take(20);
    life.take(9, false);
    life.put({2});
    life.stop();
}

/// Two lives; `prepare` sets what goes wrong.
Run live(const std::function<void(PowerCutDisk&)>& prepare) {
    Run run;
    prepare(*run.disk);
    liveOnce(*run.disk, run.told);
    liveOnce(*run.disk, run.told);
    return run;
}

/// What is wrong after another start on this disk; empty when nothing is.
QString wrongAfterwards(PowerCutDisk& disk, const Told& told) {
    Told again = told;
    {
        Life life(disk, again);
        if (!life.start()) return "it does not start: " + life.why();
        Events all;
        for (Events some = life.take(7); !some.empty(); some = life.take(7))
            all.insert(all.end(), some.begin(), some.end());
        if (const QString wrong = told.wrongWith(all); !wrong.isEmpty()) return wrong;
        again.held.clear();
        if (!life.put({2})) return "it takes nothing any more";
    }
    const Told promised = again;
    Life life(disk, again);
    if (!life.start()) return "it does not start twice: " + life.why();
    return promised.wrongWith(life.take(100));
}

} // namespace

class TestFileChannelPowerCut : public QObject {
    Q_OBJECT
private slots:
    void whatWasCommittedIsThereOnceAfterEveryCut() {
        const Run whole = live([](PowerCutDisk&) {});
        QCOMPARE(whole.told.puts, 12);
        const int steps = whole.disk->steps();
        QVERIFY2(steps >= 100, qPrintable(QString("only %1 steps").arg(steps)));
        int starts = 0;
        for (int step = 0; step <= steps; ++step) {
            for (const auto loss : millrace::test::kLosses) {
                const Run run = live([&](PowerCutDisk& disk) { disk.cutAt(step); });
                const auto after = run.disk->afterLoss(loss);
                const QString wrong = wrongAfterwards(*after, run.told);
                QVERIFY2(
                    wrong.isEmpty(),
                    qPrintable(
                        QString("cut at step %1 of %2, loss %3: %4").arg(step).arg(steps).arg(int(loss)).arg(wrong)));
                ++starts;
            }
        }
        qInfo("%d steps, %d starts after a power cut, all passed", steps, starts);
    }

    void aCutDuringTheStartLosesNothing() {
        const int steps = live([](PowerCutDisk&) {}).disk->steps();
        int starts = 0;
        for (int step = 2; step <= steps; step += 13) {
            for (const auto loss : millrace::test::kLosses) {
                const Run run = live([&](PowerCutDisk& disk) { disk.cutAt(step); });
                for (int second = 0;; ++second) {
                    const auto during = run.disk->afterLoss(loss);
                    during->cutAt(second);
                    Told told = run.told;
                    (void)Life(*during, told).start();
                    if (during->hasPower()) break; // it was done before
                    const QString wrong = wrongAfterwards(*during->afterLoss(loss), run.told);
                    QVERIFY2(wrong.isEmpty(), qPrintable(QString("cut at step %1, loss %2, then at step %3: %4")
                                                             .arg(step)
                                                             .arg(int(loss))
                                                             .arg(second)
                                                             .arg(wrong)));
                    ++starts;
                }
            }
        }
        QVERIFY(starts > 100);
        qInfo("%d starts that were cut, all passed", starts);
    }

    void whatWasCommittedIsThereThoughASyncHasFailed() {
        const int syncs = live([](PowerCutDisk&) {}).disk->syncs();
        QVERIFY(syncs >= 40);
        int starts = 0;
        for (int number = 0; number < syncs; ++number) {
            for (const auto reached : {PowerCutDisk::kNone, std::size_t{50}, PowerCutDisk::kAll}) {
                for (const auto loss : millrace::test::kLosses) {
                    const Run run = live([&](PowerCutDisk& disk) { disk.failSync(number, reached); });
                    QVERIFY(run.told.puts >= 5); // the file that failed is not the last one
                    const auto after = run.disk->afterLoss(loss);
                    const QString wrong = wrongAfterwards(*after, run.told);
                    QVERIFY2(wrong.isEmpty(),
                             qPrintable(QString("sync %1 failed, loss %2: %3").arg(number).arg(int(loss)).arg(wrong)));
                    ++starts;
                }
            }
        }
        qInfo("%d syncs that fail, %d starts, all passed", syncs, starts);
    }

    void aFullDiskStopsPutsAndNotTakesAndLosesNothing() {
        const std::uint64_t bytes = live([](PowerCutDisk&) {}).disk->bytesWritten();
        int runs = 0;
        for (std::uint64_t room = 300; room < bytes; room += 61) {
            Run run;
            run.disk->failWritesAfter(room);
            Life life(*run.disk, run.told);
            if (!life.start()) continue;
            while (life.put({3, 2}))
                life.passTime();
            const Events held = run.told.held;
            Events taken;
            while (!run.told.held.empty()) {
                const Events some = life.take(4);
                QVERIFY2(!some.empty(), "a sink gets nothing from a full disk");
                taken.insert(taken.end(), some.begin(), some.end());
                QVERIFY2(taken.size() <= held.size(), "what a sink took comes again");
                life.passTime();
            }
            QCOMPARE(taken, held); // once, in order
            run.disk->heal();
            QVERIFY(life.put({3}));
            life.passTime();
            const auto after = run.disk->afterLoss(Loss::everything);
            const QString wrong = wrongAfterwards(*after, run.told);
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("room for %1 bytes: %2").arg(room).arg(wrong)));
            ++runs;
        }
        qInfo("%d disks that fill up, all passed", runs);
    }
};

MILLRACE_TEST(TestFileChannelPowerCut)
#include "tst_file_channel_power_cut.moc"
