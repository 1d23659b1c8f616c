#include "rpc/support/wire_captures.h"
#include "rpc/thrift_message_end.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::rpc;
using namespace millrace::rpc::testing;

class TestThriftMessageEnd : public QObject {
    Q_OBJECT

private slots:
    void theEndIsFoundHoweverTheMessageIsCut_data() {
        QTest::addColumn<QString>("arguments");
        QTest::newRow("none") << "00";
        QTest::newRow("numbers") << "0200010103000205060003000708000400000009"
                                    "0a00050000000000000001"
                                    "040006"
                                    "3ff0000000000000"
                                    "00";
        QTest::newRow("text, with nothing too") << "0b0001000000026869"
                                                   "0b000200000000"
                                                   "00";
        QTest::newRow("a list of numbers") << "0f000106000000030001000200"
                                              "0300";
        QTest::newRow("an empty list and an empty set") << "0f00010c00000000"
                                                           "0e00020800000000"
                                                           "00";
        QTest::newRow("a list of structs") << "0f00010c00000002"
                                              "02000101"
                                              "00"
                                              "00"
                                              "00";
        QTest::newRow("a map of lists") << "0d00010b0f00000002"
                                           "0000000161"
                                           "030000000201"
                                           "02"
                                           "0000000162"
                                           "0b00000000"
                                           "00";
        QTest::newRow("a map in a struct in a set") << "0e00010c00000001"
                                                       "0d00010b0b00000001"
                                                       "0000000161"
                                                       "0000000162"
                                                       "00"
                                                       "00";
    }
    void theEndIsFoundHoweverTheMessageIsCut() {
        QFETCH(QString, arguments);
        const auto message = fromHex("80010004"
                                     "00000001"
                                     "61"
                                     "00000001" +
                                     arguments.toStdString());
        auto more = message;
        more.insert(more.end(), message.begin(), message.end());
        ThriftMessageEnd bit, whole;
        for (std::size_t size = 0; size < message.size(); ++size)
            QCOMPARE(told(bit.find(std::span(more).first(size))), "more");
        QCOMPARE(told(bit.find(more)), QString::number(message.size()));
        QCOMPARE(told(bit.find(message)), QString::number(message.size())); // the next one
        QCOMPARE(told(whole.find(message)), QString::number(message.size()));
    }

    void whatIsNoMessageIsAnError_data() {
        QTest::addColumn<QString>("bytes");
        QTest::addColumn<QString>("why");
        QTest::newRow("another protocol") << "474554202f"
                                          << "not the binary protocol";
        QTest::newRow("a type that is none") << "80010004000000016100000001"
                                                "050001"
                                             << "a type that does not exist";
        QTest::newRow("a size below zero") << "80010004000000016100000001"
                                              "0b0001ffffffff"
                                           << "a size below zero";
        QTest::newRow("a list of nothing") << "80010004000000016100000001"
                                              "0f00010000000001"
                                              "00"
                                           << "a value of no type";
        QTest::newRow("depth without end")
            << "80010004000000016100000001" + QString("0c0001").repeated(40) << "nested too deeply";
    }
    void whatIsNoMessageIsAnError() {
        QFETCH(QString, bytes);
        QFETCH(QString, why);
        ThriftMessageEnd end;
        const QString error = told(end.find(fromHex(bytes.toStdString())));
        QVERIFY2(error.contains(why), qPrintable(error));
    }

    void manyPiecesAreLookedAtOnce() {
        // Read over anew with each piece this would be 10¹¹ entries.
        constexpr std::size_t kEntries = 150'000, kEntryBytes = 8;
        auto message = fromHex("80010004"
                               "00000001"
                               "61"
                               "00000001"
                               "0d0001"
                               "0b0b"
                               "000249f0");
        message.resize(message.size() + kEntries * kEntryBytes); // of two empty texts each
        message.push_back(0);
        ThriftMessageEnd end;
        for (std::size_t size = 0; size < message.size(); ++size)
            QCOMPARE(told(end.find(std::span(message).first(size))), "more");
        QCOMPARE(told(end.find(message)), QString::number(message.size()));
    }

private:
    static QString told(const Result<std::optional<std::size_t>>& end) {
        if (!end) return QString::fromStdString(end.error().message);
        return *end ? QString::number(**end) : "more";
    }
};

MILLRACE_TEST(TestThriftMessageEnd)
#include "tst_thrift_message_end.moc"
