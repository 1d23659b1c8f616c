#include "support/test_program.h"
#include "wire/reader.h"
#include "wire/support/all_messages.h"
#include "wire/writer.h"

#include <QtTest>

#include <set>
#include <type_traits>

using namespace millrace;
using namespace millrace::wire;

namespace {

using WrittenAgain = Result<QByteArray> (*)(const QByteArray&, Version);

template <typename Message>
Result<QByteArray> writtenAgain(const QByteArray& bytes, Version version) {
    Reader reader(Bytes::copyOf(std::string_view(bytes.data(), std::size_t(bytes.size()))), version,
                  Message::kApi.flexible(version));
    Message message;
    reader.field(message);
    MILLRACE_TRY(reader.finish());
    Writer writer(version, Message::kApi.flexible(version));
    writer.field(message);
    QByteArray all;
    for (const Bytes& piece : writer.finish())
        all.append(reinterpret_cast<const char*>(piece.data()), qsizetype(piece.size()));
    return all;
}

struct Kind {
    QByteArray name; ///< as "Fetch Request"
    Version min;
    Version max;
    WrittenAgain again;
};

template <typename... Messages>
std::vector<Kind> kindsOf(std::type_identity<std::tuple<Messages...>>) {
    int index = 0;
    return {Kind{QByteArray(Messages::kApi.name) + (index++ % 2 == 0 ? " Request" : " Response"), Messages::kApi.min,
                 Messages::kApi.max, &writtenAgain<Messages>}...};
}

const std::vector<Kind>& kinds() {
    static const auto all = kindsOf(std::type_identity<AllMessages>());
    return all;
}

struct Golden {
    QByteArray message; ///< as "Fetch Request"
    int version;
    QByteArray form; ///< filled or bare
    QByteArray bytes;
};

std::vector<Golden> goldenMessages() {
    QFile file(MILLRACE_SOURCE_DIR "/tests/wire/golden/messages.txt");
    std::vector<Golden> all;
    if (!file.open(QIODevice::ReadOnly)) return all;
    for (const QByteArray& line : file.readAll().split('\n')) {
        const auto words = line.split(' ');
        if (words.size() == 5)
            all.push_back({words[0] + " " + words[1], words[2].toInt(), words[3], QByteArray::fromHex(words[4])});
    }
    return all;
}

void addRows() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("bytes");
    for (const Golden& golden : goldenMessages())
        QTest::addRow("%s v%d %s", golden.message.constData(), golden.version, golden.form.constData())
            << golden.message << golden.version << golden.bytes;
}

WrittenAgain find(const QByteArray& message) {
    for (const Kind& kind : kinds())
        if (kind.name == message) return kind.again;
    return nullptr;
}

} // namespace

/// Against bytes that were made from Apache Kafka's own definitions (golden/make_golden.py).
class TestGolden : public QObject {
    Q_OBJECT
private slots:
    void everyMessageAndVersionHasItsBytes() {
        std::set<std::pair<QByteArray, int>> there;
        for (const Golden& golden : goldenMessages())
            there.emplace(golden.message, golden.version);
        for (const Kind& kind : kinds())
            for (int version = kind.min; version <= kind.max; ++version)
                QVERIFY2(there.contains({kind.name, version}),
                         qPrintable(kind.name + " v" + QByteArray::number(version)));
    }

    void bytesAreReadAndWrittenAgain_data() { addRows(); }
    void bytesAreReadAndWrittenAgain() {
        QFETCH(QByteArray, message);
        QFETCH(int, version);
        QFETCH(QByteArray, bytes);
        const WrittenAgain again = find(message);
        QVERIFY(again);
        const auto written = again(bytes, Version(version));
        QVERIFY2(written, written ? "" : written.error().message.c_str());
        QCOMPARE(written->toHex(' '), bytes.toHex(' '));
    }

    void everyTruncationIsRefused_data() { addRows(); }
    void everyTruncationIsRefused() {
        QFETCH(QByteArray, message);
        QFETCH(int, version);
        QFETCH(QByteArray, bytes);
        const WrittenAgain again = find(message);
        QVERIFY(again);
        for (qsizetype length = 0; length < bytes.size(); ++length)
            QVERIFY2(!again(bytes.left(length), Version(version)),
                     qPrintable(QString("%1 of %2 bytes were accepted").arg(length).arg(bytes.size())));
    }
};

MILLRACE_TEST(TestGolden)
#include "tst_golden.moc"
