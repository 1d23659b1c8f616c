// kill -9 in the middle of everything, again and again: what was acknowledged is there afterwards, the group goes on from
// its commit, the tail from its position. Ten kills, fifty with MILLRACE_LONG=1.
#include "session/support/headless.h"
#include "support/test_program.h"

#include <librdkafka/rdkafka.h>

#include <QDateTime>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QtTest>

#include <atomic>
#include <set>
#include <thread>

namespace {

int kills() { return qEnvironmentVariableIsSet("MILLRACE_LONG") ? 50 : 10; }

rd_kafka_t* makeClient(rd_kafka_type_t type, const std::map<std::string, std::string>& settings, void* opaque = nullptr,
                       void (*delivered)(rd_kafka_t*, const rd_kafka_message_t*, void*) = nullptr) {
    char error[256];
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    for (const auto& [key, value] : settings)
        if (rd_kafka_conf_set(conf, key.c_str(), value.c_str(), error, sizeof error) != RD_KAFKA_CONF_OK) qFatal("%s", error);
    if (delivered) rd_kafka_conf_set_dr_msg_cb(conf, delivered);
    rd_kafka_conf_set_opaque(conf, opaque);
    rd_kafka_t* client = rd_kafka_new(type, conf, error, sizeof error);
    if (!client) qFatal("%s", error);
    return client;
}

/// Sends numbers with acks=all and remembers those whose acknowledgement came.
class CountingProducer {
public:
    explicit CountingProducer(const std::string& servers)
        : client_(makeClient(RD_KAFKA_PRODUCER,
                             {{"bootstrap.servers", servers}, {"acks", "all"}, {"enable.idempotence", "true"},
                              {"linger.ms", "1"}, {"reconnect.backoff.max.ms", "200"}, {"log_level", "0"},
                              {"message.timeout.ms", "120000"}},
                             this, &CountingProducer::delivered)),
          thread_([this] { send(); }) {}
    ~CountingProducer() {
        finish();
        rd_kafka_destroy(client_);
    }
    void finish() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
        rd_kafka_flush(client_, 60'000);
    }
    std::int64_t acknowledgedCount() const { return count_; }
    const std::set<std::int64_t>& acknowledged() const { return acknowledged_; } ///< after finish()

private:
    void send() {
        for (std::int64_t number = 0; !stopping_; ++number) {
            const std::string text = std::to_string(number);
            while (!stopping_ && rd_kafka_producev(client_, RD_KAFKA_V_TOPIC("counted"), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                                                   RD_KAFKA_V_VALUE(const_cast<char*>(text.data()), text.size()),
                                                   RD_KAFKA_V_END) == RD_KAFKA_RESP_ERR__QUEUE_FULL)
                rd_kafka_poll(client_, 10);
            rd_kafka_poll(client_, number % 50 == 0 ? 1 : 0);
        }
    }
    static void delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
        auto& self = *static_cast<CountingProducer*>(opaque);
        if (message->err) return;
        self.acknowledged_.insert(std::stoll(std::string(static_cast<const char*>(message->payload), message->len)));
        ++self.count_;
    }
    std::atomic<bool> stopping_{false};
    std::atomic<std::int64_t> count_{0};
    std::set<std::int64_t> acknowledged_; ///< touched inside poll and flush only: one thread at a time
    rd_kafka_t* client_;
    std::thread thread_;
};

/// All numbers in the topic, with how often each is there.
std::map<std::int64_t, int> readBack(const std::string& servers) {
    rd_kafka_t* client = makeClient(RD_KAFKA_CONSUMER, {{"bootstrap.servers", servers}, {"group.id", "reader"},
                                                        {"auto.offset.reset", "earliest"}, {"enable.partition.eof", "true"}});
    rd_kafka_poll_set_consumer(client);
    rd_kafka_topic_partition_list_t* topics = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(topics, "counted", 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(client, topics);
    rd_kafka_topic_partition_list_destroy(topics);
    std::map<std::int64_t, int> numbers;
    for (bool atEnd = false; !atEnd;) {
        rd_kafka_message_t* message = rd_kafka_consumer_poll(client, 30'000);
        if (!message) break;
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) atEnd = true;
        else if (!message->err) ++numbers[std::stoll(std::string(static_cast<const char*>(message->payload), message->len))];
        rd_kafka_message_destroy(message);
    }
    rd_kafka_consumer_close(client);
    rd_kafka_destroy(client);
    return numbers;
}

} // namespace

class TestKill : public QObject {
    Q_OBJECT
private slots:
    void noAcknowledgedRecordIsLost() {
        Headless run;
        const QString file = run.takeExample("weblog");
        const std::string servers = "127.0.0.1:" + std::to_string(run.portFor(9092));
        run.start({"run", file});
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        CountingProducer producer(servers);
        for (int kill = 0; kill < kills(); ++kill) {
            const std::int64_t before = producer.acknowledgedCount();
            const std::int64_t more = 200 + QRandomGenerator::global()->bounded(2'000);
            QTRY_VERIFY_WITH_TIMEOUT(producer.acknowledgedCount() >= before + more, 60'000);
            run.kill();
            run.start({"run", file});
            QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        }
        producer.finish();
        const auto numbers = readBack(servers);
        std::int64_t lost = 0, doubled = 0;
        for (const std::int64_t number : producer.acknowledged()) lost += numbers.count(number) == 0;
        for (const auto& [number, times] : numbers) doubled += times > 1;
        qInfo("%d kills, %lld acknowledged, %lld lost, %lld twice", kills(), static_cast<long long>(producer.acknowledged().size()),
              static_cast<long long>(lost), static_cast<long long>(doubled));
        QCOMPARE(lost, std::int64_t(0));
        QCOMPARE(doubled, std::int64_t(0)); // the producer is idempotent, and its state survives too
        QCOMPARE(run.terminate(), 0);
    }

    void groupAndTailGoOnWhereTheyWere() {
        Headless run;
        const QString file = run.takeExample("weblog");
        for (int kill = 0; kill < 3; ++kill) {
            run.start({"run", file});
            const std::size_t before = sequenceNumbersIn(run.path("out")).size();
            QTRY_VERIFY_WITH_TIMEOUT(sequenceNumbersIn(run.path("out")).size() >= before + 300, 60'000);
            // TAILDIR writes its position every 3 s (writePosInterval), as Flume does.
            const QDateTime started = QDateTime::currentDateTime();
            QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(run.path("state/access.json")).lastModified() > started, 60'000);
            run.kill();
        }
        run.start({"run", file});
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        const std::size_t before = sequenceNumbersIn(run.path("out")).size();
        QTRY_VERIFY_WITH_TIMEOUT(sequenceNumbersIn(run.path("out")).size() >= before + 300, 60'000);
        // The tail goes on to the end of the file: what is written by now arrives.
        const qint64 last = sequenceNumbersIn(run.path("logs")).rbegin()->first;
        QTRY_VERIFY_WITH_TIMEOUT(sequenceNumbersIn(run.path("out")).rbegin()->first >= last, 60'000);
        QCOMPARE(run.terminate(), 0);
        const auto arrived = sequenceNumbersIn(run.path("out"));
        // A memory channel does not survive a kill, and what was read after the last written position comes again. But the
        // first lines were behind every position and commit that the kills found: a tail or a group that began at the
        // beginning would have brought them again each time.
        QCOMPARE(arrived.begin()->first, qint64(1));
        QCOMPARE(arrived.begin()->second, 1);
    }
};

MILLRACE_TEST(TestKill)
#include "tst_kill.moc"
