// A whole broker that loses its power at every step which it asks of the disk, with every kind of loss, and is started
// again: what it has answered holds.
#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/power_cut_disk.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/produce.h"
#include "wire/record_reader.h"

using namespace millrace;
using namespace millrace::broker;
using namespace std::chrono_literals;
using test::PowerCutDisk;
using wire::error::kNone;

namespace {

constexpr const char* kData = "/data";

/// What the broker has answered, and what it was asked and has not.
struct Told {
    std::map<std::int64_t, std::string> acked; ///< of topic "t", by offset
    std::int32_t sequence = 0;                 ///< of the next batch
    std::int64_t deletedUpTo = 0;
    std::int64_t committed = -1;                ///< answered, and on stable storage
    std::map<std::string, std::int32_t> topics; ///< how many partitions each must have; none: it must not be there
};

/// One life of a broker over a disk.
class Life {
public:
    Life(PowerCutDisk& disk, Told& told) : disk_(disk), told_(told) {}

    Status open() {
        auto settings = BrokerSettings::from({}, silentLog());
        if (!settings) return settings.error();
        auto core = BrokerCore::open(std::move(*settings), kData,
                                     {disk_, loop_, {io_, io_, slow_}, loop_, random_, silentLog()});
        if (!core) return core.error();
        core_ = std::move(*core);
        settle();
        return ok();
    }
    void settle() {
        while (loop_.drain() + io_.drain() + slow_.drain() > 0) {
        }
    }
    void advance(std::chrono::milliseconds delta) {
        settle();
        loop_.advance(delta);
        settle();
    }
    template <typename Request, typename Response>
    Asked<Response> get(Answer<Response> (*handler)(const Request&, const Call&, Context&), const Request& request,
                        wire::Version version) {
        const Call call{version, "test",
                        std::make_shared<ConnectionState>(ConnectionState{"127.0.0.1", "127.0.0.1", 9092})};
        auto asked = Asked<Response>::of(handler(request, call, core_->context()));
        settle();
        return asked;
    }

    /// One batch of one record, "v<sequence>", of an idempotent producer. Returns its offset, or -1.
    std::int64_t send(std::int32_t sequence, std::int16_t acks = -1) {
        wire::BatchOptions options;
        options.producerId = 1;
        options.producerEpoch = 0;
        options.baseSequence = sequence;
        wire::Record record;
        record.timestamp = 1'700'000'000'000;
        record.value = Bytes::copyOf("v" + std::to_string(sequence));
        wire::ProduceRequest request;
        request.acks = acks;
        request.topicData.push_back({"t", {{0, *wire::buildBatch({&record, 1}, options)}}});
        const auto asked = get(produce, request, 9);
        if (!asked.answered()) return -1;
        const auto& answer = asked->responses.at(0).partitionResponses.at(0);
        return answer.errorCode == kNone ? answer.baseOffset : -1;
    }
    void produceSome(int count) {
        for (int i = 0; i < count; ++i) {
            const std::int64_t offset = send(told_.sequence);
            if (offset < 0) return;
            told_.acked[offset] = "v" + std::to_string(told_.sequence++);
        }
    }
    bool commit(std::int64_t offset, std::size_t noteBytes = 0) {
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        auto& topic = request.topics.emplace_back();
        topic.name = "t";
        topic.partitions.push_back({0, offset, 0, std::string(noteBytes, 'n')});
        const auto asked = get(offsetCommit, request, 7);
        return asked.answered() && asked->topics.at(0).partitions.at(0).errorCode == kNone;
    }
    /// A commit, and the sync that follows it soon.
    void commitForGood(std::int64_t offset) {
        if (!commit(offset)) return;
        const int before = disk_.syncs();
        advance(3s);
        if (disk_.hasPower() && disk_.syncs() > before && !disk_.syncFailedSince(before)) told_.committed = offset;
    }
    void deleteUpTo(std::int64_t offset) {
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, offset}}});
        const auto asked = get(deleteRecords, request, 2);
        if (asked.answered() && asked->topics.at(0).partitions.at(0).errorCode == kNone) told_.deletedUpTo = offset;
    }
    /// Until it is answered the topic may be as it was or as it is to be. One that is refused stays as it was.
    void change(TopicChange change, std::int32_t partitionsAfter) {
        const std::string topic = change.topic();
        const auto there = core_->context().metadata.find(topic);
        const auto before = there ? there->partitionCount() : 0;
        told_.topics.erase(topic);
        core_->context().topics.change({std::move(change)}, [&](const std::vector<TopicOutcome>& outcomes) {
            if (outcomes.at(0).error == kNone)
                told_.topics[topic] = partitionsAfter;
            else if (disk_.hasPower())
                told_.topics[topic] = before;
        });
        settle();
    }
    void makeTopic(const std::string& topic, std::int32_t partitions, ConfigMap configs = {}) {
        change({CreateTopic{topic, partitions, std::move(configs)}}, partitions);
    }
    BrokerCore& core() { return *core_; }
    Partition* partition() {
        const auto topic = core_->context().metadata.find("t");
        return topic ? core_->context().replicas.find(topic->id, 0).get() : nullptr;
    }

