#include "broker/server/metrics_page.h"
#include "support/test_program.h"

#include <QRegularExpression>
#include <QtTest>

#include <map>
#include <set>

using namespace millrace;
using namespace millrace::broker;

namespace {

PartitionSnapshot partition(std::int32_t id, std::int64_t start, std::int64_t end) {
    PartitionSnapshot made;
    made.id = id;
    made.logStart = start;
    made.nextOffset = end;
    made.bytes = 100;
    made.recordsIn = 3;
    made.bytesIn = 30;
    made.recordsOut = 2;
    made.bytesOut = 20;
    return made;
}

GroupSnapshot group(const std::string& id, const std::string& topic, std::int32_t where, std::int64_t committed) {
    GroupSnapshot made;
    made.id = id;
    made.state = "Stable";
    made.offsets.push_back({topic, where, committed, 0});
    return made;
}

/// Value by what stands before it.
std::map<QString, QString> samplesOf(const std::string& page) {
    std::map<QString, QString> samples;
    for (const QString& line : QString::fromStdString(page).split('\n'))
        if (!line.isEmpty() && !line.startsWith('#')) samples[line.section(' ', 0, -2)] = line.section(' ', -1);
    return samples;
}

} // namespace

class MetricsPageTest : public QObject {
    Q_OBJECT
private slots:
    void aBrokerIsToldByKafkasNames() {
        BrokerSnapshot broker;
        broker.topics = {{"orders", false, {partition(0, 5, 12), partition(1, 0, 4)}}};
        broker.groups = {group("billing", "orders", 0, 10)};
        broker.groups.front().members.resize(2);
        broker.recordsIn = 9;
        broker.connections = 4;
        broker.failedRequests = 1;
        auto told = samplesOf(metricsPage(broker, {}));
        QCOMPARE(told["kafka_server_brokertopicmetrics_messagesin_total"], "9");
        QCOMPARE(told["kafka_server_brokertopicmetrics_messagesin_total{topic=\"orders\"}"], "6");
        QCOMPARE(told["kafka_server_brokertopicmetrics_bytesin_total{topic=\"orders\"}"], "60");
        QCOMPARE(told["kafka_server_brokertopicmetrics_bytesout_total{topic=\"orders\"}"], "40");
        QCOMPARE(told["kafka_log_log_size{topic=\"orders\",partition=\"1\"}"], "100");
        QCOMPARE(told["kafka_log_log_logstartoffset{topic=\"orders\",partition=\"0\"}"], "5");
        QCOMPARE(told["kafka_log_log_logendoffset{topic=\"orders\",partition=\"0\"}"], "12");
        QCOMPARE(told["kafka_server_replicamanager_partitioncount"], "2");
        QCOMPARE(told["kafka_server_replicamanager_leadercount"], "2");
        QCOMPARE(told["kafka_server_socket_server_metrics_connection_count"], "4");
        QCOMPARE(told["kafka_network_requestmetrics_errors_total"], "1");
        QCOMPARE(told["kafka_consumergroup_members{consumergroup=\"billing\"}"], "2");
        const QString where = "{consumergroup=\"billing\",topic=\"orders\",partition=\"0\"}";
        QCOMPARE(told["kafka_consumergroup_current_offset" + where], "10");
        QCOMPARE(told["kafka_consumergroup_lag" + where], "2");
        QCOMPARE(told["kafka_topic_partitions{topic=\"orders\"}"], "2");
    }

    void lagIsToldOnlyWhereItIsKnown_data() {
        QTest::addColumn<QString>("topic");
        QTest::addColumn<qint64>("committed");
        QTest::addColumn<QString>("lag"); ///< null: not told
        QTest::newRow("some") << "t" << qint64(3) << "7";
        QTest::newRow("none") << "t" << qint64(10) << "0";
        QTest::newRow("ahead of a log that was cut") << "t" << qint64(11) << "0";
        QTest::newRow("nothing committed") << "t" << qint64(-1) << QString();
        QTest::newRow("a topic that is gone") << "gone" << qint64(3) << QString();
    }
    void lagIsToldOnlyWhereItIsKnown() {
        QFETCH(QString, topic);
        QFETCH(qint64, committed);
        QFETCH(QString, lag);
        BrokerSnapshot broker;
        broker.topics = {{"t", false, {partition(0, 0, 10)}}};
        broker.groups = {group("g", topic.toStdString(), 0, committed)};
        const auto told = samplesOf(metricsPage(broker, {}));
        const auto found =
            told.find("kafka_consumergroup_lag{consumergroup=\"g\",topic=\"" + topic + "\",partition=\"0\"}");
        QCOMPARE(found == told.end() ? QString() : found->second, lag);
    }

