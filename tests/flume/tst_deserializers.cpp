#include "flume/deserializer.h"
#include "flume/deserializers/avro_container.h"
#include "flume/deserializers/avro_schema.h"
#include "flume/registry.h"
#include "flume/serializers/avro_event_serializer.h"
#include "flume/support/test_context.h"
#include "rpc/avro_event.h"
#include "rpc/avro_writer.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

using Bodies = std::vector<std::string>;

class Content final : public File {
public:
    explicit Content(std::string text) : text_(std::move(text)) {}
    Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
        const std::size_t from = std::min<std::size_t>(position, text_.size());
        const std::size_t count = std::min(into.size(), text_.size() - from);
        std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(from), count, into.begin());
        return count;
    }
    Result<std::uint64_t> size() const override { return text_.size(); }
    Status append(std::span<const std::uint8_t>) override { return ok(); }
    Status appendAll(std::span<const std::span<const std::uint8_t>>) override { return ok(); }
    Status writeAt(std::uint64_t, std::span<const std::uint8_t>) override { return ok(); }
    Status truncate(std::uint64_t) override { return ok(); }
    Status sync() override { return ok(); }

private:
    std::string text_;
};

/// What a deserializer makes of a file.
struct Cut {
    explicit Cut(const char* type, catalog::Properties properties = {})
        : context(*catalog::flumeCatalog().find(catalog::ComponentKind::deserializer, type),
                  directory.path().toStdString()) {
        auto made = deserializerMaker(type, properties, context.context());
        if (made)
            maker = std::move(*made);
        else
            error = made.error().message;
    }
    /// Empty, or what is wrong.
    std::string open(const std::string& text, std::uint64_t position = 0) {
        input.file = std::make_shared<Content>(text);
        input.size = text.size();
        input.position = position;
        auto made = maker(input);
        if (!made) return made.error().message;
        deserializer = std::move(*made);
        return {};
    }
    /// At most `most` at a time, until the end or an error.
    Bodies read(std::size_t most = 3) {
        Bodies bodies;
        for (;;) {
            EventBatchBuilder builder;
            if (Status status = deserializer->read(most, builder); !status) error = status.error().message;
            const auto batch = builder.finish();
            if (!batch) return bodies;
            for (std::size_t i = 0; i < batch->size(); ++i) {
                bodies.emplace_back(batch->body(i));
                headers.push_back(batch->headers(i));
            }
            places.push_back({deserializer->position(), bodies.size()});
        }
    }
    Bodies readAll(const std::string& text, std::uint64_t position = 0) {
        error = open(text, position);
        return error.empty() ? read() : Bodies{};
    }
    QTemporaryDir directory;
    TestContext context;
    MakeDeserializer maker;
    DeserializerInput input{nullptr, 0, 0, java::findCharset("UTF-8"), DecodeErrors::fail};
    std::unique_ptr<Deserializer> deserializer;
    std::string error;
    std::vector<HeaderSet> headers;
    struct Place {
        std::uint64_t position;
        std::size_t given; ///< events
    };
    std::vector<Place> places; ///< behind each batch
};

constexpr const char* kBlob = "org.apache.flume.sink.solr.morphline.BlobDeserializer$Builder";

std::string avroFile(const std::string& schema, const std::vector<std::pair<std::int64_t, std::string>>& blocks,
                     const std::string& sync = "0123456789abcdef") {
    std::string out("Obj\1", 4);
    rpc::AvroWriter writer(out);
    writer.writeLong(1);
    writer.writeBytes("avro.schema");
    writer.writeBytes(schema);
    writer.writeLong(0);
    writer.writeRaw(sync);
    for (const auto& [count, data] : blocks) {
        writer.writeLong(count);
        writer.writeBytes(data);
        writer.writeRaw(sync);
    }
    return out;
}

HeaderSet header(const std::string& key, const std::string& value) {
    return HeaderSet(std::vector<std::pair<std::string, std::string>>{{key, value}});
}

QByteArray joined(const Bodies& bodies) {
    QByteArray all;
    for (const std::string& body : bodies)
        all += QByteArray::fromStdString(body) + "|";
    return all;
}

} // namespace

