#include "inspector/text_map.h"
#include "support/test_program.h"

#include <QtTest>

#include <random>

using namespace millrace;
using studio::TextMap;

namespace {

std::string applied(std::string text, const topology::Edit& edit) {
    for (auto it = edit.replacements.rbegin(); it != edit.replacements.rend(); ++it)
        text.replace(it->range.begin, it->range.size(), it->text);
    return text;
}

QList<QString> linesOf(const QString& text) {
    return text.split(QLatin1Char('\n'));
}

} // namespace

class TestTextMap : public QObject {
    Q_OBJECT

private slots:
    void showsTextAsPeopleReadIt_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("shown");
        QTest::newRow("nothing") << QByteArray() << QString();
        QTest::newRow("plain lines") << QByteArray("a = 1\nb = 2\n") << "a = 1\nb = 2\n";
        QTest::newRow("Windows line ends") << QByteArray("a = 1\r\nb = 2") << "a = 1\nb = 2";
        QTest::newRow("old Mac line ends") << QByteArray("a = 1\rb = 2") << "a = 1\nb = 2";
        QTest::newRow("an escape in a value is decoded") << QByteArray("a = \\u4e2d") << QString::fromUtf8("a = 中");
        QTest::newRow("an escape in a comment is not") << QByteArray("# \\u4e2d") << "# \\u4e2d";
        QTest::newRow("an escaped backslash is no escape") << QByteArray("a = \\\\u4e2d") << "a = \\\\u4e2d";
        QTest::newRow("ASCII escapes stay") << QByteArray("a = \\u0041\\n") << "a = \\u0041\\n";
        QTest::newRow("UTF-8 in a comment") << QByteArray("# \xe4\xb8\xad") << QString::fromUtf8("# 中");
        QTest::newRow("Latin-1 in a comment") << QByteArray("# caf\xe9") << QString::fromUtf8("# café");
        QTest::newRow("a comment-like continuation is a value")
            << QByteArray("a = b\\\n# \\u4e2d") << QString::fromUtf8("a = b\\\n# 中");
    }
    void showsTextAsPeopleReadIt() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, shown);
        QCOMPARE(TextMap(bytes.toStdString()).text(), shown);
    }

    void changesOnlyWhatWasTyped_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("replacedBytes");
        QTest::newRow("a letter in a value") << QByteArray("a = 1\r\nb = 2\r\n") << "a = 1\nb = 23\n"
                                             << QByteArray("a = 1\r\nb = 23\r\n") << 0;
        QTest::newRow("a new line gets the file's end") << QByteArray("a = 1\r\nb = 2\r\n") << "a = 1\nc = 3\nb = 2\n"
                                                        << QByteArray("a = 1\r\nc = 3\r\nb = 2\r\n") << 0;
        QTest::newRow("a removed line") << QByteArray("a = 1\r\nb = 2\r\nc = 3") << "a = 1\nc = 3"
                                        << QByteArray("a = 1\r\nc = 3") << 7;
        QTest::newRow("Chinese in a value is escaped")
            << QByteArray("a = x\n") << QString::fromUtf8("a = 中\n") << QByteArray("a = \\u4e2d\n") << 1;
        QTest::newRow("Chinese in a comment is not")
            << QByteArray("# x\n") << QString::fromUtf8("# 中\n") << QByteArray("# \xe4\xb8\xad\n") << 1;
        QTest::newRow("behind an escape")
            << QByteArray("a = \\u4e2d1\n") << QString::fromUtf8("a = 中2\n") << QByteArray("a = \\u4e2d2\n") << 1;
        QTest::newRow("an escape is deleted whole") << QByteArray("a = \\u4e2db\n") << "a = b\n"
                                                    << QByteArray("a = b\n") << 6;
        QTest::newRow("everything") << QByteArray("a = 1") << "" << QByteArray() << 5;
        QTest::newRow("into an empty file") << QByteArray() << "a = 1\nb" << QByteArray("a = 1\r\nb") << 0;
    }
    void changesOnlyWhatWasTyped() {
        QFETCH(QByteArray, before);
        QFETCH(QString, typed);
        QFETCH(QByteArray, after);
        QFETCH(int, replacedBytes);
        const TextMap map(before.toStdString());
        const topology::Edit edit = map.editTo(linesOf(typed), "\r\n");
        const std::string end = before.contains("\r\n") || before.isEmpty() ? "\r\n" : "\n";
        const topology::Edit fitting = map.editTo(linesOf(typed), end);
        QCOMPARE(QByteArray::fromStdString(applied(before.toStdString(), fitting)), after);
        std::size_t replaced = 0;
        for (const auto& replacement : edit.replacements)
            replaced += replacement.range.size();
        QCOMPARE(static_cast<int>(replaced), replacedBytes);
    }

    void anUnchangedTextMakesNoEdit() {
        const std::string bytes = "a = \\u4e2d\r\n# caf\xe9\r\n";
        const TextMap map(bytes);
        QVERIFY(map.editTo(map.lines(), "\n").empty());
    }

    void placesAndOffsetsAgree() {
        const std::string bytes = "# \xe4\xb8\xad x\na = \\u4e2d1\n";
        const TextMap map(bytes);
        for (const std::size_t offset : {0u, 2u, 5u, 8u, 12u, 18u}) {
            const TextMap::Place place = map.placeOf(offset);
            QCOMPARE(map.offsetOf(place), offset);
        }
        QCOMPARE(map.placeOf(18).line, 1);
        QCOMPARE(map.placeOf(18).column, 5);
    }

    void randomTypingLeadsWhereItShould() {
        std::mt19937 random(7);
        std::string bytes = "a.sources = r1\r\nb = \\u4e2d\\u6587\r\n\r\nc = d\r\n  e";
        const QStringList pieces{"", "x", "\n", QString::fromUtf8("中"), "= 1\n", ".", QString::fromUtf8("é")};
        for (int i = 0; i < 500; ++i) {
            const TextMap map(bytes);
            QString text = map.text();
            const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(text.size() + 1));
            const auto length = qMin<qsizetype>(static_cast<qsizetype>(random() % 6), text.size() - at);
            text.replace(at, length, pieces[static_cast<qsizetype>(random() % 7)]);
            bytes = applied(bytes, map.editTo(linesOf(text), "\r\n"));
            QCOMPARE(TextMap(bytes).text(), text);
            QVERIFY2(QByteArray::fromStdString(bytes).count('\n') == QByteArray::fromStdString(bytes).count("\r\n"),
                     bytes.c_str());
        }
    }
};

MILLRACE_TEST(TestTextMap)
#include "tst_text_map.moc"
