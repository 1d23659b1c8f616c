#include "base/manual_thread_clock.h"
#include "kafka/consumer.h"
#include "kafka/support/mock_cluster.h"
#include "net/event_loop.h"
#include "net/listener.h"
#include "support/test_program.h"
#include "traffic/disk_guard.h"
#include "traffic/line_maker.h"
#include "traffic/pacer.h"
#include "traffic/traffic.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <fstream>
#include <set>

using namespace millrace;
using namespace millrace::traffic;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct Bench {
    Bench() {
        services.disk = &posixFileSystem();
        services.log = &silentLog();
        services.runDirectory = directory.path().toStdString();
        services.limits.freeBytes = 0;
        services.limits.checkEvery = 20ms;
    }
    std::unique_ptr<Traffic> make(std::map<std::string, std::string, std::less<>> properties,
                                  std::string servers = {}) {
        auto made = makeTraffic({"t", std::move(properties), "topic", std::move(servers)}, services);
        return made ? std::move(*made) : nullptr;
    }
    fs::path path(const std::string& name) const { return services.runDirectory / name; }

    QTemporaryDir directory;
    TrafficServices services;
};

std::vector<std::int64_t> sequencesIn(const fs::path& path) {
    std::ifstream file(path);
    std::vector<std::int64_t> result;
    for (std::string line; std::getline(file, line);)
        if (const auto found = sequenceIn(line)) result.push_back(*found);
    return result;
}

bool countsUp(const std::vector<std::int64_t>& sequences) {
    for (std::size_t i = 1; i < sequences.size(); ++i)
        if (sequences[i] != sequences[i - 1] + 1) return false;
    return true;
}

/// Keeps what is sent to it; answers each line as a netcat source does.
struct LineServer {
    struct Handler final : net::StreamHandler {
        explicit Handler(LineServer& server) : server_(server) {}
        void opened(const std::shared_ptr<net::Connection>& connection) override {
            connection_ = connection;
            ++server_.connections;
        }
        Result<std::size_t> received(std::span<const std::uint8_t> data) override {
            std::string answers;
            for (const auto byte : data)
                if (byte == '\n') {
                    ++server_.lines;
                    answers += "OK\n";
                }
            if (!answers.empty()) connection_->send(Bytes::copyOf(answers));
            if (server_.hangUp.exchange(false)) connection_->close();
            return data.size();
        }
        void closed(const Error*) override { connection_.reset(); }
        LineServer& server_;
        std::shared_ptr<net::Connection> connection_;
    };
    explicit LineServer(std::uint16_t port) {
        auto made =
            net::listenStream(loop, {"127.0.0.1", port}, {}, [this] { return std::make_unique<Handler>(*this); });
        listener = made ? std::move(*made) : nullptr;
    }
    std::atomic<int> connections{0};
    std::atomic<std::int64_t> lines{0};
    std::atomic<bool> hangUp{false};
    net::EventLoop loop{"test"};
    std::unique_ptr<net::Listener> listener;
};

} // namespace

class TestTraffic : public QObject {
    Q_OBJECT

private slots:
    void aClockMovedByHandMakesWhatIsDue() {
        ManualThreadClock clock;
        Bench bench;
        bench.services.clock = &clock;
        auto traffic = bench.make({{"kind", "weblog"}, {"rate", "100"}, {"file", "a.log"}});
        QVERIFY(traffic && traffic->start());
        clock.advance(2s);
        const auto before = traffic->status().written;
        QVERIFY2(before >= 190 && before <= 200, qPrintable(QString::number(before)));
        traffic->burst(1000, 1s);
        clock.advance(3s);
        const auto made = traffic->status().written - before;
        QVERIFY2(made >= 1150 && made <= 1250, qPrintable(QString::number(made)));
        traffic->stop();
        QVERIFY(countsUp(sequencesIn(bench.path("a.log"))));
    }

    void aWebLogLineIsInCombinedFormat() {
        SeededRandom random(1);
        std::string line;
        makeLineMaker("weblog")->append(42, 1'700'000'000'000, random, line);
        const QRegularExpression combined(
            R"re(^\d+\.\d+\.\d+\.\d+ - \S+ \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "(GET|POST) /\S*\?seq=42 HTTP/1\.1" \d{3} \d+ "[^"]*" "[^"]+"$)re");
        QVERIFY2(combined.match(QString::fromStdString(line)).hasMatch(), line.c_str());
        QCOMPARE(*sequenceIn(line), 42);
    }

