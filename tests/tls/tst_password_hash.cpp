#include "support/test_program.h"
#include "tls/password_hash.h"

#include <QtTest>

using namespace millrace::tls;

namespace {

QByteArray hexOf(const std::vector<std::uint8_t>& bytes) {
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())).toHex();
}

} // namespace

class TestPasswordHash : public QObject {
    Q_OBJECT
private slots:
    /// RFC 7914 §11, and the same of SHA-512 as Python's hashlib makes it.
    void aPasswordIsStretchedAsTheStandardHasIt() {
        QCOMPARE(hexOf(stretched(Hash::sha256, "passwd", viewOf("salt"), 1)),
                 QByteArray("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"));
        QCOMPARE(hexOf(stretched(Hash::sha512, "passwd", viewOf("salt"), 4096)),
                 QByteArray("6eafdf5b09eb6be3ff08f36c7f45d6e8dd83563079a3dc5905f256a16acd59bc"
                            "eb5afa9d2f119b6cc14a276ac5d68dca1c4ec1ebb9abc5a29b15e51469e3b8ba"));
    }

    /// RFC 4231 §4.3.
    void aTextIsSignedAsTheStandardHasIt() {
        QCOMPARE(hexOf(hmac(Hash::sha256, viewOf("Jefe"), viewOf("what do ya want for nothing?"))),
                 QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        QCOMPARE(hexOf(hmac(Hash::sha256, {}, {})),
                 QByteArray("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
    }

    void whatIsTheSameIsTold() {
        QVERIFY(areSame(viewOf("abc"), viewOf("abc")));
        QVERIFY(areSame({}, {}));
        QVERIFY(!areSame(viewOf("abc"), viewOf("abd")));
        QVERIFY(!areSame(viewOf("abc"), viewOf("abcd")));
        QVERIFY(secretBytes(16) != secretBytes(16));
    }
};

MILLRACE_TEST(TestPasswordHash)
#include "tst_password_hash.moc"
