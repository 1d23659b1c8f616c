#include "net/address.h"
#include "net/endpoint.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::net;

class TestAddress : public QObject {
    Q_OBJECT
private slots:
    void wellFormedTextIsRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("a name") << "broker.example:9092"
                                << "broker.example" << 9092;
        QTest::newRow("an IPv4 literal") << "127.0.0.1:0"
                                         << "127.0.0.1" << 0;
        QTest::newRow("an IPv6 literal in brackets") << "[::1]:65535"
                                                     << "::1" << 65535;
        QTest::newRow("no host") << ":4141"
                                 << "" << 4141;
    }
    void wellFormedTextIsRead() {
        QFETCH(QString, text);
        QFETCH(QString, host);
        QFETCH(int, port);
        const auto address = parseAddress(text.toStdString());
        QVERIFY(address);
        QCOMPARE(QString::fromStdString(address->host), host);
        QCOMPARE(int(address->port), port);
        QCOMPARE(QString::fromStdString(address->toString()), text);
    }

    void brokenTextIsRefusedWithThePartThatIsWrong_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("no colon") << "localhost"
                                  << "the port is missing";
        QTest::newRow("an empty port") << "localhost:"
                                       << "the port is not a number";
        QTest::newRow("letters as port") << "localhost:http"
                                         << "the port is not a number";
        QTest::newRow("digits and letters as port") << "localhost:90x"
                                                    << "the port is not a number";
        QTest::newRow("a negative port") << "localhost:-1"
                                         << "the port is not a number";
        QTest::newRow("a port above 65535") << "localhost:65536"
                                            << "a port is at most 65535";
        QTest::newRow("a bare IPv6 literal") << "::1:9092"
                                             << "an IPv6 host stands in brackets";
        QTest::newRow("an open bracket") << "[::1:9092"
                                         << "the closing ] is missing";
        QTest::newRow("a URL") << "http://x:80"
                               << "an IPv6 host stands in brackets";
        QTest::newRow("a blank in the host") << "a b:80"
                                             << "a character no host name has";
    }
    void brokenTextIsRefusedWithThePartThatIsWrong() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto address = parseAddress(text.toStdString());
        QVERIFY(!address);
        QCOMPARE(int(address.error().code), int(ErrorCode::invalidArgument));
        const QString message = QString::fromStdString(address.error().message);
        QVERIFY2(message.contains(says), qPrintable(message));
    }

    void anIPv4AddressInsideOfIPv6IsCalledByItsOwnName() {
        for (const auto& [text, name] :
             {std::pair("::ffff:127.0.0.1", "127.0.0.1"), std::pair("::1", "::1"), std::pair("2001:db8::2:3", "2001:db8::2:3")}) {
            const auto resolved = resolve({text, 9092}, ResolveFor::listening);
            QVERIFY(resolved);
            QCOMPARE(toAddress(resolved->front()), (Address{name, 9092}));
        }
    }

    void aListenerTakesTheIPv4AddressOfAName_data() {
        QTest::addColumn<QStringList>("addresses");
        QTest::addColumn<QString>("taken");
        QTest::newRow("IPv6 comes first") << QStringList{"::1", "127.0.0.1"} << "127.0.0.1";
        QTest::newRow("IPv4 comes first") << QStringList{"127.0.0.1", "::1"} << "127.0.0.1";
        QTest::newRow("several of both") << QStringList{"::1", "127.0.0.2", "127.0.0.1"} << "127.0.0.2";
        QTest::newRow("IPv6 only") << QStringList{"::1", "::2"} << "::1";
    }
    void aListenerTakesTheIPv4AddressOfAName() {
        QFETCH(QStringList, addresses);
        QFETCH(QString, taken);
        std::vector<Endpoint> endpoints;
        for (const QString& address : addresses) {
            const auto resolved = resolve({address.toStdString(), 4141}, ResolveFor::listening);
            QVERIFY(resolved);
            endpoints.push_back(resolved->front());
        }
        const Address address = toAddress(endpointToListenOn(endpoints));
        QCOMPARE(QString::fromStdString(address.host), taken);
        QCOMPARE(int(address.port), 4141);
    }
};

MILLRACE_TEST(TestAddress)
#include "tst_address.moc"