private:
    PowerCutDisk& disk_;
    Told& told_;
    ManualExecutor loop_, io_, slow_;
    SeededRandom random_{7};
    std::unique_ptr<BrokerCore> core_;
};

struct Operation {
    const char* name;
    int fewestSteps; ///< a workload that asks less of the disk has not done what its name says
    std::function<void(Life&)> before;
    std::function<void(Life&)> work;
};

const ConfigMap kSmallSegments{{"segment.bytes", "300"}};

std::vector<Operation> operations() {
    const auto filled = [](Life& life) {
        life.makeTopic("t", 1, kSmallSegments);
        life.produceSome(12);
    };
    return {
        {"produce and roll", 20, [](Life& life) { life.makeTopic("t", 1, kSmallSegments); },
         [](Life& life) { life.produceSome(12); }},
        {"retention", 8,
         [](Life& life) {
             life.makeTopic("t", 1, {{"segment.bytes", "300"}, {"retention.bytes", "400"}});
             life.produceSome(12);
         },
         [](Life& life) {
             life.core().startTimers();
             life.advance(31s);
             life.core().stopTimers();
             life.produceSome(2);
         }},
        {"commit of offsets", 4, filled,
         [](Life& life) {
             for (const std::int64_t offset : {3, 6, 9})
                 life.commitForGood(offset);
             life.commit(11);
         }},
        {"commit ahead of what is durable", 4, filled,
         [](Life& life) {
             for (int i = 12; i < 16; ++i)
                 (void)life.send(i, 1);
             life.commit(16);
             life.advance(3s);
         }},
        {"a journal of offsets that is rewritten", 6,
         [=](Life& life) {
             filled(life);
             for (int i = 0; i < 280; ++i)
                 (void)life.commit(2, 4000);
         },
         [](Life& life) {
             life.commitForGood(5);
             life.commitForGood(8);
         }},
        {"creation of a topic", 8, filled, [](Life& life) { life.makeTopic("u", 3); }},
        {"growth of a topic", 6,
         [=](Life& life) {
             filled(life);
             life.makeTopic("u", 1);
         },
         [](Life& life) {
             life.change({GrowTopic{"u", 3}}, 3);
         }},
        {"removal of a topic that is made again", 15,
         [=](Life& life) {
             filled(life);
             life.makeTopic("u", 3);
         },
         [](Life& life) {
             life.change({RemoveTopic{"u"}}, 0);
             life.makeTopic("u", 2);
         }},
        {"DeleteRecords", 8, filled,
         [](Life& life) {
             life.deleteUpTo(4);
             life.deleteUpTo(11);
         }},
        {"snapshot of producers", 3, filled,
         [](Life& life) {
             // What a partition does after 64 MiB.
             if (Partition* partition = life.partition()) (void)partition->saveProducers().has_value();
             life.produceSome(2);
         }},
        {"clean stop", 5, filled, [](Life& life) { (void)life.core().close().has_value(); }},
    };
}

