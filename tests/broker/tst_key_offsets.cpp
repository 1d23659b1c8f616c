// What compaction remembers of keys.
#include "broker/compaction/key_offsets.h"
#include "support/test_program.h"

#include <QtTest>

#include <map>
#include <string>

using namespace millrace;
using namespace millrace::broker;

namespace {

std::span<const std::uint8_t> bytesOf(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace

class TestKeyOffsets : public QObject {
    Q_OBJECT

private slots:
    /// Those that came with the paper's code.
    void hashesAreThoseOfSipHash_data() {
        QTest::addColumn<int>("length");
        QTest::addColumn<QByteArray>("hash");
        QTest::newRow("of nothing") << 0 << QByteArray::fromHex("a3817f04ba25a8e66df67214c7550293");
        QTest::newRow("of one byte") << 1 << QByteArray::fromHex("da87c1d86b99af44347659119b22fc45");
    }
    void hashesAreThoseOfSipHash() {
        QFETCH(int, length);
        KeySecret secret{};
        std::string input;
        for (std::size_t i = 0; i < secret.size(); ++i)
            secret[i] = static_cast<std::uint8_t>(i);
        for (int i = 0; i < length; ++i)
            input += static_cast<char>(i);
        const KeyHash hash = hashOfKey(secret, bytesOf(input));
        QByteArray found;
        for (const std::uint64_t half : {hash.low, hash.high})
            for (int i = 0; i < 8; ++i)
                found += static_cast<char>(half >> (8 * i));
        QTEST(found, "hash");
    }

    void theLastOffsetOfEachKeyIsFound() {
        KeyOffsets offsets({1 << 20, 0.9}, 1000, {});
        std::map<std::string, std::int64_t> model;
        for (std::int64_t i = 0; i < 5000; ++i) {
            const std::string key(std::size_t(i % 7 * 5), char('a' + i % 13)); // some of them are empty
            QVERIFY(offsets.put(bytesOf(key), i));
            model[key] = i;
        }
        for (const auto& [key, offset] : model)
            QCOMPARE(offsets.find(bytesOf(key)).value_or(-1), offset);
        QCOMPARE(offsets.size(), model.size());
        QVERIFY(!offsets.find(bytesOf("none")));
    }

    void memoryIsWhatItMayTakeAndWhatItNeeds_data() {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<double>("load");
        QTest::addColumn<quint64>("keys");
        QTest::addColumn<quint64>("capacity");
        QTest::newRow("all keys fit") << quint64(1 << 20) << 0.9 << quint64(100) << quint64(100);
        QTest::newRow("as many as fit") << quint64(24'000) << 0.5 << quint64(100'000) << quint64(500);
        QTest::newRow("one at least") << quint64(0) << 0.9 << quint64(100) << quint64(1);
        QTest::newRow("one though none is needed") << quint64(1 << 20) << 0.9 << quint64(0) << quint64(1);
        QTest::newRow("never quite full") << quint64(24'000) << 1.0 << quint64(100'000) << quint64(950);
        QTest::newRow("never quite empty") << quint64(24'000) << 0.0 << quint64(100'000) << quint64(50);
    }
    void memoryIsWhatItMayTakeAndWhatItNeeds() {
        QFETCH(quint64, bytes);
        QFETCH(double, load);
        QFETCH(quint64, keys);
        KeyOffsets offsets({bytes, load}, keys, {});
        QTEST(quint64(offsets.capacity()), "capacity");
        std::size_t taken = 0;
        for (; offsets.put(bytesOf(std::to_string(taken)), std::int64_t(taken)); ++taken) {
        }
        QCOMPARE(taken, offsets.capacity());
        QVERIFY(offsets.put(bytesOf("0"), 77)); // one that is known has its place
        QCOMPARE(offsets.find(bytesOf("0")).value_or(-1), 77);
        QVERIFY(!offsets.find(bytesOf(std::to_string(taken))));
    }
};

MILLRACE_TEST(TestKeyOffsets)
#include "tst_key_offsets.moc"
