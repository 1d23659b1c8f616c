#include "base/base64.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;

class TestBase64 : public QObject {
    Q_OBJECT
private slots:
    void bytesComeBackFromTheirText_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        // RFC 4648 §10.
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("one byte") << QByteArray("f") << QByteArray("Zg==");
        QTest::newRow("two bytes") << QByteArray("fo") << QByteArray("Zm8=");
        QTest::newRow("three bytes") << QByteArray("foo") << QByteArray("Zm9v");
        QTest::newRow("six bytes") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
        QTest::newRow("high bytes and a zero") << QByteArray("\xff\x00\xfb", 3) << QByteArray("/wD7");
    }
    void bytesComeBackFromTheirText() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(toBase64(bytes.toStdString())), text);
        const auto back = fromBase64(text.toStdString());
        QVERIFY(back.has_value());
        QCOMPARE(QByteArray::fromStdString(*back), bytes);
    }

    void otherTextIsNone_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no multiple of four") << QByteArray("Zm8");
        QTest::newRow("another letter") << QByteArray("Zm9*");
        QTest::newRow("padding in the middle") << QByteArray("Zg==Zm9v");
        QTest::newRow("three paddings") << QByteArray("Z===");
        QTest::newRow("bits behind the end") << QByteArray("Zh==");
        QTest::newRow("a line end") << QByteArray("Zm9\n");
    }
    void otherTextIsNone() {
        QFETCH(QByteArray, text);
        QVERIFY(!fromBase64(text.toStdString()));
    }
};

MILLRACE_TEST(TestBase64)
#include "tst_base64.moc"
