#include "catalog/flume/components.h"
#include "flume/sinks/file_roll_sink.h"
#include "flume/support/component_bench.h"
#include "flume/support/temporary_file.h"
#include "rpc/avro_event.h"
#include "support/full_disk.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using millrace::test::FullDisk;
namespace fs = std::filesystem;

namespace {

struct Roll : ComponentBench {
    explicit Roll(catalog::Properties extra = {}, FileSystem& disk = posixFileSystem())
        : ComponentBench(catalog::kFileRollSink, disk) {
        fs::create_directories(path("out"));
        catalog::Properties values{{"sink.directory", "out"}, {"channel", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(&makeFileRollSink, std::move(values));
        if (made)
            sink = std::move(*made);
        else
            error = made.error().message;
    }
    std::vector<fs::path> files() const {
        std::vector<fs::path> result;
        for (const auto& entry : fs::directory_iterator(path("out")))
            result.push_back(entry.path());
        std::sort(result.begin(), result.end());
        return result;
    }
    std::string all() const {
        std::string text;
        for (const auto& file : files())
            text += contentOf(file);
        return text;
    }
    KeptTransaction channel;
    std::unique_ptr<Sink> sink;
    std::string error;
};

} // namespace

class TestSinkFileRoll : public QObject {
    Q_OBJECT

private slots:
    void aBatchIsInTheFileWhenItIsCommitted() {
        Roll roll;
        QVERIFY(roll.sink->start().has_value());
        roll.channel.add("one");
        roll.channel.add("two");
        const auto cycle = roll.sink->cycle(roll.channel);
        QVERIFY(cycle->outcome == Cycle::Outcome::ready);
        QCOMPARE(roll.all(), "one\ntwo\n");
        QCOMPARE(roll.channel.committed, 2u);
        QCOMPARE(roll.count("EventDrainSuccessCount"), 2);
        QCOMPARE(roll.count("BatchUnderflowCount"), 1);
    }

    void anEmptyChannelMakesTheSinkSleepUntilTheNextFileIsDue() {
        Roll roll;
        QVERIFY(roll.sink->start().has_value());
        const auto cycle = roll.sink->cycle(roll.channel);
        QVERIFY(cycle->outcome == Cycle::Outcome::idle);
        QVERIFY(cycle->wakeAt.has_value());
        QCOMPARE(roll.files().size(), 1u);
        QVERIFY(!roll.channel.open());
    }

    void withoutRollIntervalThereIsNoTimer() {
        Roll roll(catalog::Properties{{"sink.rollInterval", "0"}});
        QVERIFY(roll.sink->start().has_value());
        QVERIFY(!roll.sink->cycle(roll.channel)->wakeAt.has_value());
    }

    void filesRollByTimeAlsoWhenNothingComes() {
        Roll roll(catalog::Properties{{"sink.rollInterval", "1"}});
        QVERIFY(roll.sink->start().has_value());
        const auto first = roll.sink->cycle(roll.channel);
        roll.wakeUp.wait(first->wakeAt);
        (void)roll.sink->cycle(roll.channel);
        QCOMPARE(roll.files().size(), 2u);
    }

    void namesCountOnFromTheStartOfTheSink_data() {
        QTest::addColumn<QString>("manager");
        QTest::addColumn<QString>("pattern");
        QTest::newRow("default") << "DEFAULT"
                                 << "^pre\\d{13}-1\\.log$";
        QTest::newRow("default in lower case") << "default"
                                               << "^pre\\d{13}-1\\.log$";
        QTest::newRow("roll time") << "ROLLTIME"
                                   << "^pre\\d{14}-1\\.log$";
        QTest::newRow("class name") << "org.apache.flume.formatter.output.RollTimePathManager$Builder"
                                    << "^pre\\d{14}-1\\.log$";
    }
    void namesCountOnFromTheStartOfTheSink() {
        QFETCH(QString, manager);
        QFETCH(QString, pattern);
        Roll roll(catalog::Properties{{"sink.pathManager", manager.toStdString()},
                                      {"sink.pathManager.prefix", "pre"},
                                      {"sink.pathManager.extension", "log"}});
        QVERIFY2(roll.sink != nullptr, roll.error.c_str());
        QVERIFY(roll.sink->start().has_value());
        (void)roll.sink->cycle(roll.channel);
        const QString name = QString::fromStdString(roll.files().at(0).filename().string());
        QVERIFY2(QRegularExpression(pattern).match(name).hasMatch(), qPrintable(name));
    }

