#include "flume/support/hdfs_bench.h"
#include "flume/support/sequence_reader.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using catalog::Properties;

namespace {

const char* const kTime = "1709268432345";

/// All codecs that run here: how a file names them, Hadoop's class, the extension.
void codecRows() {
    QTest::addColumn<QString>("codec");
    QTest::addColumn<QString>("simpleName");
    QTest::addColumn<QString>("extension");
    QTest::newRow("gzip") << "gzip"
                          << "GzipCodec"
                          << ".gz";
    QTest::newRow("gzip, by its class") << "org.apache.hadoop.io.compress.GzipCodec"
                                        << "GzipCodec"
                                        << ".gz";
    QTest::newRow("bzip2") << "BZip2Codec"
                           << "BZip2Codec"
                           << ".bz2";
    QTest::newRow("default") << "Default"
                             << "DefaultCodec"
                             << ".deflate";
    QTest::newRow("deflate") << "deflate"
                             << "DeflateCodec"
                             << ".deflate";
    QTest::newRow("lz4") << "lz4"
                         << "Lz4Codec"
                         << ".lz4";
    QTest::newRow("snappy") << "snappy"
                            << "SnappyCodec"
                            << ".snappy";
    QTest::newRow("zstandard") << "ZStandard"
                               << "ZStandardCodec"
                               << ".zst";
}

/// Small ones, an empty one, one of several blocks.
std::vector<std::string> bodies() {
    std::vector<std::string> all{"one", "", "three"};
    std::string large;
    for (int i = 0; large.size() < 700'000; ++i)
        large += std::to_string(i * 7919);
    all.push_back(std::move(large));
    return all;
}

/// Writes the bodies in batches of two and ends the file.
std::string written(Properties properties, QString* name = nullptr) {
    properties.emplace("hdfs.batchSize", "2");
    HdfsBench bench(properties);
    if (!bench.sink) qFatal("%s", bench.error.c_str());
    if (!bench.start()) qFatal("it does not start");
    for (const std::string& body : bodies())
        bench.channel.add(body, {{"timestamp", kTime}});
    if (!bench.drain()) qFatal("it does not write");
    bench.sink->stop();
    if (name) *name = bench.names().join(' ');
    return contentOf(bench.files().at(0));
}

} // namespace

class TestHdfsFormats : public QObject {
    Q_OBJECT

private slots:
    void aCompressedStreamReadsAsWhole_data() { codecRows(); }
    void aCompressedStreamReadsAsWhole() {
        QFETCH(QString, codec);
        QFETCH(QString, simpleName);
        QFETCH(QString, extension);
        QString name;
        const std::string file =
            written({{"hdfs.fileType", "CompressedStream"}, {"hdfs.codeC", codec.toStdString()}}, &name);
        const auto plain = unpacked(simpleName.toStdString(), file);
        QVERIFY2(plain, "it cannot be unpacked");
        std::string expected;
        for (const std::string& body : bodies())
            expected += body + "\n";
        QVERIFY(*plain == expected);
        QVERIFY(file.size() < expected.size());
        QCOMPARE(name, "out/FlumeData.N" + extension);
    }

    void aSuffixReplacesTheExtension() {
        QString name;
        written({{"hdfs.fileType", "CompressedStream"}, {"hdfs.codeC", "gzip"}, {"hdfs.fileSuffix", ".txt.gz"}}, &name);
        QCOMPARE(name, "out/FlumeData.N.txt.gz");
    }

    void aCompressedStreamOfOtherSerializersBeginsWithTheirHead() {
        const auto plain = inflated(
            written({{"hdfs.fileType", "CompressedStream"}, {"hdfs.codeC", "gzip"}, {"serializer", "avro_event"}}));
        QVERIFY(plain && plain->starts_with(std::string("Obj\1", 4)));
    }