    void anOrderIsOneJsonObject() {
        SeededRandom random(2);
        const auto maker = makeLineMaker("orders");
        for (int i = 1; i <= 50; ++i) {
            std::string line;
            maker->append(i, 1'700'000'000'000, random, line);
            QVERIFY(line.find('\n') == std::string::npos);
            const auto order = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
            QCOMPARE(order["seq"].toInt(), i);
            QVERIFY(order["total"].toDouble() > 0);
            QCOMPARE(*sequenceIn(line), i);
        }
    }

    void eventsAreDueAtTheRateAndAPauseIsNotMadeUpFor() {
        const MonotonicTime start{};
        Pacer pacer(start);
        std::int64_t sum = 0;
        for (int slice = 1; slice <= 100; ++slice)
            sum += pacer.due(start + slice * 10ms, 333);
        QCOMPARE(sum, 333);
        QCOMPARE(pacer.due(start + 1h, 333), 333);
    }

    void aFileGrowsAndIsContinuedAfterARestart() {
        Bench bench;
        const auto traffic = bench.make({{"file", "logs/access.log"}, {"rate", "2000"}});
        for (int round = 0; round < 2; ++round) {
            QVERIFY(traffic->start().has_value());
            QTRY_VERIFY(traffic->status().written > 100);
            traffic->stop();
            QVERIFY(!traffic->status().running);
        }
        const auto sequences = sequencesIn(bench.path("logs/access.log"));
        QCOMPARE(sequences.front(), 1);
        QVERIFY(countsUp(sequences));
        QCOMPARE(sequences.back(), traffic->status().sequence);
    }

    void aLineThatACrashCutIsEnded() {
        Bench bench;
        std::ofstream(bench.path("a.log")) << "x \"GET /?seq=7 HTTP/1.1\"\nx \"GET /?se";
        const auto traffic = bench.make({{"file", "a.log"}, {"rate", "1000"}});
        QVERIFY(traffic->start().has_value());
        QTRY_VERIFY(traffic->status().written > 0);
        traffic->stop();
        const auto sequences = sequencesIn(bench.path("a.log"));
        QCOMPARE(sequences[0], 7);
        QCOMPARE(sequences[1], 8);
        QVERIFY(countsUp(sequences));
    }