    void serializersWriteAsNamed_data() {
        QTest::addColumn<QString>("serializer");
        QTest::addColumn<bool>("newline");
        QTest::addColumn<QString>("expected");
        QTest::newRow("text") << "TEXT" << true << "body\n";
        QTest::newRow("text in lower case") << "text" << true << "body\n";
        QTest::newRow("text without line ends") << "TEXT" << false << "body";
        QTest::newRow("headers and text") << "HEADER_AND_TEXT" << true << "{a=1, b=2} body\n";
        QTest::newRow("class name") << "org.apache.flume.serialization.BodyTextEventSerializer$Builder" << true
                                    << "body\n";
    }
    void serializersWriteAsNamed() {
        QFETCH(QString, serializer);
        QFETCH(bool, newline);
        Roll roll(catalog::Properties{{"sink.serializer", serializer.toStdString()},
                                      {"sink.serializer.appendNewline", newline ? "true" : "false"}});
        QVERIFY2(roll.sink != nullptr, roll.error.c_str());
        QVERIFY(roll.sink->start().has_value());
        roll.channel.add("body", {{"a", "1"}, {"b", "2"}});
        (void)roll.sink->cycle(roll.channel);
        QTEST(QString::fromStdString(roll.all()), "expected");
    }

    void avroFilesHoldSchemaBlocksAndSyncMarks() {
        Roll roll(catalog::Properties{{"sink.serializer", "AVRO_EVENT"}});
        QVERIFY(roll.sink->start().has_value());
        roll.channel.add("hello", {{"k", "v"}});
        (void)roll.sink->cycle(roll.channel);
        const std::string text = roll.all();
        QVERIFY(text.starts_with(std::string("Obj\1", 4)));
        QVERIFY(text.find("\"name\":\"Event\"") != std::string::npos);
        const std::string sync = text.substr(text.size() - 16);
        const auto headerEnd = text.find(sync) + 16;
        QVERIFY(headerEnd < text.size() - 16);
        std::string datum;
        rpc::encodeAvroEvent(HeaderSet().with("k", "v").entries(), "hello", datum);
        std::string block;
        rpc::AvroWriter(block).writeLong(1);
        rpc::AvroWriter(block).writeBytes(datum);
        QCOMPARE(text.substr(headerEnd), block + sync);
    }

