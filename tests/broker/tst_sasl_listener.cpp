#include "broker/security/scram_argument.h"
#include "broker/server/add_scram_users.h"
#include "broker/support/raw_client.h"
#include "broker/support/rdkafka_clients.h"
#include "broker/support/scram_client.h"
#include "support/test_program.h"
#include "tls/support/stores.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/metadata.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

namespace {

using Configs = std::map<std::string, std::string>;
const std::string kStores = MILLRACE_SOURCE_DIR "/tests/tls/data/";

Configs withSasl(const std::string& protocol, Configs more = {}) {
    more.emplace("listeners", protocol + "://127.0.0.1:0");
    more.emplace("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
    more.emplace("sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required "
                                     "user_alice=\"plain-secret\";");
    more.emplace("ssl.keystore.location", kStores + "server.jks");
    more.emplace("ssl.keystore.password", "changeit");
    return more;
}

/// A broker whose data have known a user of SCRAM before it started.
std::unique_ptr<InProcessBroker> brokerWithUsers(const Configs& configs) {
    auto broker = std::make_unique<InProcessBroker>(configs);
    broker->stop();
    const std::vector users{*parseScramUser("SCRAM-SHA-256=[name=alice,password=scram-secret]"),
                            *parseScramUser("SCRAM-SHA-512=[name=alice,password=scram-secret]")};
    const auto added = addScramUsers(posixFileSystem(), broker->directory.path().toStdString(), users, silentLog());
    if (!added) qFatal("%s", added.error().message.c_str());
    broker->start();
    return broker;
}

/// An answer without a header, as after SaslHandshake v0.
std::string tokenOf(RawClient& client, const std::string& token) {
    QByteArray frame(4, '\0');
    storeBigEndian(reinterpret_cast<std::uint8_t*>(frame.data()), static_cast<std::uint32_t>(token.size()));
    client.send(frame + QByteArray(token.data(), qsizetype(token.size())));
    return std::string(client.frame().text());
}

std::int16_t choose(RawClient& client, const std::string& mechanism, wire::Version version) {
    return client.ask<wire::SaslHandshakeResponse>(wire::SaslHandshakeRequest{mechanism}, version).errorCode;
}

bool isServed(RawClient& client) {
    return client.ask<wire::MetadataResponse>(wire::MetadataRequest{}, 4).brokers.size() == 1;
}

const std::string kPlainToken = std::string(1, '\0') + "alice" + std::string(1, '\0') + "plain-secret";

} // namespace

class TestSaslListener : public QObject {
    Q_OBJECT
private slots:
    void tokensComeInRequestsOrAlone_data() {
        QTest::addColumn<bool>("scram");
        QTest::addColumn<bool>("alone");
        QTest::newRow("PLAIN in requests") << false << false;
        QTest::newRow("PLAIN alone") << false << true;
        QTest::newRow("SCRAM in requests") << true << false;
        QTest::newRow("SCRAM alone") << true << true;
    }
    void tokensComeInRequestsOrAlone() {
        QFETCH(bool, scram);
        QFETCH(bool, alone);
        const auto broker = brokerWithUsers(withSasl("SASL_PLAINTEXT"));
        RawClient client(*broker);
        QCOMPARE(client.ask<wire::ApiVersionsResponse>(wire::ApiVersionsRequest{}, 2).errorCode, std::int16_t(0));
        QCOMPARE(choose(client, scram ? "SCRAM-SHA-512" : "PLAIN", alone ? 0 : 1), std::int16_t(0));
        const auto prove = [&](const std::string& token) {
            if (alone) return tokenOf(client, token);
            const wire::SaslAuthenticateRequest request{Bytes::copyOf(token)};
            const auto answer = client.ask<wire::SaslAuthenticateResponse>(request, 2);
            return std::string(answer.authBytes.text());
        };
        if (scram) {
            ScramClient user(ScramMechanism::sha512, "alice", "scram-secret");
            const std::string first = prove(user.first());
            const std::string last = prove(user.last(first));
            QCOMPARE(last, user.expected());
        } else {
            QCOMPARE(prove(kPlainToken), std::string());
        }
        QVERIFY(isServed(client));
    }