/// Every record of "t", by offset; an offset that is there twice or out of order ends it with an empty map.
Result<std::map<std::int64_t, std::string>> recordsOf(const storage::PartitionLog& log) {
    std::map<std::int64_t, std::string> records;
    for (std::int64_t offset = log.logStart(); offset < log.nextOffset();) {
        auto read = log.readCold(offset, 1 << 20);
        if (!read) return read.error();
        if (read->sizeBytes == 0) return Error{ErrorCode::corrupt, "nothing at " + std::to_string(offset)};
        for (const Bytes& piece : read->pieces) {
            for (std::size_t at = 0; at < piece.size();) {
                auto reader = wire::RecordReader::open(piece.slice(at));
                if (!reader) return reader.error();
                at += reader->header().sizeBytes;
                for (auto record = reader->next(); record && *record; record = reader->next()) {
                    if ((*record)->offset < log.logStart()) continue;
                    if ((*record)->offset != offset) return Error{ErrorCode::corrupt, "an offset twice or left out"};
                    records[offset++] = std::string((*record)->value->text());
                }
            }
        }
    }
    return records;
}

QString wrongRecords(Life& life, const Told& told, bool retention) {
    Partition* partition = life.partition();
    if (!partition) return "topic t is not there";
    const auto& log = partition->log();
    const auto records = recordsOf(log);
    if (!records) return QString::fromStdString(records.error().message);
    if (log.logStart() < told.deletedUpTo) return "deleted records are back";
    if (!retention && told.deletedUpTo == 0 && log.logStart() > 11) return "records went that nobody deleted";
    std::set<std::string> seen;
    for (const auto& [offset, value] : *records)
        if (!seen.insert(value).second) return QString("%1 is there twice").arg(QString::fromStdString(value));
    for (const auto& [offset, value] : told.acked) {
        if (offset < log.logStart()) continue;
        const auto found = records->find(offset);
        if (found == records->end() || found->second != value)
            return QString("acked record %1 is lost").arg(QString::fromStdString(value));
    }
    return {};
}

QString wrongOffsets(Life& life, const Told& told) {
    const Group* group = life.core().context().groups.find("g");
    const auto offset = group ? group->offsets.find({"t", 0}) : decltype(group->offsets.end()){};
    const std::int64_t committed = group && offset != group->offsets.end() ? offset->second.offset : -1;
    if (committed > life.partition()->log().nextOffset()) return "a committed offset lies behind the end of the log";
    if (committed < told.committed) return QString("commit of %1 is lost").arg(told.committed);
    return {};
}

QString wrongTopics(Life& life, const PowerCutDisk& disk, const Told& told) {
    const Context& context = life.core().context();
    for (const auto& [name, count] : told.topics) {
        const auto topic = context.metadata.find(name);
        const auto found = topic ? topic->partitionCount() : 0;
        if (found != count)
            return QString("topic %1 has %2 partitions, not %3")
                .arg(QString::fromStdString(name))
                .arg(found)
                .arg(count);
    }
    std::vector<std::string> directories;
    for (const auto& [name, topic] : context.metadata.all())
        for (const auto& [index, replica] : context.replicas.of(topic->id))
            directories.push_back(name + "-" + std::to_string(index));
    std::sort(directories.begin(), directories.end());
    if (disk.directoriesIn(kData) != directories) return "directories are left that belong to no topic";
    return {};
}

/// What does not hold after a start on what the power cut has left; empty when all does.
QString wrongAfter(PowerCutDisk& disk, Told told, bool retention) {
    Life life(disk, told);
    if (auto opened = life.open(); !opened)
        return QString::fromStdString("it does not start: " + opened.error().message);
    QString wrong = wrongRecords(life, told, retention);
    if (wrong.isEmpty()) wrong = wrongOffsets(life, told);
    if (wrong.isEmpty()) wrong = wrongTopics(life, disk, told);
    if (!wrong.isEmpty()) return wrong;
    // A retry of what was acked is no new record, and new ones follow.
    if (!told.acked.empty() && told.acked.rbegin()->first >= life.partition()->log().logStart()) {
        const auto [offset, value] = *told.acked.rbegin();
        if (life.send(std::stoi(value.substr(1))) != offset) return "a retry was taken for a new record";
    }
    const std::int64_t end = life.partition()->log().nextOffset();
    if (life.send(static_cast<std::int32_t>(end)) != end) return "no record can be added";
    return {};
}