    void aLongFileIsRenamedAndTwoAreKept() {
        Bench bench;
        bench.services.rotateBytes = 20'000;
        const auto traffic = bench.make({{"file", "access.log"}, {"rate", "20000"}});
        QVERIFY(traffic->start().has_value());
        QTRY_VERIFY(traffic->status().written > 3000);
        traffic->stop();
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(bench.services.runDirectory))
            names.insert(entry.path().filename());
        QCOMPARE(names, (std::set<std::string>{"access.log", ".access.log.1", ".access.log.2"}));
        auto sequences = sequencesIn(bench.path(".access.log.2"));
        for (const char* name : {".access.log.1", "access.log"})
            for (const auto sequence : sequencesIn(bench.path(name)))
                sequences.push_back(sequence);
        QVERIFY(countsUp(sequences));
        QCOMPARE(sequences.back(), traffic->status().sequence);
    }

    void theRateCanBeChangedAndBurstWhileItRuns() {
        Bench bench;
        const auto traffic = bench.make({{"file", "a.log"}, {"rate", "0"}});
        QVERIFY(traffic->start().has_value());
        traffic->setRate(500);
        QTRY_VERIFY(traffic->status().written > 10);
        QCOMPARE(traffic->status().rate, 500.0);
        traffic->burst(10'000, 2min);
        QCOMPARE(traffic->status().rate, 10'000.0);
        QVERIFY(traffic->status().burstLeft <= Traffic::kLongestBurst);
        QVERIFY(traffic->status().burstLeft > 0ms);
        traffic->burst(4000, 0ms);
        QCOMPARE(traffic->status().rate, 500.0);
        traffic->setRate(1e9);
        QCOMPARE(traffic->status().rate, Traffic::kHighestRate);
    }

    void aFullRunDirectoryPausesUntilThereIsRoom() {
        Bench bench;
        bench.services.limits.runDirectoryBytes = 50'000;
        std::ofstream(bench.path("large")) << std::string(60'000, 'x');
        const auto traffic = bench.make({{"file", "a.log"}, {"rate", "1000"}});
        QVERIFY(traffic->start().has_value());
        QTRY_VERIFY(traffic->status().paused);
        QVERIFY(traffic->status().problem->message.find("holds more than") != std::string::npos);
        QCOMPARE(traffic->status().written, 0);
        fs::remove(bench.path("large"));
        QTRY_VERIFY(traffic->status().written > 0);
        QVERIFY(!traffic->status().paused);
        QVERIFY(!traffic->status().problem);
    }

    void aFullDiskIsSaid() {
        Bench bench;
        DiskLimits limits;
        limits.freeBytes = std::numeric_limits<std::uint64_t>::max();
        const Status allowed = diskAllows(posixFileSystem(), bench.services.runDirectory, limits);
        QVERIFY(!allowed);
        QCOMPARE(QString::fromStdString(allowed.error().sentence), QString("traffic-paused-disk"));
        QVERIFY(allowed.error().message.find("free on the disk") != std::string::npos);
    }

    void aPortGetsLinesAndIsConnectedAgain() {
        Bench bench;
        const auto port = net::freePort();
        const auto traffic = bench.make({{"tcp", "127.0.0.1:" + std::to_string(*port)}, {"rate", "1000"}});
        QVERIFY(traffic->start().has_value());
        QTRY_VERIFY(traffic->status().problem); // nobody listens yet
        LineServer server(*port);
        QVERIFY(server.listener != nullptr);
        QTRY_VERIFY(server.lines > 50);
        QVERIFY(!traffic->status().problem);
        server.hangUp = true;
        QTRY_VERIFY(server.connections >= 2);
        const auto before = server.lines.load();
        QTRY_VERIFY(server.lines > before + 50);
        traffic->stop();
    }

    void aTopicGetsRecords() {
        Bench bench;
        millrace::test::MockCluster cluster;
        cluster.createTopic("topic", 1);
        const auto traffic = bench.make({{"topic", "id"}, {"kind", "orders"}, {"rate", "1000"}}, cluster.servers());
        QVERIFY(traffic->start().has_value());
        QTRY_VERIFY(traffic->status().written > 20);
        traffic->stop();
        const auto config = kafka::connectionFromJava(kafka::ClientRole::consumer, cluster.servers(),
                                                      {{"auto.offset.reset", "earliest"}});
        auto consumer = kafka::Consumer::make(*config, {"g", {"topic"}, {}}, {}, silentLog(), "test");
        kafka::RecordBatch batch;
        while (batch.size() < static_cast<std::size_t>(traffic->status().written))
            QVERIFY((*consumer)->poll(batch, 100'000, 100ms).has_value());
        QCOMPARE(*sequenceIn(batch[0].value), 1);
        QCOMPARE(*sequenceIn(batch[batch.size() - 1].value), traffic->status().sequence);
    }

    void anUnreachableClusterDoesNotHoldUpStop() {
        Bench bench;
        const auto port = net::freePort();
        const auto traffic = bench.make({{"topic", "id"}}, "127.0.0.1:" + std::to_string(*port));
        QVERIFY(traffic->start().has_value());
        traffic->stop();
        QCOMPARE(traffic->status().written, 0);
    }

    void wrongPropertiesAreNamed_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("unknown kind") << "kind"
                                      << "noise";
        QTest::newRow("rate that is no number") << "rate"
                                                << "fast";
        QTest::newRow("negative rate") << "rate"
                                       << "-1";
        QTest::newRow("second target") << "tcp"
                                       << "127.0.0.1:1";
        QTest::newRow("topic of no cluster beside a file") << "topic"
                                                           << "t";
    }
    void wrongPropertiesAreNamed() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        Bench bench;
        TrafficConfig config{"visitors", {{"file", "a.log"}}, {}, {}};
        config.properties.insert_or_assign(key.toStdString(), value.toStdString());
        const auto made = makeTraffic(config, bench.services);
        QVERIFY(!made.has_value());
        QVERIFY(made.error().message.starts_with("traffic.visitors: "));
        QVERIFY2(made.error().message.find(key.toStdString()) != std::string::npos, made.error().message.c_str());
    }

    void aPortThatIsNoneIsRefusedAtOnce() {
        Bench bench;
        const auto made = makeTraffic({"t", {{"tcp", "127.0.0.1"}}, {}, {}}, bench.services);
        QVERIFY(!made.has_value());
    }
};

MILLRACE_TEST(TestTraffic)
#include "tst_traffic.moc"
