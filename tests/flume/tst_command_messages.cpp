#include "flume/command/command_messages.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;

namespace {

/// "{k=v}body", "null", "ack 3", "error why", or "…" for what is not complete and "! why" for what is wrong.
QString textOf(const Result<std::optional<CommandMessage>>& message) {
    if (!message) return "! " + QString::fromStdString(message.error().message);
    if (!*message) return "…";
    if (const auto* note = std::get_if<CommandNote>(&**message)) {
        if (note->kind == CommandNote::Kind::nothing) return "null";
        if (note->kind == CommandNote::Kind::ack) return QString("ack %1").arg(note->count);
        return "error " + QString::fromStdString(note->text);
    }
    const auto& event = std::get<CommandEvent>(**message);
    QStringList headers;
    if (event.headers)
        for (const auto& [name, value] : event.headers->entries())
            headers << QString::fromStdString(name + "=" + value);
    return "{" + headers.join(",") + "}" + QString::fromStdString(event.body);
}

QString firstOf(CommandFormat format, const QByteArray& bytes) {
    CommandReader reader(format);
    reader.add(bytes.toStdString());
    return textOf(reader.next());
}

QByteArray frame(char kind, const QByteArray& content, qsizetype length = -1) {
    if (length < 0) length = content.size() + 1;
    QByteArray bytes;
    for (const int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(length >> shift & 0xFF);
    return bytes + kind + content;
}

} // namespace

class TestCommandMessages : public QObject {
    Q_OBJECT
private slots:
    void whatIsWrittenIsReadAgain_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("hasHeaders");
        QTest::newRow("text") << QByteArray("GET /\t\"ä\"") << true;
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("lines") << QByteArray("a\nb\r\n") << false;
        QTest::newRow("no text") << QByteArray("\x00\xff\n\x80", 4) << true;
        QTest::newRow("a megabyte") << QByteArray(1 << 20, 'x') << false;
    }
    void whatIsWrittenIsReadAgain() {
        QFETCH(QByteArray, body);
        QFETCH(bool, hasHeaders);
        const HeaderSet headers = hasHeaders ? HeaderSet({{"host", "web \"1\""}, {"é", ""}}) : HeaderSet();
        for (const auto format : {CommandFormat::json, CommandFormat::frames}) {
            std::string text;
            appendCommandEvent(format, headers, body.toStdString(), text);
            appendCommandNote(format, "ack", 7, text);
            CommandReader reader(format);
            // In two pieces, as a pipe may give them.
            reader.add(std::string_view(text).substr(0, 3));
            QCOMPARE(textOf(reader.next()), "…");
            reader.add(std::string_view(text).substr(3));
            const auto message = reader.next();
            QVERIFY(message && *message);
            const auto& event = std::get<CommandEvent>(**message);
            QCOMPARE(QByteArray::fromStdString(event.body), body);
            QCOMPARE(event.headers != nullptr, hasHeaders);
            if (hasHeaders) QVERIFY(*event.headers == headers);
            QCOMPARE(textOf(reader.next()), "ack 7");
            QVERIFY(reader.empty());
        }
    }

    void anAnswerMayBeLongerThanWhatItAnswers() {
        const std::string body(CommandReader::kLongestMessage + 1, 'x');
        for (const auto format : {CommandFormat::json, CommandFormat::frames}) {
            std::string text;
            appendCommandEvent(format, HeaderSet({{"seen", "yes"}, {"by", "all"}}), body, text);
            CommandReader unasked(format);
            unasked.add(text);
            QVERIFY(textOf(unasked.next()).contains("longer than 16777216 bytes"));
            CommandReader asked(format);
            asked.answers(body.size());
            asked.add(text);
            const auto message = asked.next();
            QVERIFY(message && *message);
            QVERIFY(std::get<CommandEvent>(**message).body == body);
            text.clear();
            appendCommandEvent(format, HeaderSet(), std::string(5 * body.size(), 'x'), text);
            asked.add(text);
            QVERIFY(textOf(asked.next()).contains("longer than"));
        }
    }