    void avroBlocksAreCompressedAsNamed_data() {
        QTest::addColumn<QByteArray>("codec");
        QTest::newRow("deflate") << QByteArray("deflate");
        QTest::newRow("snappy") << QByteArray("snappy");
        QTest::newRow("bzip2") << QByteArray("bzip2");
        QTest::newRow("zstandard") << QByteArray("zstandard");
    }
    void avroBlocksAreCompressedAsNamed() {
        QFETCH(QByteArray, codec);
        Roll roll(catalog::Properties{{"sink.serializer", "AVRO_EVENT"},
                                      {"sink.serializer.compressionCodec", codec.toStdString()}});
        QVERIFY2(roll.sink != nullptr, roll.error.c_str());
        QVERIFY(roll.sink->start().has_value());
        roll.channel.add(std::string(10'000, 'x'));
        (void)roll.sink->cycle(roll.channel);
        const std::string text = roll.all();
        QVERIFY(text.size() < 2000);
        QVERIFY(text.find(codec.toStdString()) != std::string::npos);
        QCOMPARE(text.substr(text.find("avro.codec") + 10, 1 + static_cast<std::size_t>(codec.size())),
                 static_cast<char>(2 * codec.size()) + codec.toStdString());
    }

    void avroBlocksEndAtTheirSize() {
        Roll roll(catalog::Properties{{"sink.serializer", "AVRO_EVENT"}, {"sink.serializer.syncIntervalBytes", "32"}});
        QVERIFY(roll.sink->start().has_value());
        for (int i = 0; i < 3; ++i)
            roll.channel.add(std::string(40, 'x'));
        (void)roll.sink->cycle(roll.channel);
        const std::string text = roll.all();
        const std::string sync = text.substr(text.size() - 16);
        int marks = 0;
        for (auto at = text.find(sync); at != std::string::npos; at = text.find(sync, at + 1))
            ++marks;
        QCOMPARE(marks, 1 + 3); // behind the schema and behind each block
    }

    void whatDoesNotRunIsRefusedByName_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("foreign serializer") << "sink.serializer"
                                            << "com.acme.Own$Builder";
        QTest::newRow("foreign path manager") << "sink.pathManager"
                                              << "com.acme.Paths";
        QTest::newRow("a class that is no builder") << "sink.serializer"
                                                    << "org.apache.flume.serialization.BodyTextEventSerializer";
        QTest::newRow("a codec that only Flume has") << "sink.serializer.compressionCodec"
                                                     << "xz";
        QTest::newRow("interval that is no number") << "sink.rollInterval"
                                                    << "often";
    }
    void whatDoesNotRunIsRefusedByName() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        Roll roll(catalog::Properties{{key.toStdString(), value.toStdString()},
                                      {key.startsWith("sink.serializer.") ? "sink.serializer" : "any", "AVRO_EVENT"}});
        QVERIFY(roll.sink == nullptr);
        QVERIFY2(roll.error.find(value.toStdString()) != std::string::npos, roll.error.c_str());
    }

    void aMissingDirectoryFailsTheStart() {
        Roll roll;
        fs::remove(roll.path("out"));
        const Status started = roll.sink->start();
        QVERIFY(!started.has_value());
        QVERIFY(started.error().message.find("sink.directory") != std::string::npos);
    }

    void aFullDiskNeitherLosesNorDoublesABatch() {
        FullDisk disk;
        Roll roll({}, disk);
        QVERIFY(roll.sink->start().has_value());
        roll.channel.add("first");
        QVERIFY(roll.sink->cycle(roll.channel).has_value());
        disk.room = 4; // half of the next one
        roll.channel.add("second");
        const auto failed = roll.sink->cycle(roll.channel);
        QVERIFY(!failed.has_value());
        QCOMPARE(failed.error().code, ErrorCode::noSpace);
        QCOMPARE(roll.channel.rollbacks, 1);
        QCOMPARE(roll.channel.waiting(), 1u);
        QCOMPARE(roll.all(), "first\n");
        QCOMPARE(roll.count("EventWriteFail"), 1);
        disk.room = 1000;
        QVERIFY(roll.sink->cycle(roll.channel).has_value());
        QCOMPARE(roll.all(), "first\nsecond\n");
    }

    void aFileThatCannotBeBegunIsNotLeftBehind() {
        FullDisk disk;
        Roll roll({{"sink.serializer", "avro_event"}}, disk); // whose files begin with a schema
        QVERIFY(roll.sink->start().has_value());
        roll.channel.add("event");
        disk.room = 10;
        for (int i = 0; i < 3; ++i)
            QVERIFY(!roll.sink->cycle(roll.channel).has_value());
        QCOMPARE(roll.files().size(), std::size_t(0));
        disk.room = 10'000;
        QVERIFY(roll.sink->cycle(roll.channel).has_value());
        QCOMPARE(roll.files().size(), std::size_t(1));
        QCOMPARE(roll.channel.waiting(), 0u);
    }

    void aRefusedTakeIsRolledBack() {
        Roll roll;
        QVERIFY(roll.sink->start().has_value());
        roll.channel.failTake = true;
        QVERIFY(!roll.sink->cycle(roll.channel).has_value());
        QCOMPARE(roll.channel.rollbacks, 1);
    }
};

MILLRACE_TEST(TestSinkFileRoll)
#include "tst_sink_file_roll.moc"
