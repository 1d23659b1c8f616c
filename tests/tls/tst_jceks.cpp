#include "support/test_program.h"
#include "tls/aes_ctr.h"
#include "tls/jceks.h"
#include "tls/support/stores.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::tls;
using namespace millrace::tls::testing;

namespace {

constexpr const char* kPassword = "storepass";

std::string hex(const std::vector<std::uint8_t>& bytes) {
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())).toHex().toStdString();
}
std::vector<std::uint8_t> bytes(const char* text) {
    const QByteArray decoded = QByteArray::fromHex(text);
    return {decoded.begin(), decoded.end()};
}

} // namespace

class JceksTest : public QObject {
    Q_OBJECT
private slots:
    void secretKeysOfKeytoolAreRead_data() {
        QTest::addColumn<QString>("alias");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("key");
        QTest::newRow("under the store's password") << "k128" << kPassword << "1d35886773bc3392076efbdd949ee063";
        QTest::newRow("under a password of its own")
            << "k256" << "ownpass" << "51f4842276f9ebb8458dcf99c29b92282c36a5a9dc44e67f63c8b5fc5d80d054";
        QTest::newRow("in capitals, which an alias does not know")
            << "K128" << kPassword << "1d35886773bc3392076efbdd949ee063";
    }
    void secretKeysOfKeytoolAreRead() {
        QFETCH(QString, alias);
        QFETCH(QString, password);
        const auto store = readJceks(storeFile("secret-keys.jceks", kPassword));
        QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
        QCOMPARE(store->keys.size(), std::size_t(2)); // the private key beside them is none
        const auto key = store->open(alias.toStdString(), password.toStdString());
        QVERIFY2(key.has_value(), key ? "" : key.error().message.c_str());
        QTEST(QString::fromStdString(hex(*key)), "key");
    }

    void whatCannotBeOpenedIsToldApart() {
        const auto wrongStore = readJceks(storeFile("secret-keys.jceks", "changed"));
        QCOMPARE(wrongStore.error().message, std::string("secret-keys.jceks: the key store password is wrong"));
        const auto none = readJceks(storeFile("server.jks"));
        QVERIFY(none.error().message.find("this is no JCEKS key store") != std::string::npos);
        const auto store = readJceks(storeFile("secret-keys.jceks", kPassword));
        QVERIFY(store.has_value());
        QCOMPARE(store->open("k256", kPassword).error().message,
                 std::string("secret-keys.jceks: the key password is wrong"));
        QCOMPARE(toString(store->open("pair", kPassword).error().code), toString(ErrorCode::notFound));
    }

    void aFileThatIsCutOffOrDamagedIsRefused() {
        const StoreFile whole = storeFile("secret-keys.jceks", "");
        for (std::size_t size = 0; size < whole.bytes.size(); ++size) {
            StoreFile cut = whole;
            cut.bytes.resize(size);
            QVERIFY(!readJceks(cut).has_value());
        }
        for (std::size_t at = 0; at + 20 < whole.bytes.size(); ++at) {
            StoreFile damaged = whole;
            damaged.bytes[at] ^= 0x41;
            const auto store = readJceks(damaged); // some bytes say nothing, and the digest is not looked at here
            if (store && at % 401 == 0) (void)store->open("k128", kPassword); // 400,000 rounds of MD5 each
        }
    }

    void counterModeIsThatOfTheStandard_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("hidden");
        // NIST SP 800-38A, F.5.1, F.5.3, F.5.5
        QTest::newRow("128 bits") << "2b7e151628aed2a6abf7158809cf4f3c"
                                  << "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff";
        QTest::newRow("192 bits") << "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"
                                  << "1abc932417521ca24f2b0459fe7e6e0b090339ec0aa6faefd5ccc2c6f4ce8e94";
        QTest::newRow("256 bits") << "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
                                  << "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5";
    }
    void counterModeIsThatOfTheStandard() {
        QFETCH(QString, key);
        QFETCH(QString, hidden);
        AesCtr::Nonce counter{};
        std::ranges::copy(bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"), counter.begin());
        const auto cipher = AesCtr::make(bytes(qPrintable(key)), counter);
        QVERIFY(cipher.has_value());
        const auto plain = bytes("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
        for (std::size_t cut = 0; cut <= plain.size(); ++cut) {
            auto text = plain;
            cipher->apply(0, std::span(text).first(cut));
            cipher->apply(cut, std::span(text).subspan(cut));
            QCOMPARE(QString::fromStdString(hex(text)), hidden);
        }
        QVERIFY(!AesCtr::make({1, 2, 3}, counter).has_value());
    }
};

MILLRACE_TEST(JceksTest)
#include "tst_jceks.moc"