class TestDeserializers : public QObject {
    Q_OBJECT

private slots:
    void linesEndAtLineFeeds_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("a line") << QByteArray("a\n") << QByteArray("a|");
        QTest::newRow("the last one without an end") << QByteArray("a\nb") << QByteArray("a|b|");
        QTest::newRow("empty lines") << QByteArray("\n\na\n") << QByteArray("||a|");
        QTest::newRow("carriage returns stay") << QByteArray("a\r\n\r\n") << QByteArray("a\r|\r|");
        QTest::newRow("exactly as long as allowed") << QByteArray("12345\nx\n") << QByteArray("12345|x|");
        QTest::newRow("longer") << QByteArray("1234567\nx\n") << QByteArray("12345|67|x|");
        QTest::newRow("twice as long") << QByteArray("1234567890\nx") << QByteArray("12345|67890|x|");
        QTest::newRow("characters of several bytes count once")
            << QByteArray("\xc3\xa4").repeated(6) << QByteArray("\xc3\xa4").repeated(5) + "|\xc3\xa4|";
        QTest::newRow("those beyond the first plane twice")
            << QByteArray("\xf0\x9f\x98\x80").repeated(3)
            << QByteArray("\xf0\x9f\x98\x80").repeated(2) + "|\xf0\x9f\x98\x80|";
    }
    void linesEndAtLineFeeds() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, lines);
        Cut cut("LINE", catalog::Properties{{"maxLineLength", "5"}});
        QCOMPARE(joined(cut.readAll(text.toStdString())), lines);
        QCOMPARE(cut.error, "");
        QCOMPARE(cut.deserializer->position(), static_cast<std::uint64_t>(text.size()));
    }

    void aLineOfOneCharacterIsTheLeast() {
        Cut cut("line", {{"maxLineLength", "1"}});
        QCOMPARE(cut.readAll("\xf0\x9f\x98\x80"
                             "a\n"),
                 (Bodies{"\xf0\x9f\x98\x80", "a"}));
    }

    void readingGoesOnAtAnyPlace() {
        const std::string text = "one\ntwo\nthree\nfour\nfive\n";
        Cut whole("LINE");
        const Bodies all = whole.readAll(text);
        QCOMPARE(all.size(), std::size_t(5));
        for (const Cut::Place& place : whole.places) {
            Cut rest("LINE");
            const Bodies behind = rest.readAll(text, place.position);
            QCOMPARE(behind, Bodies(all.begin() + static_cast<std::ptrdiff_t>(place.given), all.end()));
        }
    }

    void aFileLargerThanWhatIsReadAtOnceIsReadWhole() {
        std::string text;
        Bodies expected;
        for (int i = 0; i < 30'000; ++i) {
            expected.push_back(std::string(static_cast<std::size_t>(i % 97), 'x') + std::to_string(i));
            text += expected.back() + "\n";
        }
        Cut cut("LINE");
        QVERIFY(cut.readAll(text) == expected);
    }

    void whatIsNoTextIsTreatedAsThePolicySays_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<int>("errors");
        QTest::addColumn<QByteArray>("lines");
        const auto row = [](const char* name, const char* charset, DecodeErrors errors, const QByteArray& lines) {
            QTest::newRow(name) << QByteArray(charset) << static_cast<int>(errors) << lines;
        };
        row("UTF-8 fails", "UTF-8", DecodeErrors::fail, "a|");
        row("UTF-8 is replaced", "UTF-8", DecodeErrors::replace, "a|b\xef\xbf\xbd|c|");
        row("UTF-8 is left out", "UTF-8", DecodeErrors::ignore, "a|b|c|");
        row("GBK fails", "GBK", DecodeErrors::fail, "a|");
        row("GBK is replaced", "GBK", DecodeErrors::replace, "a|b\xef\xbf\xbd|c|");
        row("GBK is left out", "GBK", DecodeErrors::ignore, "a|b|c|");
        row("Latin-1 has a character for each byte", "ISO-8859-1", DecodeErrors::fail, "a|b\xc3\xbf|c|");
    }
    void whatIsNoTextIsTreatedAsThePolicySays() {
        QFETCH(QByteArray, charset);
        QFETCH(int, errors);
        QFETCH(QByteArray, lines);
        Cut cut("LINE");
        cut.input.charset = java::findCharset(charset.toStdString());
        cut.input.errors = static_cast<DecodeErrors>(errors);
        QCOMPARE(joined(cut.readAll("a\nb\xff\nc\n")), lines);
        QCOMPARE(cut.error.empty(), lines.size() > 2);
        if (!cut.error.empty()) QVERIFY2(cut.error.starts_with("byte 2: "), cut.error.c_str());
    }

    void charsetsOfFilesAndBodiesMayDiffer() {
        Cut cut("LINE", catalog::Properties{{"outputCharset", "GBK"}, {"maxLineLength", "2"}});
        cut.input.charset = java::findCharset("UTF-8");
        QCOMPARE(cut.readAll("\xe4\xbd\xa0\xe5\xa5\xbd\xe4\xbd\xa0\n"), (Bodies{"\xc4\xe3\xba\xc3", "\xc4\xe3"}));
        Cut other("LINE", catalog::Properties{{"maxLineLength", "2"}});
        other.input.charset = java::findCharset("GBK");
        QCOMPARE(other.readAll("\xc4\xe3\xba\xc3\xc4\xe3\n"), (Bodies{"\xe4\xbd\xa0\xe5\xa5\xbd", "\xe4\xbd\xa0"}));
    }

    void aFileIsOneBlob_data() {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("events");
        QTest::newRow("nothing") << 0 << 0;
        QTest::newRow("exactly as long as allowed") << 1000 << 1;
        QTest::newRow("longer") << 2001 << 3;
    }
    void aFileIsOneBlob() {
        QFETCH(int, size);
        QFETCH(int, events);
        Cut cut(kBlob, catalog::Properties{{"maxBlobLength", "1000"}});
        const std::string text(static_cast<std::size_t>(size), '\n');
        const Bodies bodies = cut.readAll(text);
        QCOMPARE(bodies.size(), static_cast<std::size_t>(events));
        QCOMPARE(QByteArray::fromStdString(text), joined(bodies).replace("|", ""));
    }

    void dataOfAvroAreEventsWhateverTheCodec_data() {
        QTest::addColumn<QByteArray>("codec");
        for (const char* codec : {"null", "deflate", "snappy", "zstandard"})
            QTest::newRow(codec) << QByteArray(codec);
    }
    void dataOfAvroAreEventsWhateverTheCodec() {
        QFETCH(QByteArray, codec);
        SeededRandom random{7};
        AvroEventSerializer serializer(random, 100, *AvroCodec::named(codec.toStdString()));
        std::string text;
        Bodies expected;
        serializer.begin(text);
        for (int i = 0; i < 50; ++i) {
            const std::string body = "body " + std::to_string(i);
            serializer.add(header("k", "v"), body, text);
            std::string datum;
            rpc::encodeAvroEvent(header("k", "v").entries(), body, datum);
            expected.push_back(datum);
        }
        serializer.endBatch(text);
        Cut cut("AVRO");
        QCOMPARE(cut.readAll(text), expected);
        QCOMPARE(cut.error, "");
        QCOMPARE(cut.deserializer->position(), static_cast<std::uint64_t>(text.size()));
        // From each place nothing is lost; what is repeated is of one block.
        for (const Cut::Place& place : cut.places) {
            Cut rest("AVRO");
            const Bodies behind = rest.readAll(text, place.position);
            const std::size_t together = place.given + behind.size();
            QVERIFY(together >= expected.size() && together <= expected.size() + 8);
            QVERIFY(std::equal(behind.rbegin(), behind.rend(), expected.rbegin()));
        }
    }

    void theSchemaIsAHeader() {
        const std::string text = avroFile(R"("int")", {{2, std::string("\x02\x04")}});
        Cut hash("AVRO");
        QCOMPARE(hash.readAll(text), (Bodies{"\x02", "\x04"}));
        QVERIFY(hash.headers[0] == header("flume.avro.schema.hash", "8f5c393f1ad57572"));
        Cut literal("AVRO", catalog::Properties{{"schemaType", "literal"}});
        (void)literal.readAll(text);
        QVERIFY(literal.headers[1] == header("flume.avro.schema.literal", R"("int")"));
    }

    void schemasHaveOneForm_data() {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("canonical");
        const auto row = [](const char* name, const char* schema, const char* canonical) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(canonical);
        };
        row("a name", R"("string")", R"("string")");
        row("a name in an object", R"({"type":"long","logicalType":"date"})", R"("long")");
        row("a record", R"({"doc":"x","fields":[{"default":1,"type":"int","name":"f"}],"name":"R","type":"record"})",
            R"({"name":"R","type":"record","fields":[{"name":"f","type":"int"}]})");
        row("names in a name space",
            R"({"type":"record","name":"R","namespace":"a.b","fields":[{"name":"next","type":["null","R"]},)"
            R"({"name":"e","type":{"type":"enum","name":"E","symbols":["X","Y"]}},{"name":"again","type":"a.b.E"}]})",
            R"({"name":"a.b.R","type":"record","fields":[{"name":"next","type":["null","a.b.R"]},)"
            R"({"name":"e","type":{"name":"a.b.E","type":"enum","symbols":["X","Y"]}},{"name":"again","type":"a.b.E"}]})");
        row("collections", R"({"type":"array","items":{"type":"map","values":{"type":"fixed","name":"F","size":4}}})",
            R"({"type":"array","items":{"type":"map","values":{"name":"F","type":"fixed","size":4}}})");
    }
    void schemasHaveOneForm() {
        QFETCH(QByteArray, schema);
        const auto parsed = AvroSchema::parse(schema.toStdString());
        QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
        QTEST(QByteArray::fromStdString(parsed->canonical()), "canonical");
    }

    void dataOfAllTypesAreToldApart() {
        const std::string schema =
            R"({"type":"record","name":"R","fields":[{"name":"n","type":"null"},{"name":"b","type":"boolean"},)"
            R"({"name":"d","type":"double"},{"name":"f","type":"float"},{"name":"x","type":{"type":"fixed","name":"X",)"
            R"("size":3}},{"name":"a","type":{"type":"array","items":"string"}},{"name":"m","type":{"type":"map",)"
            R"("values":"long"}},{"name":"nulls","type":{"type":"array","items":"null"}},{"name":"u","type":["null","R"]}]})";
        std::string inner, datum;
        const auto write = [](std::string& out, const std::string& rest) {
            rpc::AvroWriter writer(out);
            writer.writeByte(1);
            writer.writeRaw("12345678");
            writer.writeRaw("1234");
            writer.writeRaw("xyz");
            writer.writeLong(-2); // a block with its size in bytes
            writer.writeLong(4);
            writer.writeBytes("a");
            writer.writeBytes("b");
            writer.writeLong(0);
            writer.writeLong(1);
            writer.writeBytes("key");
            writer.writeLong(12345);
            writer.writeLong(0);
            writer.writeLong(1'000'000'000'000);
            writer.writeLong(0);
            writer.writeRaw(rest);
        };
        write(inner, std::string(1, '\0'));
        write(datum, "\x02" + inner);
        Cut cut("AVRO");
        QCOMPARE(cut.readAll(avroFile(schema, {{3, datum + inner + datum}})), (Bodies{datum, inner, datum}));
        QCOMPARE(cut.error, "");
    }

    void aBrokenAvroFileIsRefusedWhereItIsBroken_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("events");
        QTest::addColumn<QByteArray>("error");
        const QByteArray good = QByteArray::fromStdString(avroFile(R"("int")", {{2, "\x02\x04"}, {1, "\x06"}}));
        const auto file = [](const std::string& schema, std::int64_t count, const std::string& data) {
            return QByteArray::fromStdString(avroFile(schema, {{count, data}}));
        };
        const auto row = [](const char* name, const QByteArray& text, int events, const char* error) {
            QTest::newRow(name) << text << events << QByteArray(error);
        };
        row("nothing", "", 0, "no Avro file");
        row("no Avro file", "Object", 0, "no Avro file");
        row("its head is cut", good.left(20), 0, "head of this Avro file is broken");
        row("its last block is cut", good.left(good.size() - 1), 2, "goes on behind the end");
        row("a wrong sync marker", good.left(good.size() - 1) + "x", 2, "without the sync marker");
        row("fewer data than it claims", file(R"("int")", 5, "\x02\x04"), 2, "within a number");
        row("a claim without end", file(R"("null")", INT64_MAX, ""), 0, "more data than there can be");
        row("a branch that is none", file(R"(["null","int"])", 1, "\x06"), 0, "branch");
        row("no schema", file("", 1, "\x02"), 0, "the schema");
        row("a schema that is no JSON", file("{", 1, "\x02"), 0, "the schema");
        row("a type that is not defined", file(R"("Missing")", 1, "\x02"), 0, "Missing is not defined");
        row("a schema that is too deep",
            file(std::string(2000, '[') + "\"int\"" + std::string(2000, ']'), 1, std::string(1, '\0')), 0,
            "the schema");
    }
    void aBrokenAvroFileIsRefusedWhereItIsBroken() {
        QFETCH(QByteArray, text);
        QFETCH(int, events);
        QFETCH(QByteArray, error);
        Cut cut("AVRO");
        QCOMPARE(cut.readAll(text.toStdString()).size(), static_cast<std::size_t>(events));
        QVERIFY2(cut.error.find(error.toStdString()) != std::string::npos, cut.error.c_str());
    }

    void aBlockThatWouldBecomeTooLargeIsRefused_data() {
        QTest::addColumn<QByteArray>("codec");
        for (const char* codec : {"null", "deflate", "snappy", "zstandard"})
            QTest::newRow(codec) << QByteArray(codec);
    }
    void aBlockThatWouldBecomeTooLargeIsRefused() {
        QFETCH(QByteArray, codec);
        const AvroCodec one = *AvroCodec::named(codec.toStdString());
        const std::string packed = one.compressed(std::string(1'000'000, 'x'));
        QCOMPARE(one.decompressed(packed, 1'000'000)->size(), std::size_t(1'000'000));
        QCOMPARE(one.decompressed(packed, 999'999).error().code, ErrorCode::outOfRange);
        if (codec != "null") {
            const auto cut = one.decompressed(packed.substr(0, packed.size() / 2), 1'000'000);
            QCOMPARE(cut.error().code, ErrorCode::corrupt);
            QCOMPARE(one.decompressed(std::string(100, '\x7f'), 1'000'000).error().code, ErrorCode::corrupt);
        }
    }
};

MILLRACE_TEST(TestDeserializers)
#include "tst_deserializers.moc"