    void anyNameOfAGroupIsWrittenSoThatItIsReadAgain_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("label");
        QTest::newRow("quotes") << QByteArray("a\"b") << QByteArray("a\\\"b");
        QTest::newRow("a backslash at the end") << QByteArray("a\\") << QByteArray("a\\\\");
        QTest::newRow("a line end") << QByteArray("a\nb 1") << QByteArray("a\\nb 1");
        QTest::newRow("Chinese") << QByteArray("组") << QByteArray("组");
        QTest::newRow("no UTF-8") << QByteArray("a\xFF") << QByteArray("a\xEF\xBF\xBD");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void anyNameOfAGroupIsWrittenSoThatItIsReadAgain() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, label);
        BrokerSnapshot broker;
        broker.groups = {group(name.toStdString(), "t", 0, 1)};
        const auto page = QByteArray::fromStdString(metricsPage(broker, {}));
        QVERIFY2(page.contains("\nkafka_consumergroup_members{consumergroup=\"" + label + "\"} 0\n"), page);
    }

    void thePageIsInOrderAndEveryMetricIsExplainedOnce() {
        BrokerSnapshot broker;
        broker.topics = {{"a", false, {partition(0, 0, 1)}}, {"b", false, {partition(0, 0, 1)}}};
        broker.groups = {group("g", "a", 0, 1)};
        const ProcessFigures process{1.5, 1.7e9, 10, 20, 3, 1024};
        std::set<QString> seen;
        QString metric;
        static const QRegularExpression sample("^([a-z_]+)(\\{([a-z]+=\"[^\"]*\",?)+\\})? -?[0-9.e+]+$");
        for (const QString& line :
             QString::fromStdString(metricsPage(broker, process)).split('\n', Qt::SkipEmptyParts)) {
            if (line.startsWith("# HELP ")) {
                metric = line.section(' ', 2, 2);
                QVERIFY2(seen.insert(metric).second, qPrintable(line));
            } else if (line.startsWith("# TYPE ")) {
                const bool counts = metric.endsWith("_total");
                QCOMPARE(line, "# TYPE " + metric + (counts ? " counter" : " gauge"));
            } else {
                const auto match = sample.match(line);
                QVERIFY2(match.hasMatch() && match.captured(1) == metric, qPrintable(line));
            }
        }
        QVERIFY(seen.contains("process_cpu_seconds_total"));
    }

    void thePageIsBoundedAndTellsWhatIsLeftOut() {
        BrokerSnapshot broker;
        broker.topics = {{"t", false, {}}};
        broker.groups = {{"g", "Empty", "consumer", {}, {}}};
        constexpr std::int32_t kMore = 25;
        for (std::int32_t i = 0; i < std::int32_t(kMostListed) + kMore; ++i) {
            broker.topics.front().partitions.push_back(partition(i, 0, 10));
            broker.groups.front().offsets.push_back({"t", i, 4, 0});
        }
        const auto page = metricsPage(broker, {});
        auto told = samplesOf(page);
        QCOMPARE(told["millrace_partitions_left_out"], "25");
        QCOMPARE(told["millrace_group_offsets_left_out"], "25");
        QCOMPARE(told["kafka_server_replicamanager_partitioncount"], "10025");
        QVERIFY(told.count("kafka_log_log_size{topic=\"t\",partition=\"9999\"}") == 1);
        QVERIFY(told.count("kafka_log_log_size{topic=\"t\",partition=\"10000\"}") == 0);
        QCOMPARE(told["kafka_server_brokertopicmetrics_messagesin_total{topic=\"t\"}"], "30075");
        QVERIFY(page.size() < 8 * 1024 * 1024);
    }

    void anEmptyBrokerHasAPage() {
        auto told = samplesOf(metricsPage({}, {}));
        QCOMPARE(told["kafka_server_brokertopicmetrics_messagesin_total"], "0");
        QVERIFY(told.count("process_open_fds") == 0); // the system does not tell
    }

    void theProcessIsLookedAt() {
        const ProcessFigures figures = lookAtProcessFigures();
        QVERIFY(figures.residentBytes.value_or(0) > 1'000'000);
        QVERIFY(figures.virtualBytes.value_or(0) >= *figures.residentBytes);
        QVERIFY(figures.openFiles.value_or(0) >= 3);
        QVERIFY(figures.cpuSeconds.value_or(-1) >= 0);
        QVERIFY(figures.startSeconds.value_or(0) > 1.6e9);
    }
};

MILLRACE_TEST(MetricsPageTest)
#include "tst_metrics_page.moc"