    void aLineIsRead_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("message");
        QTest::newRow("an event of nothing") << QByteArray("{}") << "{}";
        QTest::newRow("a carriage return") << QByteArray("{\"body\":\"x\"}\r") << "{}x";
        QTest::newRow("bytes") << QByteArray("{\"body64\":\"Zm9v\"}") << "{}foo";
        QTest::newRow("dropped") << QByteArray("null") << "null";
        QTest::newRow("acknowledged") << QByteArray("{\"ack\":12}") << "ack 12";
        QTest::newRow("refused") << QByteArray("{\"error\":\"disk full\"}") << "error disk full";
    }
    void aLineIsRead() {
        QFETCH(QByteArray, line);
        QFETCH(QString, message);
        QCOMPARE(firstOf(CommandFormat::json, line + "\n"), message);
        QCOMPARE(firstOf(CommandFormat::json, line), "…");
    }

    void whatIsWrongIsNamed_data() {
        QTest::addColumn<CommandFormat>("format");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("why");
        const auto json = CommandFormat::json, frames = CommandFormat::frames;
        QTest::newRow("no JSON") << json << QByteArray("hello\n") << "it is no JSON";
        QTest::newRow("an empty line") << json << QByteArray("\n") << "it is no JSON";
        QTest::newRow("a list") << json << QByteArray("[]\n") << "it is no object";
        QTest::newRow("a mistyped member") << json << QByteArray("{\"boddy\":\"x\"}\n") << "member boddy";
        QTest::newRow("a number as a body") << json << QByteArray("{\"body\":1}\n") << "its body is no string";
        QTest::newRow("a number as a header")
            << json << QByteArray("{\"headers\":{\"n\":1}}\n") << "header n is no string";
        QTest::newRow("a list of headers") << json << QByteArray("{\"headers\":[]}\n") << "its headers are no object";
        QByteArrayList many;
        for (int i = 0; i <= 10'000; ++i)
            many << "\"" + QByteArray::number(i) + "\":\"\"";
        QTest::newRow("too many headers") << json << "{\"headers\":{" + many.join(',') + "}}\n"
                                          << "more than 10000 headers";
        QTest::newRow("no base64") << json << QByteArray("{\"body64\":\"*\"}\n") << "no base64";
        QTest::newRow("a negative ack") << json << QByteArray("{\"ack\":-1}\n") << "its ack is no number";
        QTest::newRow("a hundred nested lists") << json << QByteArray(100, '[') + "\n"
                                                << "it is no JSON";
        QTest::newRow("a line without end")
            << json << QByteArray(CommandReader::kLongestMessage + 1, 'x') << "longer than 16777216 bytes";
        QTest::newRow("a frame of nothing") << frames << QByteArray(4, '\0') << "neither with E nor with M";
        QTest::newRow("a frame of another kind") << frames << frame('X', "") << "neither with E nor with M";
        QTest::newRow("a frame of four gigabytes") << frames << QByteArray(4, '\xff') << "longer than 16777216 bytes";
        QTest::newRow("a frame shorter than its length of headers")
            << frames << frame('E', "ab") << "headers are longer";
        QTest::newRow("headers longer than the frame")
            << frames << frame('E', QByteArray("\xff\xff\xff\xff", 4)) << "headers are longer";
        QTest::newRow("headers that are no JSON")
            << frames << frame('E', QByteArray("\0\0\0\1x", 5)) << "its headers are no JSON";
    }
    void whatIsWrongIsNamed() {
        QFETCH(CommandFormat, format);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, why);
        const QString message = firstOf(format, bytes);
        QVERIFY2(message.startsWith("! ") && message.contains(why), qPrintable(message));
    }
};

MILLRACE_TEST(TestCommandMessages)
#include "tst_command_messages.moc"