    void whoHasNotProvenWhoHeIsIsNotServed() {
        InProcessBroker broker(withSasl("SASL_PLAINTEXT"));
        RawClient client(broker);
        client.request(wire::MetadataRequest{}, 4, 1);
        QVERIFY(client.closedByBroker());
    }

    void whoFailsIsSentAway_data() {
        QTest::addColumn<int>("version");
        QTest::newRow("tokens alone") << 0;
        QTest::newRow("tokens in requests") << 1;
    }
    void whoFailsIsSentAway() {
        QFETCH(int, version);
        InProcessBroker broker(withSasl("SASL_PLAINTEXT"));
        RawClient client(broker);
        QCOMPARE(choose(client, "PLAIN", wire::Version(version)), std::int16_t(0));
        const std::string wrong = kPlainToken + "?";
        if (version == 0) {
            QVERIFY(tokenOf(client, wrong).empty());
        } else {
            const wire::SaslAuthenticateRequest request{Bytes::copyOf(wrong)};
            // What follows at once is not even looked at.
            client.request(request, 1, 5);
            client.request(request, 1, 6);
            std::int32_t id = 0;
            QCOMPARE(client.response<wire::SaslAuthenticateResponse>(1, id).errorCode, std::int16_t(58));
            QCOMPARE(id, 5);
        }
        QVERIFY(client.closedByBroker());
    }

    void anUnknownMechanismIsAnsweredAndEndsIt() {
        InProcessBroker broker(withSasl("SASL_PLAINTEXT"));
        RawClient client(broker);
        const auto answer = client.ask<wire::SaslHandshakeResponse>(wire::SaslHandshakeRequest{"GSSAPI"}, 1);
        QCOMPARE(answer.errorCode, std::int16_t(33));
        QCOMPARE(answer.mechanisms.size(), std::size_t(3));
        QVERIFY(client.closedByBroker());
    }

    void aLongRequestIsTakenOnlyOfWhoIsKnown() {
        InProcessBroker broker(withSasl("SASL_PLAINTEXT", {{"sasl.server.max.receive.size", "2048"}}));
        RawClient stranger(broker), known(broker);
        QByteArray length(4, '\0');
        storeBigEndian(reinterpret_cast<std::uint8_t*>(length.data()), std::uint32_t(2049));
        stranger.send(length);
        QVERIFY(stranger.closedByBroker());
        QCOMPARE(choose(known, "PLAIN", 0), std::int16_t(0));
        QCOMPARE(tokenOf(known, kPlainToken), std::string());
        wire::MetadataRequest request;
        request.allowAutoTopicCreation = false;
        request.topics.emplace(1000, wire::MetadataRequest::Topic{{}, "t"});
        QCOMPARE(known.ask<wire::MetadataResponse>(request, 4).topics.size(), std::size_t(1));
    }

    void librdkafkaProducesAndConsumes_data() {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("mechanism");
        for (const char* protocol : {"SASL_PLAINTEXT", "SASL_SSL"})
            for (const char* mechanism : {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
                QTest::addRow("%s %s", protocol, mechanism) << protocol << mechanism;
    }
    void librdkafkaProducesAndConsumes() {
        QFETCH(QString, protocol);
        QFETCH(QString, mechanism);
        const auto broker = brokerWithUsers(withSasl(protocol.toStdString()));
        const Properties secure{{"security.protocol", protocol.toLower().toStdString()},
                                {"sasl.mechanism", mechanism.toStdString()},
                                {"sasl.username", "alice"},
                                {"sasl.password", mechanism == "PLAIN" ? "plain-secret" : "scram-secret"},
                                {"ssl.ca.location", kStores + "ca.pem"}};
        Producer producer(*broker, secure);
        for (int i = 0; i < 100; ++i)
            producer.send("t", RD_KAFKA_PARTITION_UA, "value " + std::to_string(i));
        producer.flush();
        QCOMPARE(producer.delivered.load(), 100);
        Consumer consumer(*broker, "group", {"t"}, secure);
        QTRY_VERIFY_WITH_TIMEOUT(consumer.poll() >= 0 && consumer.received == 100, 60'000);
    }
};

MILLRACE_TEST(TestSaslListener)
#include "tst_sasl_listener.moc"
