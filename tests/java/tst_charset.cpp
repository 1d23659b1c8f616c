#include "java/java_charset.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::java;

namespace {

/// The text, which came in pieces of `size` bytes.
std::string decoded(const JavaCharset& charset, std::string_view bytes, std::size_t size) {
    auto decoder = CharsetDecoder::of(charset);
    std::string text;
    if (!decoder) return decoder.error().message;
    for (std::size_t at = 0; at < bytes.size(); at += size)
        decoder->decode(bytes.substr(at, size), text);
    decoder->finish(text);
    return text;
}

std::string encoded(const JavaCharset& charset, std::string_view text) {
    auto encoder = CharsetEncoder::of(charset);
    std::string bytes;
    if (!encoder) return encoder.error().message;
    encoder->encode(text, bytes);
    return bytes;
}

} // namespace

class TestCharset : public QObject {
    Q_OBJECT
private slots:
    void namesAreJavas_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("canonical"); // empty: Java throws
        QTest::newRow("its own") << QByteArray("GBK") << QByteArray("GBK");
        QTest::newRow("in small letters") << QByteArray("gbk") << QByteArray("GBK");
        QTest::newRow("an alias") << QByteArray("windows-936") << QByteArray("GBK");
        QTest::newRow("another alias") << QByteArray("l1") << QByteArray("ISO-8859-1");
        QTest::newRow("UTF8 without its hyphen") << QByteArray("UTF8") << QByteArray("UTF-8");
        QTest::newRow("no charset at all") << QByteArray("latin-9x") << QByteArray();
        QTest::newRow("two aliases in one") << QByteArray("CP936 windows-936") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("what a variable left") << QByteArray("${env:CHARSET}") << QByteArray();
    }
    void namesAreJavas() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, canonical);
        const JavaCharset* charset = findCharset(name.toStdString());
        QCOMPARE(charset != nullptr, !canonical.isEmpty());
        if (charset != nullptr) QCOMPARE(QByteArray::fromStdString(std::string(charset->name)), canonical);
    }

    void bytesBecomeText_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        const QString broken(QChar(0xFFFD));
        QTest::newRow("GBK") << QByteArray("GBK") << QByteArray("\xc4\xe3\xba\xc3!") << QStringLiteral("你好!");
        QTest::newRow("GBK cut in a character")
            << QByteArray("GBK") << QByteArray("\xc4\xe3\xba") << QStringLiteral("你") + broken;
        QTest::newRow("GBK with half a character before a letter")
            << QByteArray("GBK") << QByteArray("\xba!x") << broken + QStringLiteral("!x");
        QTest::newRow("GBK with a byte that begins nothing") << QByteArray("GBK")
                                                             << QByteArray("a\xff"
                                                                           "b")
                                                             << QStringLiteral("a") + broken + QStringLiteral("b");
        QTest::newRow("Big5") << QByteArray("Big5") << QByteArray("\xa7\x41\xa6\x6e") << QStringLiteral("你好");
        QTest::newRow("Shift_JIS, whose second bytes are letters")
            << QByteArray("Shift_JIS") << QByteArray("\x83\x7d\x83\x8b") << QStringLiteral("マル");
        QTest::newRow("EUC-KR") << QByteArray("EUC-KR") << QByteArray("\xc7\xd1") << QStringLiteral("한");
        QTest::newRow("GB18030 of four bytes")
            << QByteArray("GB18030") << QByteArray("\x81\x30\x84\x36") << QStringLiteral("¥");
        QTest::newRow("Latin-1") << QByteArray("ISO-8859-1") << QByteArray("k\xfchl") << QStringLiteral("kühl");
        QTest::newRow("windows-1252") << QByteArray("windows-1252") << QByteArray("\x80") << QStringLiteral("€");
        QTest::newRow("a hole in windows-1252")
            << QByteArray("windows-1252") << QByteArray("a\x81") << QStringLiteral("a") + broken;
        QTest::newRow("KOI8-R") << QByteArray("KOI8-R") << QByteArray("\xed\xc9\xd2") << QStringLiteral("Мир");
        QTest::newRow("EBCDIC") << QByteArray("IBM037") << QByteArray("\xc1\xf1") << QStringLiteral("A1");
        QTest::newRow("UTF-16, larger byte first by itself")
            << QByteArray("UTF-16") << QByteArray("\x4f\x60\0a", 4) << QStringLiteral("你a");
        QTest::newRow("UTF-16 that says smaller first")
            << QByteArray("UTF-16") << QByteArray("\xff\xfe\x60\x4f", 4) << QStringLiteral("你");
        QTest::newRow("UTF-16 that says larger first")
            << QByteArray("UTF-16") << QByteArray("\xfe\xff\x4f\x60", 4) << QStringLiteral("你");
        QTest::newRow("UTF-16 of one byte") << QByteArray("UTF-16") << QByteArray("\x4f") << broken;
        QTest::newRow("nothing") << QByteArray("GBK") << QByteArray() << QString();
    }
    void bytesBecomeText() {
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        const JavaCharset* known = findCharset(charset.toStdString());
        QVERIFY(known != nullptr);
        for (const std::size_t size : {1, 2, 3, 100})
            QCOMPARE(QString::fromStdString(decoded(*known, bytes.toStdString(), size)), text);
    }

    void aDecoderBeginsAnewAfterTheEnd() {
        auto decoder = CharsetDecoder::of(*findCharset("UTF-16"));
        std::string text;
        decoder->decode(std::string_view("\xff\xfe\x60\x4f", 4), text);
        decoder->finish(text);
        decoder->decode(std::string_view("\x4f\x60", 2), text);
        decoder->finish(text);
        QCOMPARE(QString::fromStdString(text), QStringLiteral("你你"));
    }

    void textBecomesBytes_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("GBK") << QByteArray("GBK") << QStringLiteral("你好") << QByteArray("\xc4\xe3\xba\xc3");
        QTest::newRow("what the charset has not")
            << QByteArray("ISO-8859-1") << QStringLiteral("a你b😀") << QByteArray("a?b?");
        QTest::newRow("what only GB18030 has") << QByteArray("GBK") << QStringLiteral("a😀\uFFFDb你1")
                                               << QByteArray("a??b\xc4\xe3"
                                                             "1");
        QTest::newRow("the same in GB18030")
            << QByteArray("GB18030") << QStringLiteral("\uFFFD") << QByteArray("\x84\x31\xa4\x37");
        QTest::newRow("UTF-16 with its byte order")
            << QByteArray("UTF-16") << QStringLiteral("a") << QByteArray("\xfe\xff\0a", 4);
        QTest::newRow("nothing in UTF-16") << QByteArray("UTF-16") << QString() << QByteArray();
        QTest::newRow("a charset that changes over")
            << QByteArray("ISO-2022-JP") << QStringLiteral("亜") << QByteArray("\x1b$B0!\x1b(B");
    }
    void textBecomesBytes() {
        QFETCH(QByteArray, charset);
        QFETCH(QString, text);
        QFETCH(QByteArray, bytes);
        const JavaCharset* known = findCharset(charset.toStdString());
        QCOMPARE(QByteArray::fromStdString(encoded(*known, text.toStdString())), bytes);
    }

    void aLongTextComesThroughInPieces() {
        const JavaCharset& gbk = *findCharset("GBK");
        std::string text;
        for (int i = 0; i < 20'000; ++i)
            text += "你好 world ";
        const std::string bytes = encoded(gbk, text);
        QCOMPARE(decoded(gbk, bytes, 4095), text);
    }

    void whatNoConverterReadsIsRefusedByName() {
        const auto decoder = CharsetDecoder::of(*findCharset("x-MacDingbat"));
        QVERIFY(!decoder);
        QVERIFY(decoder.error().message.find("x-MacDingbat") != std::string::npos);
        QVERIFY(!CharsetEncoder::of(*findCharset("x-MacDingbat")));
    }
};

MILLRACE_TEST(TestCharset)
#include "tst_charset.moc"