    void aSequenceFileHoldsTimesAndBodies_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("valueClass");
        QTest::newRow("bytes") << "Writable"
                               << "org.apache.hadoop.io.BytesWritable";
        QTest::newRow("text") << "Text"
                              << "org.apache.hadoop.io.Text";
        QTest::newRow("text in lower case") << "text"
                                            << "org.apache.hadoop.io.Text";
    }
    void aSequenceFileHoldsTimesAndBodies() {
        QFETCH(QString, format);
        const auto file = SequenceReader::read(
            written({{"hdfs.fileType", "SequenceFile"}, {"hdfs.writeFormat", format.toStdString()}}));
        QVERIFY2(file, "no sequence file");
        QTEST(QString::fromStdString(file->valueClass), "valueClass");
        QCOMPARE(file->codec, "");
        QCOMPARE(file->records.size(), bodies().size());
        for (std::size_t i = 0; i < bodies().size(); ++i) {
            QCOMPARE(std::to_string(file->records[i].first), kTime);
            QVERIFY(file->records[i].second == bodies()[i]);
        }
    }

    void aCompressedSequenceFileHoldsABlockForEachBatch_data() { codecRows(); }
    void aCompressedSequenceFileHoldsABlockForEachBatch() {
        QFETCH(QString, codec);
        QFETCH(QString, simpleName);
        const auto file =
            SequenceReader::read(written({{"hdfs.fileType", "SequenceFile"}, {"hdfs.codeC", codec.toStdString()}}));
        QVERIFY2(file, "no sequence file");
        QCOMPARE(QString::fromStdString(file->codec), "org.apache.hadoop.io.compress." + simpleName);
        QCOMPARE(file->marks, 2);
        QCOMPARE(file->records.size(), bodies().size());
        for (std::size_t i = 0; i < bodies().size(); ++i)
            QVERIFY(file->records[i].second == bodies()[i]);
    }

    void theHeadOfASequenceFileIsHadoops() {
        const std::string file = written({{"hdfs.fileType", "SequenceFile"}});
        const std::string head = std::string("SEQ\x06\x21org.apache.hadoop.io.LongWritable"
                                             "\x22org.apache.hadoop.io.BytesWritable",
                                             4 + 1 + 33 + 1 + 34) +
                                 std::string(2 + 4, '\0');
        QCOMPARE(file.substr(0, head.size()), head);
        // The first record: 8 + 4 + 3 bytes, of which 8 are the key.
        const std::string record("\0\0\0\x0f\0\0\0\x08\0\0\x01\x8d\xf8\x56\x75\xd9\0\0\0\x03one", 23);
        QCOMPARE(QByteArray::fromStdString(file.substr(head.size() + 16, record.size())).toHex(),
                 QByteArray::fromStdString(record).toHex());
    }

    void marksStandBehindBatchesAndInLongOnes() {
        HdfsBench bench(Properties{{"hdfs.fileType", "SequenceFile"}, {"hdfs.batchSize", "200"}});
        QVERIFY(bench.start());
        for (int i = 0; i < 500; ++i)
            bench.channel.add(std::string(1000, static_cast<char>('a' + i % 26)));
        QVERIFY(bench.drain());
        bench.sink->stop();
        const auto file = SequenceReader::read(contentOf(bench.files().at(0)));
        QVERIFY(file);
        QCOMPARE(file->records.size(), std::size_t(500));
        QCOMPARE(file->marks, 3 + 2); // a batch of 200 has one behind its first 100 KiB, too
    }

    void aTimestampThatIsNoNumberCountsAsNone() {
        HdfsBench bench(Properties{{"hdfs.fileType", "SequenceFile"}});
        QVERIFY(bench.start());
        bench.channel.add("a", {{"timestamp", "soon"}});
        bench.channel.add("b");
        QVERIFY(bench.drain());
        const auto file = SequenceReader::read(contentOf(bench.files().at(0)));
        QVERIFY(file);
        QCOMPARE(file->records.at(0).first, bench.clock.epochMs());
        QCOMPARE(file->records.at(1).first, bench.clock.epochMs());
    }
};

MILLRACE_TEST(TestHdfsFormats)
#include "tst_hdfs_formats.moc"
