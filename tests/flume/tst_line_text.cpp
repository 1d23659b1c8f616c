#include "flume/deserializers/line_text.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;

class TestLineText : public QObject {
    Q_OBJECT

private slots:
    void charactersAreCountedAsJavaDoes_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("most");
        QTest::addColumn<int>("bytes");
        QTest::newRow("one byte each") << QByteArray("ISO-8859-1") << QByteArray("\xe4\xf6\xfc") << 2 << 2;
        QTest::newRow("two bytes each") << QByteArray("GBK") << QByteArray("\xc4\xe3\xba\xc3\xc4\xe3") << 2 << 4;
        QTest::newRow("a character is not cut") << QByteArray("GBK") << QByteArray("\xc4\xe3\xba\xc3") << 1 << 2;
        QTest::newRow("beyond the first plane, two")
            << QByteArray("GB18030") << QByteArray("a\x94\x39\xfc\x36z") << 3 << 5;
        // A count that begins again for each byte takes hours.
        QTest::newRow("a line of megabytes")
            << QByteArray("ISO-8859-1") << QByteArray(4 << 20, '\xe4') << (2 << 20) << (2 << 20);
    }
    void charactersAreCountedAsJavaDoes() {
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, line);
        QFETCH(int, most);
        QFETCH(int, bytes);
        const auto* input = java::findCharset(charset.toStdString());
        QVERIFY(input != nullptr);
        auto text = LineText::make(*input, DecodeErrors::fail, *java::findCharset("UTF-8"));
        QVERIFY(text.has_value());
        QCOMPARE(text->bytesOf({line.data(), static_cast<std::size_t>(line.size())}, static_cast<std::size_t>(most)),
                 static_cast<std::size_t>(bytes));
    }
};

MILLRACE_TEST(TestLineText)
#include "tst_line_text.moc"
