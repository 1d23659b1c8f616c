#include "broker/handlers/handlers.h"
#include "broker/security/sasl_session.h"
#include "broker/support/core_fixture.h"
#include "broker/support/scram_client.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/alter_user_scram_credentials.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

namespace {

struct LastLine final : Log {
    QString line;
    void write(LogLevel, std::string_view, std::string_view text) override {
        line = QString::fromUtf8(text.data(), qsizetype(text.size()));
    }
};

/// One connection to a listener with SASL of a broker without sockets.
struct Door {
    explicit Door(ConfigMap more = {}) : broker(configs(std::move(more)), posixFileSystem(), log) {
        const ListenerSettings& settings = broker.core().context().settings.listeners.at(0);
        listener.emplace(SaslListener{settings, *broker.core().context().scramUsers, net::MinuteLog(&log, "", 100)});
        knock();
    }
    static ConfigMap configs(ConfigMap more) {
        more.emplace("listeners", "SASL_PLAINTEXT://127.0.0.1:9092");
        more.emplace("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256");
        more.emplace("listener.name.sasl_plaintext.plain.sasl.jaas.config",
                     "org.apache.kafka.common.security.plain.PlainLoginModule required user_alice=\"secret\" "
                     "user_bob=\"secret\";");
        return more;
    }
    /// Another connection.
    void knock() {
        broker.connection->sasl = std::make_shared<SaslSession>(*listener);
        broker.connection->authentication = ConnectionState::Authentication::awaited;
        broker.connection->closing = false;
    }
    std::int16_t choose(const std::string& mechanism, wire::Version version = 1) {
        return broker.get(saslHandshake, wire::SaslHandshakeRequest{mechanism}, version)->errorCode;
    }
    Asked<wire::SaslAuthenticateResponse> prove(const std::string& token) {
        return broker.get(saslAuthenticate, wire::SaslAuthenticateRequest{Bytes::copyOf(token)}, 2);
    }
    Asked<wire::SaslAuthenticateResponse> provePlain(const std::string& user, const std::string& password) {
        return prove(std::string(1, '\0') + user + std::string(1, '\0') + password);
    }
    bool isOpen() const { return broker.connection->authentication == ConnectionState::Authentication::notNeeded; }
    const std::string& principal() const { return broker.connection->principal; }

    LastLine log;
    CoreFixture broker;
    std::optional<SaslListener> listener;
};

} // namespace

class TestSasl : public QObject {
    Q_OBJECT
private slots:
    void whoProvesWhoHeIsComesIn() {
        Door door;
        QVERIFY(!door.isOpen());
        QCOMPARE(door.choose("PLAIN"), kNone);
        const auto answer = door.provePlain("alice", "secret");
        QCOMPARE(answer->errorCode, kNone);
        QCOMPARE(answer->sessionLifetimeMs, 0);
        QVERIFY(answer->authBytes.empty());
        QVERIFY(door.isOpen());
        QCOMPARE(door.principal(), std::string("User:alice"));
        // And there is nothing more to prove.
        QCOMPARE(door.choose("PLAIN"), kIllegalSaslState);
        QCOMPARE(door.provePlain("alice", "secret")->errorCode, kIllegalSaslState);
        QVERIFY(!door.broker.connection->closing);
        QVERIFY(door.log.line.isEmpty());
    }

    void whoDoesNotHearsItLaterAndIsSentAway() {
        Door door;
        QCOMPARE(door.choose("PLAIN"), kNone);
        const auto answer = door.provePlain("alice", "guess");
        QVERIFY(door.broker.connection->closing);
        QVERIFY(!answer.answered());
        door.broker.advance(99ms);
        QVERIFY(!answer.answered());
        door.broker.advance(1ms);
        QCOMPARE(answer->errorCode, kSaslAuthenticationFailed);
        QCOMPARE(*answer->errorMessage, std::string("Authentication failed: Invalid username or password"));
        QVERIFY(!door.isOpen());
        QCOMPARE(door.log.line, QString("a client from 127.0.0.1 at listener SASL_PLAINTEXT has not proven by PLAIN "
                                        "that it is \"alice\": the user is unknown or the password wrong"));
        QCOMPARE(door.choose("PLAIN"), kIllegalSaslState);
        QCOMPARE(door.provePlain("alice", "secret")->errorCode, kIllegalSaslState);
    }

