#include "support/test_program.h"
#include "topology/text/escapes.h"
#include "topology/text/properties_text.h"

#include <QtTest>

using namespace millrace::topology;

namespace {

/// "key=value" per entry, joined by "|", `#@` entries with a leading "@".
std::string entriesOf(const PropertiesText& text) {
    std::string out;
    for (const Entry& entry : text.entries) {
        if (!out.empty()) out += "|";
        out += (entry.ours ? "@" : "") + entry.key + "=" + entry.value;
    }
    return out;
}

} // namespace

/// The expectations of readsAsJavaDoes are what java.util.Properties of a JDK 17 reads from the same bytes.
class TestPropertiesText : public QObject {
    Q_OBJECT
private slots:
    void readsAsJavaDoes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("entries");
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& entries) {
            QTest::newRow(name) << text << entries;
        };
        row("equals sign with blanks around", "a.b  =  c\n", "a.b=c");
        row("colon separates", "a.b:c\n", "a.b=c");
        row("a blank separates", "a.b c d\n", "a.b=c d");
        row("a tab and a form feed separate", "a.b\tc\na.d\fe\n", "a.b=c|a.d=e");
        row("second sign belongs to the value", "a.b == c\n", "a.b== c");
        row("no value", "a.b\na.c=\n", "a.b=|a.c=");
        row("hash and exclamation mark begin comments", "# a=b\n  ! c=d\ne=f\n", "e=f");
        row("hash within a value stays", "a=b # c\n", "a=b # c");
        row("escaped separators in the key", "a\\=b\\:c\\ d=e\n", "a=b:c d=e");
        row("known escapes", "a=x\\ty\\nz\\\\w\n", "a=x\ty\nz\\w");
        row("an unknown escape loses its backslash", "a=\\d+\\.log\n", "a=d+.log");
        row("unicode escape", "a=\\u00e4\\u4E2D\n", "a=\xC3\xA4\xE4\xB8\xAD");
        row("a pair of halves is one character", "a=\\uD83D\\uDE00\n", "a=\xF0\x9F\x98\x80");
        row("bytes above 127 are Latin-1", "a=\xE4\n", "a=\xC3\xA4");
        row("UTF-8 is read as Latin-1", "a=\xC3\xA4\n", "a=\xC3\x83\xC2\xA4");
        row("continued line drops leading blanks", "a=b, \\\n   c\n", "a=b, c");
        row("two backslashes do not continue", "a=b\\\\\nc=d\n", "a=b\\|c=d");
        row("continued line swallows a comment", "a=b\\\n# c\nd=e\n", "a=b# c|d=e");
        row("continued line swallows a line of ours", "a=b\\\n#@ version = 1\n", "a=b#@ version = 1");
        row("a comment is never continued", "# a \\\nb=c\n", "b=c");
        row("continuation into a blank line ends there", "a=b\\\n\nc=d\n", "a=b|c=d");
        row("continuation at the end of the file", "a=b\\", "a=b");
        row("continuation within a key", "a.\\\n  b=c\n", "a.b=c");
        row("a lone backslash line changes nothing", "\\\na=b\n", "a=b");
        row("not even before a comment", "\\\n#a=b\nc=d\n", "c=d");
        row("carriage return alone ends a line", "a=b\rc=d\r", "a=b|c=d");
        row("CRLF ends one line", "a=b\r\nc=d\\\r\n  e\r\n", "a=b|c=de");
        row("no final newline", "a=b\nc=d", "a=b|c=d");
        row("trailing blanks are trimmed", "a=b  \t\n", "a=b");
        row("escaped blank at the end is trimmed too", "a=b\\ \n", "a=b");
        row("duplicates are all kept here", "a=b\na=c\n", "a=b|a=c");
        row("byte order mark belongs to the first key",
            "\xEF\xBB\xBF"
            "a=b\n",
            "\xC3\xAF\xC2\xBB\xC2\xBF"
            "a=b");
        row("empty key", "=b\n", "=b");
        row("blank lines and blanks before a key", "\n  \t\n   a=b\n", "a=b");
        row("empty text", "", "");
    }
    void readsAsJavaDoes() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, entries);
        QCOMPARE(QByteArray::fromStdString(entriesOf(PropertiesText::parse(text.toStdString()))), entries);
    }

    void ownLines_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("entries");
        QTest::newRow("a line of ours") << QByteArray("#@ version = 1\n") << QByteArray("@version=1");
        QTest::newRow("indented") << QByteArray("   #@\tversion=1\n") << QByteArray("@version=1");
        QTest::newRow("without the blank it is a comment") << QByteArray("#@version = 1\n") << QByteArray("");
        QTest::newRow("UTF-8 is UTF-8") << QByteArray("#@ note.a.text = \xC3\xA4\n")
                                        << QByteArray("@note.a.text=\xC3\xA4");
        QTest::newRow("escapes") << QByteArray("#@ n = a\\nb\\\\c\\u0041\\d\n") << QByteArray("@n=a\nb\\cA\\d");
        QTest::newRow("a backslash at the end continues nothing")
            << QByteArray("#@ n = a\\\nb=c\n") << QByteArray("@n=a\\|b=c");
    }
    void ownLines() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, entries);
        QCOMPARE(QByteArray::fromStdString(entriesOf(PropertiesText::parse(text.toStdString()))), entries);
    }

    void placesNameTheBytes() {
        const std::string text = "# c\n  web.sources = a \\\n   b  \r\nx : y\n";
        const PropertiesText parsed = PropertiesText::parse(text);
        QCOMPARE(parsed.entries.size(), std::size_t{2});
        const Entry& first = parsed.entries[0];
        const auto at = [&text](TextRange range) { return text.substr(range.begin, range.size()); };
        QCOMPARE(at(first.keyRange), std::string("web.sources"));
        QCOMPARE(at(first.valueRange), std::string("a \\\n   b"));
        QCOMPARE(at(first.lines), std::string("  web.sources = a \\\n   b  \r\n"));
        QCOMPARE(first.line, 2);
        QCOMPARE(parsed.entries[1].line, 4);
        QCOMPARE(at(parsed.entries[1].valueRange), std::string("y"));
    }

    void tellsWhatJavaWouldLoseOrDrop() {
        const std::string text = "a = C:\\users\nb = \\d+\nc = \\\\d\\t\n";
        const PropertiesText parsed = PropertiesText::parse(text);
        QCOMPARE(parsed.entries[0].malformedEscape, text.find("\\users"));
        QCOMPARE(parsed.entries[1].droppedBackslash, text.find("\\d+"));
        QCOMPARE(parsed.entries[2].droppedBackslash, std::string::npos);
        QCOMPARE(parsed.entries[1].malformedEscape, std::string::npos);
    }

    void encodedValuesAreReadBack_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("plain") << QByteArray("logs/access");
        QTest::newRow("backslashes") << QByteArray("logs/.*\\.log\\\\x");
        QTest::newRow("signs first") << QByteArray("= :x");
        QTest::newRow("line ends and tabs") << QByteArray("a\nb\rc\td\fe");
        QTest::newRow("beyond Latin-1") << QByteArray("\xE4\xB8\xAD \xF0\x9F\x98\x80 \xC3\xA4");
        QTest::newRow("control characters") << QByteArray("a\x01"
                                                          "b\x7F"
                                                          "c");
    }
    void encodedValuesAreReadBack() {
        QFETCH(QByteArray, value);
        for (const bool afterBlank : {false, true}) {
            const std::string line =
                "k" + std::string(afterBlank ? " " : "=") + encodeValue(value.toStdString(), afterBlank);
            const PropertiesText parsed = PropertiesText::parse(line);
            QCOMPARE(parsed.entries.size(), std::size_t{1});
            QCOMPARE(QByteArray::fromStdString(parsed.entries[0].value), value);
            QVERIFY(line.find_first_of("\n\r") == std::string::npos);
        }
        const std::string ours = "#@ k = " + encodeOurs(value.toStdString());
        QCOMPARE(PropertiesText::parse(ours).entries[0].value, value.toStdString());
    }

    void encodedKeysAreReadBack() {
        for (const char* key : {"a.b", "#a", "!a", "a b", "a=b:c", "a\\b", "\xC3\xA4"}) {
            const PropertiesText parsed = PropertiesText::parse(encodeKey(key) + "=v");
            QCOMPARE(parsed.entries.size(), std::size_t{1});
            QCOMPARE(parsed.entries[0].key, std::string(key));
        }
    }

    void everyByteSequenceIsRead() {
        // Neither a crash nor a range outside the text, whatever stands there.
        const std::string alphabet = "a=:\\\n\r#@! u0\xEF\t.";
        std::uint32_t state = 7;
        for (int round = 0; round < 20000; ++round) {
            std::string text;
            for (int i = 0; i < 24; ++i) {
                state = state * 1664525 + 1013904223;
                text += alphabet[(state >> 16) % alphabet.size()];
            }
            const PropertiesText parsed = PropertiesText::parse(text);
            std::size_t last = 0;
            for (const Entry& entry : parsed.entries) {
                QVERIFY(entry.lines.begin >= last && entry.lines.end > entry.lines.begin &&
                        entry.lines.end <= text.size());
                QVERIFY(entry.keyRange.begin >= entry.lines.begin && entry.keyRange.end <= entry.valueRange.begin);
                QVERIFY(entry.valueRange.begin <= entry.valueRange.end && entry.valueRange.end <= entry.lines.end);
                last = entry.lines.end;
            }
        }
    }
};

MILLRACE_TEST(TestPropertiesText)
#include "tst_properties_text.moc"
