// kill -9 in the middle of puts and takes, again and again, with a ledger outside of the process that dies: nothing
// that was committed is lost, and what was taken for good never comes again. Twelve kills, sixty with MILLRACE_LONG=1.
#include "catalog/flume/components.h"
#include "flume/channels/file/file_channel.h"
#include "flume/support/component_bench.h"
#include "support/test_program.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <map>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

int kills() {
    return qEnvironmentVariableIsSet("MILLRACE_LONG") ? 60 : 12;
}

/// One line of the ledger: what is told, and a number of an event.
struct Entry {
    char what = 0; ///< 'p' committed, 't' taken and about to be committed, 'T' committed
    std::uint64_t event = 0;
};

/// The process that will be killed: one thread puts numbers from `next` on, the other takes them.
class Victim : ComponentBench {
public:
    Victim(const std::filesystem::path& directory, int ledger)
        : ComponentBench(catalog::kFileChannel), ledger_(ledger) {
        context.runDirectory = directory;
        auto made = make(&FileChannel::make, {{"checkpointDir", "checkpoint"},
                                              {"dataDirs", "data"},
                                              {"checkpointInterval", "1000"},
                                              {"maxFileSize", "20000"},
                                              {"capacity", "5000"},
                                              {"transactionCapacity", "500"},
                                              {"minimumRequiredSpace", "1048576"}});
        if (!made || !(*made)->start()) _exit(3);
        channel_ = std::move(*made);
    }
    [[noreturn]] void run(std::uint64_t next) {
        std::thread sink([this] { takeForEver(); });
        const auto put = channel_->newTransaction(putter_);
        for (std::uint64_t step = 0;; ++step) {
            const std::uint64_t count = 1 + (next * 7 + step) % 40;
            EventBatchBuilder builder;
            for (std::uint64_t i = 0; i < count; ++i)
                (void)builder.add(std::to_string(next + i));
            put->begin();
            const bool done = put->put({builder.finish(), 0, std::uint32_t(count)}) && put->commit();
            if (!done) put->rollback();
            for (std::uint64_t i = 0; done && i < count; ++i)
                tell({'p', next + i});
            next += count;
        }
    }
    /// Everything that is there, taken for good.
    void drain() {
        const auto take = channel_->newTransaction(taker_);
        while (takeSome(*take, 300)) {
        }
        channel_->stop();
    }

private:
    void takeForEver() {
        const auto take = channel_->newTransaction(taker_);
        for (std::size_t step = 1;; ++step)
            if (!takeSome(*take, 1 + step * 13 % 60)) taker_.wait({});
    }
    bool takeSome(Transaction& take, std::size_t max) {
        take.begin();
        const auto ranges = take.take(max);
        std::vector<std::uint64_t> events;
        if (ranges)
            for (const EventRange& range : *ranges)
                for (std::uint32_t i = range.first; i < range.last; ++i)
                    events.push_back(std::stoull(std::string(range.batch->body(i))));
        if (events.empty() || events.back() % 11 == 0) {
            take.rollback(); // a sink that failed takes it again
            if (events.empty()) return false;
            take.begin();
            (void)take.take(events.size()).has_value();
        }
        for (const std::uint64_t event : events)
            tell({'t', event});
        if (!take.commit()) _exit(4);
        for (const std::uint64_t event : events)
            tell({'T', event});
        return true;
    }
    void tell(const Entry& entry) {
        if (::write(ledger_, &entry, sizeof entry) != sizeof entry) _exit(5);
    }

    int ledger_;
    WakeUp putter_, taker_;
    std::unique_ptr<Channel> channel_;
};

struct Ledger {
    std::set<std::uint64_t> put, taken, attempted;
    int comeAgain = 0;   ///< after they were taken for good
    int redelivered = 0; ///< after an attempt that the kill cut off
    std::uint64_t last = 0;

    void enter(const Entry& entry) {
        last = std::max(last, entry.event);
        if (entry.what == 'p') put.insert(entry.event);
        if (entry.what == 'T') taken.insert(entry.event);
        if (entry.what != 't') return;
        comeAgain += int(taken.count(entry.event));
        redelivered += attempted.insert(entry.event).second ? 0 : 1;
    }
};

/// Runs a victim until it has told so much, then kills it; `entries` 0 = lets it drain the channel and end.
bool live(const std::filesystem::path& directory, Ledger& ledger, int entries) {
    int pipe[2];
    if (::pipe(pipe) != 0) return false;
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(pipe[0]);
        Victim victim(directory, pipe[1]);
        if (entries > 0) victim.run(ledger.last + 1000);
        victim.drain();
        _exit(0);
    }
    ::close(pipe[1]);
    Entry entry;
    for (int told = 0; ::read(pipe[0], &entry, sizeof entry) == sizeof entry;) {
        ledger.enter(entry);
        if (++told == entries) ::kill(child, SIGKILL);
    }
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return entries > 0 ? WIFSIGNALED(status) : WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

class TestFileChannelKill : public QObject {
    Q_OBJECT
private slots:
    void nothingIsLostAndNothingComesAgain() {
#ifdef __SANITIZE_THREAD__
        QSKIP("the thread sanitizer knows no threads of a child that was forked without exec");
#endif
        QTemporaryDir directory;
        Ledger ledger;
        for (int kill = 0; kill < kills(); ++kill)
            QVERIFY(
                live(directory.path().toStdString(), ledger, 500 + int(QRandomGenerator::global()->bounded(6'000))));
        QVERIFY(live(directory.path().toStdString(), ledger, 0));
        std::size_t lost = 0;
        for (const std::uint64_t event : ledger.put)
            lost += ledger.attempted.count(event) == 0;
        qInfo("%d kills, %zu events committed, %zu lost, %d again after their commit, %d whose commit the kill cut off",
              kills(), ledger.put.size(), lost, ledger.comeAgain, ledger.redelivered);
        QCOMPARE(lost, std::size_t(0));
        QCOMPARE(ledger.comeAgain, 0);
    }
};

MILLRACE_TEST(TestFileChannelKill)
#include "tst_file_channel_kill.moc"