    void aNameInTheLogCannotForgeALine() {
        Door door;
        door.choose("PLAIN");
        door.provePlain("a\n2026 all is well" + std::string(10'000, 'x'), "guess");
        QVERIFY2(!door.log.line.contains('\n') && door.log.line.size() < 1000, qPrintable(door.log.line));
    }

    void whoIsGoneBeforeTheAnswerLeavesNothing() {
        Door door;
        door.choose("PLAIN");
        auto answer = door.provePlain("alice", "guess");
        answer.giveUp();
        door.broker.advance(1s);
        QVERIFY(!answer.answered());
    }

    void whatIsNotOfferedIsRefusedWithWhatIs_data() {
        QTest::addColumn<QString>("mechanism");
        for (const char* mechanism : {"GSSAPI", "OAUTHBEARER", "SCRAM-SHA-512", "plain", ""})
            QTest::newRow(mechanism) << mechanism;
    }
    void whatIsNotOfferedIsRefusedWithWhatIs() {
        QFETCH(QString, mechanism);
        Door door;
        const auto answer = door.broker.get(saslHandshake, wire::SaslHandshakeRequest{mechanism.toStdString()}, 1);
        QCOMPARE(answer->errorCode, kUnsupportedSaslMechanism);
        QCOMPARE(answer->mechanisms, (std::vector<std::string>{"PLAIN", "SCRAM-SHA-256"}));
        QVERIFY(door.broker.connection->closing);
        QCOMPARE(door.choose("PLAIN"), kIllegalSaslState);
    }

    void aProofBeforeAMechanismIsRefused() {
        Door door;
        QCOMPARE(door.provePlain("alice", "secret")->errorCode, kIllegalSaslState);
        QVERIFY(door.broker.connection->closing);
    }

    void aMechanismIsChosenOnce() {
        Door door;
        QCOMPARE(door.choose("PLAIN"), kNone);
        QCOMPARE(door.choose("PLAIN"), kIllegalSaslState);
        QVERIFY(door.broker.connection->closing);
    }

    void aListenerWithoutSaslAsksNobody() {
        CoreFixture broker;
        QCOMPARE(broker.get(saslHandshake, wire::SaslHandshakeRequest{"PLAIN"}, 1)->errorCode, kIllegalSaslState);
        QCOMPARE(broker.get(saslAuthenticate, wire::SaslAuthenticateRequest{}, 2)->errorCode, kIllegalSaslState);
        QVERIFY(!broker.connection->closing);
    }

    void aUserOfScramIsProvenInTwoSteps() {
        Door door;
        const auto salted = tls::stretched(tls::Hash::sha256, "pass", tls::viewOf("salt"), 4096);
        wire::AlterUserScramCredentialsRequest request;
        request.upsertions = {{"carol", 1, 4096, Bytes::copyOf("salt"), Bytes(salted)}};
        QCOMPARE(door.broker.get(alterUserScramCredentials, request, 0)->results.at(0).errorCode, kNone);
        for (const bool knows : {true, false}) {
            door.knock();
            QCOMPARE(door.choose("SCRAM-SHA-256"), kNone);
            ScramClient client(ScramMechanism::sha256, "carol", knows ? "pass" : "guess");
            const auto first = door.prove(client.first());
            QCOMPARE(first->errorCode, kNone);
            QVERIFY(!door.isOpen());
            const auto last = door.prove(client.last(std::string(first->authBytes.text())));
            door.broker.advance(100ms);
            QCOMPARE(last->errorCode, knows ? kNone : kSaslAuthenticationFailed);
            QCOMPARE(door.isOpen(), knows);
            if (knows) QCOMPARE(std::string(last->authBytes.text()), client.expected());
        }
        QCOMPARE(door.principal(), std::string("User:carol"));
    }

    void aSessionEndsWhereItIsToEnd() {
        Door door(ConfigMap{{"connections.max.reauth.ms", "60000"}});
        door.choose("PLAIN");
        QCOMPARE(door.provePlain("alice", "secret")->sessionLifetimeMs, 60'000);
        const auto till = door.broker.connection->provenTill;
        QCOMPARE(till, door.broker.loop.now() + 60s);
        door.broker.advance(50s);
        QCOMPARE(door.choose("PLAIN"), kNone);
        QCOMPARE(door.provePlain("alice", "secret")->errorCode, kNone);
        QCOMPARE(door.broker.connection->provenTill, *till + 50s);
        // Another one cannot take over.
        QCOMPARE(door.choose("PLAIN"), kNone);
        const auto other = door.provePlain("bob", "secret");
        door.broker.advance(100ms);
        QCOMPARE(other->errorCode, kSaslAuthenticationFailed);
        QVERIFY(door.broker.connection->closing);
        QCOMPARE(door.principal(), std::string("User:alice"));
        QVERIFY2(door.log.line.contains("it was another user before"), qPrintable(door.log.line));
    }

    void whatSaslNeedsIsSaid_data() {
        QTest::addColumn<ConfigMap>("configs");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* what, ConfigMap configs, const char* says) {
            configs.emplace("listeners", "SASL_PLAINTEXT://127.0.0.1:9092");
            QTest::newRow(what) << configs << says;
        };
        const std::string plain = "org.apache.kafka.common.security.plain.PlainLoginModule required ";
        row("nothing is set", {},
            "sasl.enabled.mechanisms = GSSAPI: this broker offers PLAIN, SCRAM-SHA-256, SCRAM-SHA-5");
        row("no mechanism", {{"sasl.enabled.mechanisms", ""}}, "this broker offers PLAIN");
        row("one that is not offered", {{"sasl.enabled.mechanisms", "PLAIN,OAUTHBEARER"}}, "this broker offers PLAIN");
        row("no users", {{"sasl.enabled.mechanisms", "PLAIN"}},
            "listener SASL_PLAINTEXT: PLAIN knows no user: set listener.name.sasl_plaintext.plain.sasl.jaas.config");
        row("users of another mechanism",
            {{"sasl.enabled.mechanisms", "PLAIN"}, {"sasl.jaas.config", "a.ScramLoginModule required user_a=\"b\";"}},
            "PLAIN knows no user");
        row("no password", {{"sasl.enabled.mechanisms", "PLAIN"}, {"sasl.jaas.config", plain + "user_alice=\"\";"}},
            "\"user_alice\" needs a name and a password");
        row("no entry",
            {{"sasl.enabled.mechanisms", "SCRAM-SHA-256"}, {"sasl.jaas.config", plain + "user_a=\"secret\""}},
            "listener.name.sasl_plaintext.sasl.jaas.config: the entry is not ended by a semicolon");
    }
    void whatSaslNeedsIsSaid() {
        QFETCH(ConfigMap, configs);
        QFETCH(QString, says);
        const auto settings = BrokerSettings::from(configs, silentLog());
        QVERIFY(!settings);
        const QString message = QString::fromStdString(settings.error().message);
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY(!message.contains("secret"));
    }
};

MILLRACE_TEST(TestSasl)
#include "tst_sasl.moc"
