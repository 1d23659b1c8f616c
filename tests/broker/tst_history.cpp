// A broker that is killed again and again while clients write, read, commit and abort. What they were told and what
// they have read is held against what is there in the end. Eight kills, a hundred with MILLRACE_LONG=1.
#include "broker/support/history.h"
#include "broker/support/killable_broker.h"
#include "broker/support/rdkafka_clients.h"
#include "support/test_program.h"

#include <functional>
#include <optional>
#include <random>
#include <thread>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::broker::testing;

namespace {

constexpr int kPartitions = 3;
constexpr int kCallMs = 30'000;
constexpr const char* kTopic = "h";

int kills() {
    return qEnvironmentVariableIsSet("MILLRACE_LONG") ? 100 : 8;
}

const Properties kPatient{{"reconnect.backoff.ms", "20"}, {"reconnect.backoff.max.ms", "100"}, {"log_level", "0"}};

Properties patientAnd(Properties more) {
    more.insert(kPatient.begin(), kPatient.end());
    return more;
}

std::string textOf(const rd_kafka_message_t& message) {
    return {static_cast<const char*>(message.payload), message.len};
}

bool send(rd_kafka_t* client, int partition, const std::string& value) {
    return rd_kafka_producev(client, RD_KAFKA_V_TOPIC(kTopic), RD_KAFKA_V_PARTITION(partition),
                             RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                             RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

/// A thread that does the same until it is told to end.
class Actor {
public:
    explicit Actor(std::function<void(Actor&)> work) : thread_([this, work = std::move(work)] { work(*this); }) {}
    ~Actor() {
        stopping = true;
        thread_.join();
    }
    std::atomic<bool> stopping = false;

private:
    std::thread thread_;
};

/// Single records, with acks=all, of an idempotent producer.
void writeAlone(const std::string& address, History& history, const Actor& actor) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set_opaque(conf, &history);
    rd_kafka_conf_set_dr_msg_cb(conf, [](rd_kafka_t*, const rd_kafka_message_t* message, void* history) {
        if (!message->err)
            static_cast<History*>(history)->acked(textOf(*message), {message->partition, message->offset});
    });
    rd_kafka_t* client = newClient(
        RD_KAFKA_PRODUCER, address,
        patientAnd({{"enable.idempotence", "true"}, {"linger.ms", "1"}, {"queue.buffering.max.messages", "1000"}}),
        conf);
    for (long number = 0; !actor.stopping;) {
        if (send(client, static_cast<int>(number % kPartitions), "alone " + std::to_string(number) + " 0")) ++number;
        rd_kafka_poll(client, number % 20 == 0 ? 5 : 0);
    }
    (void)rd_kafka_flush(client, kCallMs);
    rd_kafka_destroy(client);
}

/// One transaction after the other; a producer that cannot go on is replaced by another with its id.
class TransactionalWriter {
public:
    TransactionalWriter(std::string address, std::string id, unsigned seed, History& history)
        : address_(std::move(address)), id_(std::move(id)), random_(seed), history_(history) {}
    ~TransactionalWriter() { end(); }

    void run(const Actor& actor) {
        while (!actor.stopping) {
            if (!client_ && !begin()) continue;
            if (!oneTransaction()) end();
        }
    }

private:
    bool begin() {
        client_ =
            newClient(RD_KAFKA_PRODUCER, address_,
                      patientAnd({{"transactional.id", id_}, {"linger.ms", "1"}, {"transaction.timeout.ms", "10000"}}),
                      rd_kafka_conf_new());
        if (worked(rd_kafka_init_transactions(client_, kCallMs))) return true;
        end();
        return false;
    }
    void end() {
        if (client_) rd_kafka_destroy(std::exchange(client_, nullptr));
    }
    static bool worked(rd_kafka_error_t* error) {
        if (error) rd_kafka_error_destroy(error);
        return !error;
    }
    /// Whether the producer can go on.
    bool oneTransaction() {
        if (!worked(rd_kafka_begin_transaction(client_))) return false;
        std::vector<std::string> values;
        const long number = ++number_;
        for (int i = 0, count = 1 + static_cast<int>(random_() % 5); i < count; ++i) {
            values.push_back(id_ + " " + std::to_string(number) + " " + std::to_string(i));
            if (!send(client_, static_cast<int>(random_() % kPartitions), values.back())) {
                history_.ended(values, History::Outcome::unknown);
                return false;
            }
        }
        return endTransaction(values, random_() % 3 > 0);
    }
    bool endTransaction(const std::vector<std::string>& values, bool commit) {
        for (;;) {
            rd_kafka_error_t* error =
                commit ? rd_kafka_commit_transaction(client_, kCallMs) : rd_kafka_abort_transaction(client_, kCallMs);
            if (!error) {
                history_.ended(values, commit ? History::Outcome::committed : History::Outcome::aborted);
                return true;
            }
            const bool again = rd_kafka_error_is_retriable(error);
            const bool mustAbort = commit && rd_kafka_error_txn_requires_abort(error);
            rd_kafka_error_destroy(error);
            if (mustAbort) commit = false;
            if (again || mustAbort) continue;
            history_.ended(values, History::Outcome::unknown);
            return false;
        }
    }

    std::string address_, id_;
    std::mt19937 random_;
    History& history_;
    rd_kafka_t* client_ = nullptr;
    long number_ = 0;
};

/// A group of one that goes on where it has committed, as often as it is replaced.
class GroupReader {
public:
    GroupReader(std::string address, History& history) : address_(std::move(address)), history_(history) {}

    void run(const Actor& actor) {
        while (!actor.stopping) {
            begin();
            for (int polls = 0; polls < 300 && !actor.stopping; ++polls)
                readSome(polls % 20 == 19);
            rd_kafka_consumer_close(client_);
            rd_kafka_destroy(client_);
        }
    }

private:
    /// Not by a subscription: what is looked at are offsets.
    void begin() {
        client_ = newClient(RD_KAFKA_CONSUMER, address_,
                            patientAnd({{"group.id", "g"},
                                        {"isolation.level", "read_committed"},
                                        {"enable.auto.commit", "false"},
                                        {"check.crcs", "true"},
                                        {"auto.offset.reset", "earliest"}}),
                            rd_kafka_conf_new());
        rd_kafka_poll_set_consumer(client_);
        rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(kPartitions);
        for (int i = 0; i < kPartitions; ++i)
            rd_kafka_topic_partition_list_add(list, kTopic, i);
        while (rd_kafka_committed(client_, list, kCallMs) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        }
        for (int i = 0; i < list->cnt; ++i) {
            auto& place = list->elems[i];
            history_.groupFound(place.partition, std::max<std::int64_t>(place.offset, 0));
            if (place.offset < 0) place.offset = RD_KAFKA_OFFSET_BEGINNING;
        }
        history_.readerBegins();
        rd_kafka_assign(client_, list);
        rd_kafka_topic_partition_list_destroy(list);
    }
    void readSome(bool commit) {
        while (rd_kafka_message_t* message = rd_kafka_consumer_poll(client_, 5)) {
            if (!message->err) history_.read({message->partition, message->offset}, textOf(*message));
            rd_kafka_message_destroy(message);
        }
        if (commit) commitPositions();
    }
    void commitPositions() {
        rd_kafka_topic_partition_list_t* list = nullptr;
        rd_kafka_assignment(client_, &list);
        rd_kafka_position(client_, list);
        for (int i = list->cnt - 1; i >= 0; --i)
            if (list->elems[i].offset < 0) rd_kafka_topic_partition_list_del_by_idx(list, i);
        if (list->cnt > 0 && rd_kafka_commit(client_, list, 0) == RD_KAFKA_RESP_ERR_NO_ERROR)
            for (int i = 0; i < list->cnt; ++i)
                if (!list->elems[i].err) history_.groupCommitted(list->elems[i].partition, list->elems[i].offset);
        rd_kafka_topic_partition_list_destroy(list);
    }

    std::string address_;
    History& history_;
    rd_kafka_t* client_ = nullptr;
};

/// Everything that is committed, and where each partition ends.
std::pair<std::vector<History::Read>, std::map<int, std::int64_t>> readAll(const std::string& address) {
    rd_kafka_t* client = newClient(
        RD_KAFKA_CONSUMER, address,
        patientAnd({{"group.id", "all"}, {"isolation.level", "read_committed"}, {"enable.partition.eof", "true"}}),
        rd_kafka_conf_new());
    rd_kafka_poll_set_consumer(client);
    std::vector<History::Read> all;
    std::map<int, std::int64_t> ends;
    for (int partition = 0; partition < kPartitions; ++partition) {
        rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(1);
        rd_kafka_topic_partition_list_add(list, kTopic, partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
        rd_kafka_assign(client, list);
        rd_kafka_topic_partition_list_destroy(list);
        while (!ends.contains(partition)) {
            rd_kafka_message_t* message = rd_kafka_consumer_poll(client, kCallMs);
            if (!message) break;
            if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
                ends[partition] = message->offset;
            else if (!message->err)
                all.push_back({{message->partition, message->offset}, textOf(*message)});
            rd_kafka_message_destroy(message);
        }
    }
    rd_kafka_consumer_close(client);
    rd_kafka_destroy(client);
    return {all, ends};
}

} // namespace

class TestHistory : public QObject {
    Q_OBJECT

private slots:
    void whatClientsWereToldHoldsWhenTheBrokerIsKilled() {
        KillableBroker broker({{"num.partitions", std::to_string(kPartitions)},
                               {"log.segment.bytes", "20000"},
                               {"transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"}});
        broker.start();
        History history;
        std::optional<Actor> reader;
        GroupReader group(broker.address(), history);
        {
            const Actor alone([&](Actor& actor) { writeAlone(broker.address(), history, actor); });
            QTRY_VERIFY_WITH_TIMEOUT(history.ackedCount() > 0, 120'000);
            reader.emplace([&](Actor& actor) { group.run(actor); });
            TransactionalWriter one(broker.address(), "one", 1, history), two(broker.address(), "two", 2, history);
            const Actor first([&](Actor&actor) { one.run(actor); }), second([&](Actor&actor) { two.run(actor); });
            for (int kill = 0; kill < kills(); ++kill) {
                // Enough has been done since the last that there is something to lose; when exactly is chance.
                const auto acked = history.ackedCount(), committed = history.count(kCommitted);
                QTRY_VERIFY_WITH_TIMEOUT(history.ackedCount() > acked + 50 && history.count(kCommitted) > committed + 3,
                                         120'000);
                broker.kill();
                broker.start();
            }
        }
        // Until the last transactions have ended, and the reader has come to the end.
        QString wrong;
        const auto judge = [&] {
            const auto [all, ends] = readAll(broker.address());
            wrong = int(ends.size()) == kPartitions ? history.wrong(all, ends) : "not all could be read";
            return wrong.isEmpty();
        };
        QTRY_VERIFY2_WITH_TIMEOUT(judge(), qPrintable(wrong), 120'000);
        QVERIFY(history.count(History::Outcome::aborted) > 0);
        qInfo("%d kills; %zu records acknowledged, %zu transactions committed, %zu aborted, %zu of which nobody was "
              "told; %zu records read by the group; nothing wrong",
              kills(), history.ackedCount(), history.count(kCommitted), history.count(History::Outcome::aborted),
              history.count(History::Outcome::unknown), history.readCount());
    }

    /// The judge itself: each kind of wrong is found.
    void whatIsWrongIsFound_data() {
        QTest::addColumn<QString>("what");
        for (const char* what :
             {"lost", "twice", "late", "changed", "half", "aborted", "gone", "back", "gap", "unseen"})
            QTest::newRow(what) << what;
    }
    void whatIsWrongIsFound() {
        QFETCH(QString, what);
        using Read = History::Read;
        std::vector<Read> all{{{0, 0}, "a 0 0"}, {{0, 1}, "t 1 0"}, {{0, 2}, "t 1 1"}, {{0, 5}, "a 1 0"}};
        History history;
        history.acked("a 0 0", {0, 0});
        history.ended({"t 1 0", "t 1 1"}, kCommitted);
        history.ended({"t 2 0"}, History::Outcome::aborted);
        history.readerBegins();
        for (const Read& read : all)
            if (!(what == "gap" && read.place.second == 1)) history.read(read.place, read.value);
        history.groupFound(0, 0);
        history.groupCommitted(0, 6);
        if (what == "lost") history.acked("a 2 0", {0, 7});
        if (what == "twice") all.push_back({{1, 0}, "a 0 0"});
        if (what == "late") all.push_back({{0, 6}, "a 0 1"});
        if (what == "changed") history.read({0, 2}, "t 1 2");
        if (what == "half") history.ended({"a 1 0", "t 3 0"}, History::Outcome::unknown);
        if (what == "aborted") history.ended({"a 1 0"}, History::Outcome::aborted);
        if (what == "gone") history.ended({"t 4 0"}, kCommitted);
        if (what == "back") history.groupFound(0, 5);
        if (what == "unseen") all.push_back({{0, 6}, "a 2 0"});
        QVERIFY(!history.wrong(all, {{0, 7}}).isEmpty());
        if (what == "back") QVERIFY(history.wrong(all, {{0, 7}}).startsWith("the group was set back"));
    }

private:
    static constexpr auto kCommitted = History::Outcome::committed;
};

MILLRACE_TEST(TestHistory)
#include "tst_history.moc"
