#include "support/test_program.h"
#include "tls/key_store.h"
#include "tls/support/stores.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::tls;
using namespace millrace::tls::testing;

class TestKeyStore : public QObject {
    Q_OBJECT
private slots:
    void whatKeytoolAndOpensslWriteIsRead_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("keyPassword");
        QTest::addColumn<bool>("key");
        QTest::addColumn<int>("chain");
        QTest::addColumn<int>("trusted");
        QTest::newRow("JKS with key and maker") << "server.jks"
                                                << "" << true << 2 << 1;
        QTest::newRow("JKS, the key under a password of its own") << "other-key-password.jks"
                                                                  << "keysecret" << true << 2 << 1;
        QTest::newRow("JKS with a certificate only") << "trust.jks"
                                                     << "" << false << 0 << 1;
        QTest::newRow("PKCS #12 of Java") << "server.p12"
                                          << "" << true << 2 << 0;
        QTest::newRow("PKCS #12 as 2010 wrote it") << "server-2010.p12"
                                                   << "" << true << 2 << 0;
        QTest::newRow("PKCS #12 with a certificate only") << "trust.p12"
                                                          << "" << false << 0 << 1;
        QTest::newRow("PEM, key and chain") << "server-with-chain.pem"
                                            << "" << true << 2 << 0;
        QTest::newRow("PEM, the key under a password") << "server-locked.pem"
                                                       << "keysecret" << true << 2 << 0;
        QTest::newRow("PEM with a certificate only") << "ca.pem"
                                                     << "" << false << 0 << 1;
    }
    void whatKeytoolAndOpensslWriteIsRead() {
        QFETCH(QString, name);
        QFETCH(QString, keyPassword);
        QFETCH(bool, key);
        StoreFile file = storeFile(name);
        if (!keyPassword.isEmpty()) file.keyPassword = keyPassword.toStdString();
        const auto store = readKeyStore(file);
        QVERIFY2(store, qPrintable(QString::fromStdString(store ? "" : store.error().message)));
        QCOMPARE(store->key != nullptr, key);
        QTEST(static_cast<int>(store->chain.size()), "chain");
        QTEST(static_cast<int>(store->trusted.size()), "trusted");
        if (key) QCOMPARE(X509_check_private_key(store->chain.front().get(), store->key.get()), 1);
    }

    void whatCannotBeReadIsToldApart_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("says");
        QTest::newRow("JKS, wrong password") << "server.jks"
                                             << "changed"
                                             << "the key store password is wrong";
        QTest::newRow("JKS, wrong password of the key") << "other-key-password.jks"
                                                        << "changeit"
                                                        << "the key password is wrong";
        QTest::newRow("PKCS #12, wrong password") << "server.p12"
                                                  << "changed"
                                                  << "the key store password is wrong";
        QTest::newRow("PEM, wrong password") << "server-locked.pem"
                                             << "changed"
                                             << "cannot be read with this password";
        QTest::newRow("JCEKS") << "secret.jceks"
                               << "changeit"
                               << "a JCEKS key store is not read here";
    }
    void whatCannotBeReadIsToldApart() {
        QFETCH(QString, name);
        QFETCH(QString, password);
        QFETCH(QString, says);
        const auto store = readKeyStore(storeFile(name, password.toStdString()));
        QVERIFY(!store);
        const QString message = QString::fromStdString(store.error().message);
        QVERIFY2(message.startsWith(name + ": ") && message.contains(says), qPrintable(message));
    }

    void aFileThatIsCutOffOrFlippedIsRefusedWhereverItHappens_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"server.jks", "trust.jks", "server.p12", "ca.pem"})
            QTest::newRow(name) << name;
    }
    void aFileThatIsCutOffOrFlippedIsRefusedWhereverItHappens() {
        QFETCH(QString, name);
        const StoreFile whole = storeFile(name);
        for (std::size_t length = 0; length < whole.bytes.size(); length += 7) {
            StoreFile cut = whole;
            cut.bytes.resize(length);
            QVERIFY2(!readKeyStore(cut), qPrintable(QString::number(length)));
        }
        if (name.endsWith(".pem")) return; // words round the blocks are nobody's
        // What names the digest of a PKCS #12 file stands behind what it covers.
        const std::size_t uncovered = name.endsWith(".p12") ? 100 : 0;
        for (std::size_t at = 0; at < whole.bytes.size() - uncovered; at += 5) {
            StoreFile flipped = whole;
            flipped.bytes[at] ^= 0x40;
            QVERIFY2(!readKeyStore(flipped), qPrintable(QString::number(at)));
        }
    }

    void withoutAPasswordCertificatesAreReadButNoKey() {
        QVERIFY(readKeyStore(storeFile("trust.jks", "")));
        QVERIFY(!readKeyStore(storeFile("server.jks", "")));
    }

    void nothingAndSomethingElseAreNoKeyStores() {
        for (const std::string& text :
             {std::string(), std::string("hello"), std::string("-----BEGIN NOTHING-----\n")}) {
            const auto store = readKeyStore({"x", {text.begin(), text.end()}, "changeit"});
            QVERIFY(!store);
            QCOMPARE(store.error().code, ErrorCode::corrupt);
        }
    }
};

MILLRACE_TEST(TestKeyStore)
#include "tst_key_store.moc"
