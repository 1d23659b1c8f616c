#include "kafka/consumer.h"
#include "kafka/producer.h"
#include "kafka/record_lines.h"
#include "kafka/support/test_cluster.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::kafka;
using namespace std::chrono_literals;

namespace {

/// One record that has gone through a broker.
class Sent {
public:
    explicit Sent(const OutRecord& record) {
        cluster_.createTopic("t", 1);
        const auto sending = connectionFromJava(ClientRole::producer, cluster_.servers(), {});
        const auto producer = Producer::make(*sending, silentLog(), "test");
        if (const auto sent = (*producer)->send({&record, 1}); !sent) qFatal("%s", sent.error().message.c_str());
        const auto reading = connectionFromJava(ClientRole::consumer, cluster_.servers(), {});
        consumer_ = std::move(*Consumer::makeAt(*reading, {{{"t", 0}, 0}}, {}, silentLog(), "test"));
        while (batch.empty())
            if (const auto polled = consumer_->poll(batch, 1, 100ms); !polled)
                qFatal("%s", polled.error().message.c_str());
    }
    RecordBatch batch;

private:
    test::TestCluster cluster_;
    std::unique_ptr<Consumer> consumer_;
};

OutRecord recordOf(std::optional<std::string_view> key, std::string_view value) {
    OutRecord record;
    record.topic = "t";
    record.timestampMs = 1'700'000'000'000;
    record.key = key;
    record.value = value;
    return record;
}

} // namespace

class RecordLinesTest : public QObject {
    Q_OBJECT
private slots:
    void aRecordIsWrittenAsTheFormatSays_data() {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("the value") << QByteArray("%s\\n") << QByteArray("v\n");
        QTest::newRow("all marks") << QByteArray("%t/%p/%o %k=%s %T %K %S %h")
                                   << QByteArray("t/0/0 k=v 1700000000000 1 1 a=1,b=");
        QTest::newRow("escapes") << QByteArray("\\t%%\\\\\\r\\0") << QByteArray("\t%\\\r\0", 5);
        QTest::newRow("only words") << QByteArray("x") << QByteArray("x");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void aRecordIsWrittenAsTheFormatSays() {
        QFETCH(QByteArray, format);
        QFETCH(QByteArray, text);
        OutRecord record = recordOf("k", "v");
        const std::vector<std::pair<std::string, std::string>> headers{{"a", "1"}, {"b", ""}};
        record.headers = headers;
        const Sent sent(record);
        std::string out;
        const auto parsed = RecordFormat::parse(format.toStdString());
        QVERIFY(parsed);
        parsed->append(out, sent.batch, 0);
        QCOMPARE(QByteArray::fromStdString(out), text);
    }

    void aFormatWithAMistakeIsRefused_data() {
        QTest::addColumn<QByteArray>("format");
        QTest::newRow("an unknown mark") << QByteArray("%s %x");
        QTest::newRow("an unknown escape") << QByteArray("%s\\q");
        QTest::newRow("a percent sign at the end") << QByteArray("%s%");
        QTest::newRow("a backslash at the end") << QByteArray("%s\\");
    }
    void aFormatWithAMistakeIsRefused() {
        QFETCH(QByteArray, format);
        const auto parsed = RecordFormat::parse(format.toStdString());
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().message.find("at character") != std::string::npos, parsed.error().message.c_str());
    }

    void aRecordIsALineOfJson_data() {
        QTest::addColumn<QByteArray>("key"); ///< null: none
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("text") << QByteArray("k") << QByteArray("a \"b\"\n\xE4\xB8\xAD")
                              << QByteArray("\"key\":\"k\",\"value\":\"a \\\"b\\\"\\n中\"}");
        QTest::newRow("no key") << QByteArray() << QByteArray("v") << QByteArray("\"key\":null,\"value\":\"v\"}");
        QTest::newRow("an empty value") << QByteArray("k") << QByteArray("")
                                        << QByteArray("\"key\":\"k\",\"value\":\"\"}");
        QTest::newRow("bytes") << QByteArray("\xFF") << QByteArray("\0\xFE", 2)
                               << QByteArray("\"keyBase64\":\"/w==\",\"valueBase64\":\"AP4=\"}");
    }
    void aRecordIsALineOfJson() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, end);
        const std::string keyBytes = key.toStdString(), valueBytes = value.toStdString();
        const Sent sent(recordOf(key.isNull() ? std::nullopt : std::optional<std::string_view>(keyBytes), valueBytes));
        std::string out;
        appendJson(out, sent.batch, 0);
        QCOMPARE(QByteArray::fromStdString(out),
                 "{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":1700000000000,\"headers\":[]," + end);
    }

    void aLineIsCutAtItsFirstSeparator_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("separator");
        QTest::addColumn<QByteArray>("key"); ///< null: none
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a key") << QByteArray("a:b:c") << QByteArray(":") << QByteArray("a") << QByteArray("b:c");
        QTest::newRow("no separator in it")
            << QByteArray("abc") << QByteArray(":") << QByteArray() << QByteArray("abc");
        QTest::newRow("an empty key") << QByteArray(":b") << QByteArray(":") << QByteArray("") << QByteArray("b");
        QTest::newRow("several characters")
            << QByteArray("a::b") << QByteArray("::") << QByteArray("a") << QByteArray("b");
        QTest::newRow("none is wanted") << QByteArray("a:b") << QByteArray() << QByteArray() << QByteArray("a:b");
    }
    void aLineIsCutAtItsFirstSeparator() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, separator);
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        const KeyedLine cut =
            splitLine({line.data(), std::size_t(line.size())}, {separator.data(), std::size_t(separator.size())});
        QCOMPARE(cut.key.has_value(), !key.isNull());
        if (cut.key) QCOMPARE(QByteArray::fromStdString(std::string(*cut.key)), key);
        QCOMPARE(QByteArray::fromStdString(std::string(cut.value)), value);
    }

    void partitionsAreReadToTheirEndsWithoutAGroup() {
        test::TestCluster cluster;
        cluster.createTopic("t", 2);
        const auto sending = connectionFromJava(ClientRole::producer, cluster.servers(), {});
        const auto producer = Producer::make(*sending, silentLog(), "test");
        std::vector<OutRecord> records(4);
        for (auto& record : records) {
            record.topic = "t";
            record.partition = 0;
        }
        QVERIFY((*producer)->send(records));
        const auto reading = connectionFromJava(ClientRole::consumer, cluster.servers(), {});
        const auto consumer = Consumer::makeAt(*reading, {{{"t", 0}, 1}, {{"t", 1}, 0}}, {}, silentLog(), "test");
        RecordBatch batch;
        while ((*consumer)->partitionsRead() < 2)
            QVERIFY((*consumer)->poll(batch, 100, 100ms));
        QCOMPARE(batch.size(), std::size_t(3));
        QCOMPARE(batch[0].offset, 1);
    }
};

MILLRACE_TEST(RecordLinesTest)
#include "tst_record_lines.moc"