/// The operation on a fresh broker; `prepare` sets what goes wrong once the broker stands ready, `goOn` is done by the
/// same broker afterwards.
std::unique_ptr<PowerCutDisk> run(const Operation& operation, Told& told,
                                  const std::function<void(PowerCutDisk&)>& prepare,
                                  const std::function<void(Life&)>& goOn = nullptr) {
    auto disk = std::make_unique<PowerCutDisk>();
    Life life(*disk, told);
    if (auto opened = life.open(); !opened) qFatal("%s", opened.error().message.c_str());
    operation.before(life);
    disk->countAnew();
    prepare(*disk);
    operation.work(life);
    if (goOn) goOn(life);
    return disk;
}

} // namespace

class TestBrokerPowerCut : public QObject {
    Q_OBJECT

    static void rows() {
        QTest::addColumn<int>("index");
        const auto all = operations();
        for (int i = 0; i < int(all.size()); ++i)
            QTest::newRow(all[std::size_t(i)].name) << i;
    }

private slots:
    void whatWasAnsweredHoldsAfterEveryCut_data() { rows(); }
    void whatWasAnsweredHoldsAfterEveryCut() {
        QFETCH(int, index);
        const Operation operation = operations().at(std::size_t(index));
        Told whole;
        const int steps = run(operation, whole, [](PowerCutDisk&) {})->steps();
        QVERIFY2(steps >= operation.fewestSteps, qPrintable(QString("only %1 steps").arg(steps)));
        int starts = 0;
        for (int step = 0; step <= steps; ++step) {
            for (const auto loss : test::kLosses) {
                Told told;
                const auto disk = run(operation, told, [step](PowerCutDisk& fresh) { fresh.cutAt(step); });
                const auto after = disk->afterLoss(loss);
                const QString wrong = wrongAfter(*after, told, index == 1);
                QVERIFY2(
                    wrong.isEmpty(),
                    qPrintable(
                        QString("cut at step %1 of %2, loss %3: %4").arg(step).arg(steps).arg(int(loss)).arg(wrong)));
                ++starts;
            }
        }
        qInfo("%s: %d steps, %d starts after a power cut, all passed", operation.name, steps, starts);
    }

    void whatIsAnsweredHoldsThoughASyncHasFailed_data() { rows(); }
    void whatIsAnsweredHoldsThoughASyncHasFailed() {
        QFETCH(int, index);
        const Operation operation = operations().at(std::size_t(index));
        Told whole;
        const int syncs = run(operation, whole, [](PowerCutDisk&) {})->syncs();
        const bool stops = operation.name == std::string("clean stop");
        int starts = 0;
        for (int number = 0; number < syncs; ++number) {
            for (const auto reached : {PowerCutDisk::kNone, PowerCutDisk::kAll}) {
                for (const auto loss : test::kLosses) {
                    Told told;
                    const auto fail = [&](PowerCutDisk& fresh) { fresh.failSync(number, reached); };
                    const auto goOn = [&](Life& life) {
                        if (stops) return;
                        life.produceSome(1);
                        life.makeTopic("w", 2);
                        if (!told.acked.empty()) life.commitForGood(told.acked.rbegin()->first);
                    };
                    const auto after = run(operation, told, fail, goOn)->afterLoss(loss);
                    const QString wrong = wrongAfter(*after, told, index == 1);
                    const QString what = reached ? "all" : "nothing";
                    QVERIFY2(wrong.isEmpty(),
                             qPrintable(QString("sync %1 of %2 failed, %3 of it reached the disk, loss %4: %5")
                                            .arg(QString::number(number), QString::number(syncs), what,
                                                 QString::number(int(loss)), wrong)));
                    ++starts;
                }
            }
        }
        qInfo("%s: %d syncs that fail, %d starts, all passed", operation.name, syncs, starts);
    }
};

MILLRACE_TEST(TestBrokerPowerCut)
#include "tst_broker_power_cut.moc"
