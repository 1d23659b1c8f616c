// Random logs with transactions, deleted keys and restarts, compacted with more and less memory in between: what a
// reader of committed records knows in the end stays the same, and each key is there once.
#include "base/manual_executor.h"
#include "base/random.h"
#include "broker/compaction/cleanable.h"
#include "broker/compaction/compaction_run.h"
#include "broker/support/keyed_records.h"
#include "support/power_cut_disk.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;

namespace {

constexpr const char* kDirectory = "/data/t-0";

/// A partition without a broker around it, and what it must tell.
class ModelledLog {
public:
    explicit ModelledLog(std::uint64_t seed) : random_(seed) {
        config_.segmentBytes = 100 + random_.below(900);
        config_.indexIntervalBytes = 100;
        (void)disk_.makeDirectoriesForGood(kDirectory).has_value();
        reopen();
    }
    /// As the death of the process, and a start.
    void reopen() {
        partition_ = *Partition::open(disk_, kDirectory, "t", 0, config_, silentLog());
        partition_->lead(0);
    }
    void step() {
        switch (random_.below(20)) {
        case 0:
            reopen();
            break;
        case 1:
        case 2:
        case 3:
        case 4:
            if (!open_.empty()) end(open_.begin()->first);
            break;
        default:
            write();
        }
    }
    void endAll() {
        while (!open_.empty())
            end(open_.begin()->first);
    }

    /// One pass over what may be compacted, in small portions; empty when nothing is wrong with what it leaves.
    QString compact() {
        now_ += static_cast<EpochMs>(random_.below(3));
        const LogState state{partition_->compaction.upTo, partition_->log().logStart(), partition_->lastStableOffset()};
        const auto part = cleanablePart(partition_->log().segments(), state, {0, 0, INT64_MAX, 0}, now_);
        if (!part) return {};
        CompactionTask task{partition_->sharedLog(),
                            part->from,
                            part->end,
                            now_,
                            now_ + 2,
                            partition_->producers().aborted().all(),
                            {},
                            {24 * (1 + random_.below(14)), 0.9},
                            {}};
        ManualExecutor loop, lane;
        QString failed = "it did not end";
        const auto run = std::make_shared<CompactionRun>(
            partition_, std::move(task), CompactionRun::Limits{1 + random_.below(500), 1e12, config_.segmentBytes},
            CompactionRun::Doors{loop, lane, loop, silentLog()}, [&](Result<std::int64_t> upTo) {
                failed = upTo ? QString() : QString::fromStdString(upTo.error().message);
                if (upTo) partition_->compaction.upTo = *upTo;
            });
        run->start();
        while (loop.drain() + lane.drain() > 0) {
        }
        ++passes;
        return failed.isEmpty() ? wrong() : failed;
    }
    QString wrong() const {
        std::map<std::string, std::string> newest;
        std::set<std::string> compacted;
        for (const QString& line : KeyedRecords::in(*partition_)) {
            const std::int64_t offset = line.section(':', 0, 0).toLongLong();
            const QString record = line.section(':', 1);
            const std::string key = record.section('=', 0, 0).toStdString();
            if (!key.starts_with('k')) continue;
            const bool counts = offset < partition_->compaction.upTo;
            if (uncommitted_.contains(offset)) {
                if (counts) return "an aborted record was left: " + line;
                continue;
            }
            if (counts && !compacted.insert(key).second) return "a key is there twice: " + line;
            if (record.contains('='))
                newest[key] = record.section('=', 1).toStdString();
            else
                newest.erase(key);
        }
        return newest == expected() ? QString() : "what a reader knows has changed";
    }
    int passes = 0;
    std::int64_t end() const { return partition_->logEndOffset(); }

private:
    using Change = std::pair<std::string, std::optional<std::string>>;

    void write() {
        records_.codec = static_cast<wire::Codec>(random_.below(5));
        const auto producer = static_cast<std::int64_t>(7 + random_.below(6)); // half of them have transactions
        const bool transactional = producer < 10;
        QStringList words;
        for (auto count = 1 + random_.below(4); count > 0; --count) {
            const std::string key = "k" + std::to_string(random_.below(9));
            std::optional<std::string> value;
            if (random_.below(4) > 0) value = std::to_string(++number_);
            words << QString::fromStdString(value ? key + "=" + *value : key);
            const auto offset = partition_->logEndOffset() + words.size() - 1;
            changes_[offset] = {key, value};
            if (!transactional) continue;
            open_[producer].push_back(offset);
            uncommitted_.insert(offset);
        }
        const QString prefix = transactional ? QString("T%1: ").arg(producer) : QString();
        records_.append(*partition_, prefix + words.join(' '));
    }
    void end(std::int64_t producer) {
        const bool commits = random_.below(2) == 0;
        const auto ended = open_.extract(producer);
        for (const std::int64_t offset : ended.mapped())
            if (commits) uncommitted_.erase(offset);
        records_.append(*partition_, QString("%1%2").arg(commits ? "C" : "A").arg(producer));
    }
    std::map<std::string, std::string> expected() const {
        std::map<std::string, std::string> newest;
        for (const auto& [offset, change] : changes_) {
            if (uncommitted_.contains(offset)) continue;
            if (change.second)
                newest[change.first] = *change.second;
            else
                newest.erase(change.first);
        }
        return newest;
    }

    SeededRandom random_;
    test::PowerCutDisk disk_;
    storage::LogConfig config_;
    std::shared_ptr<Partition> partition_;
    KeyedRecords records_;
    std::map<std::int64_t, Change> changes_;                 ///< by offset
    std::map<std::int64_t, std::vector<std::int64_t>> open_; ///< offsets, by producer
    std::set<std::int64_t> uncommitted_;                     ///< offsets of what is aborted or open
    EpochMs now_ = 1'700'000'001'000;
    int number_ = 0;
};

} // namespace

class TestCompactionModel : public QObject {
    Q_OBJECT

private slots:
    void whatAReaderKnowsStays() {
        int passes = 0;
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            ModelledLog log(seed);
            for (int i = 0; i < 150; ++i) {
                log.step();
                if (i % 10 != 9) continue;
                const QString wrong = log.compact();
                QVERIFY2(wrong.isEmpty(), qPrintable(QString("seed %1, step %2: %3").arg(seed).arg(i).arg(wrong)));
            }
            log.endAll();
            for (int i = 0; i < 40; ++i) {
                const QString wrong = log.compact();
                QVERIFY2(wrong.isEmpty(), qPrintable(QString("seed %1, end %2: %3").arg(seed).arg(i).arg(wrong)));
            }
            passes += log.passes;
        }
        QVERIFY2(passes > 300, qPrintable(QString::number(passes)));
        qInfo("%d passes", passes);
    }
};

MILLRACE_TEST(TestCompactionModel)
#include "tst_compaction_model.moc"
