#include "base/base64.h"
#include "broker/security/plain_exchange.h"
#include "broker/security/scram_argument.h"
#include "broker/security/scram_exchange.h"
#include "broker/support/scram_client.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;
using State = SaslStep::State;

namespace {

ScramCredential pencil(ScramMechanism mechanism) {
    const std::string salt = *fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==");
    const tls::Hash hash = hashOf(mechanism);
    return ScramCredential::ofSaltedPassword(mechanism, {salt.begin(), salt.end()}, 4096,
                                             tls::stretched(hash, "pencil", tls::viewOf(salt), 4096));
}

ScramExchange exchange(ScramMechanism mechanism = ScramMechanism::sha256) {
    return {mechanism,
            [mechanism](const std::string& user) {
                return ScramExchange::Found{pencil(mechanism), user == "user" || user == "a,b=c"};
            },
            "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"};
}

} // namespace

class TestSaslExchanges : public QObject {
    Q_OBJECT
private slots:
    /// RFC 7677 §3, to the byte.
    void theExampleOfTheStandardIsProven() {
        auto server = exchange();
        const SaslStep first = server.step("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        QCOMPARE(first.state, State::goesOn);
        QCOMPARE(first.token, std::string("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                          "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        const SaslStep last = server.step("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                          "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        QCOMPARE(last.state, State::proven);
        QCOMPARE(last.token, std::string("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        QCOMPARE(server.user(), std::string("user"));
    }

    void whoKnowsThePasswordIsProven_data() {
        QTest::addColumn<int>("mechanism");
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("extensions");
        QTest::addColumn<QString>("before");
        const auto row = [](const char* what, int mechanism, const char* header, const char* name,
                            const char* extensions = "", const char* before = "") {
            QTest::newRow(what) << mechanism << header << name << extensions << before;
        };
        row("SHA-256", 1, "n,,", "user");
        row("SHA-512", 2, "n,,", "user");
        row("one who could bind to the channel", 1, "y,,", "user");
        row("acting for himself", 1, "n,a=user,", "user");
        row("a name with a comma and an equals sign", 1, "n,,", "a=2Cb=3Dc");
        row("something that is not known", 1, "n,,", "user", ",x=1,tokenauth=false");
        row("librdkafka before 2.6, which says its nonce twice", 1, "n,,", "user", "", "client-nonce");
    }
    void whoKnowsThePasswordIsProven() {
        QFETCH(int, mechanism);
        QFETCH(QString, header);
        QFETCH(QString, name);
        QFETCH(QString, extensions);
        QFETCH(QString, before);
        const auto which = *scramMechanism(std::int8_t(mechanism));
        auto server = exchange(which);
        ScramClient client(which, name.toStdString(), "pencil", header.toStdString());
        const SaslStep first = server.step(client.first() + extensions.toStdString());
        QCOMPARE(first.state, State::goesOn);
        const SaslStep last = server.step(client.last(first.token, extensions.toStdString(), before.toStdString()));
        QVERIFY2(last.state == State::proven, last.why.c_str());
        QCOMPARE(last.token, client.expected());
    }

    void whoDoesNotKnowItFailsInTheEnd_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("password");
        QTest::newRow("a wrong password") << "user"
                                          << "pen";
        QTest::newRow("an unknown user") << "nobody"
                                         << "pencil";
    }
    void whoDoesNotKnowItFailsInTheEnd() {
        QFETCH(QString, name);
        QFETCH(QString, password);
        auto server = exchange();
        ScramClient client(ScramMechanism::sha256, name.toStdString(), password.toStdString());
        const SaslStep first = server.step(client.first());
        QCOMPARE(first.state, State::goesOn);
        const SaslStep last = server.step(client.last(first.token));
        QCOMPARE(last.state, State::failed);
        QCOMPARE(last.why, std::string("the user is unknown or the password wrong"));
        QVERIFY(last.token.empty());
    }

    void aFirstMessageThatIsNoneFails_data() {
        QTest::addColumn<QByteArray>("message");
        for (const char* message :
             {"", "n", "n,", "n,,", "x,,n=user,r=abc", "p=tls-unique,,n=user,r=abc", "n,,n=user", "n,,r=abc,n=user",
              "n,,n=,r=abc", "n,,n=user,r=", "n,,n=us=er,r=abc", "n,,n=us=2,r=abc", "n,,m=1,n=user,r=abc",
              "n,,n=user,r=a\tb", "n,a=other,n=user,r=abc", "n,a=user,,n=user,r=abc", "n,b=user,n=user,r=abc",
              "n,,n=user,r=abc,tokenauth=true", "n,,n=user,r=abc,x=1,tokenauth=true"})
            QTest::newRow(message) << QByteArray(message);
    }
    void aFirstMessageThatIsNoneFails() {
        QFETCH(QByteArray, message);
        auto server = exchange();
        const SaslStep step = server.step(message.toStdString());
        QCOMPARE(step.state, State::failed);
        QVERIFY(!step.why.empty() && step.token.empty());
    }

    void aLastMessageThatIsNoneFails_data() {
        QTest::addColumn<QByteArray>("change"); ///< "from>to" in a sound one
        for (const char* change : {"c=biws>c=eSws", "c=biws,>", "r=client>r=cliens", ",p=>,q=", "p=>p=A",
                                   "p=>p=AAAA,p=", "c=biws>c=", "k0,>k0"})
            QTest::newRow(change) << QByteArray(change);
    }
    void aLastMessageThatIsNoneFails() {
        QFETCH(QByteArray, change);
        auto server = exchange();
        ScramClient client(ScramMechanism::sha256, "user", "pencil");
        const auto first = server.step(client.first());
        const auto parts = change.split('>');
        const QByteArray sound(client.last(first.token).c_str());
        QByteArray broken = sound;
        broken.replace(parts[0], parts[1]);
        QVERIFY(broken != sound);
        QCOMPARE(server.step(broken.toStdString()).state, State::failed);
    }

    void aPlainTokenIsProvenByItsPassword_data() {
        QTest::addColumn<QByteArray>("token"); ///< with | for NUL
        QTest::addColumn<bool>("proven");
        const auto row = [](const char* token, bool proven) { QTest::newRow(token) << QByteArray(token) << proven; };
        row("|alice|secret", true);
        row("alice|alice|secret", true);
        row("bob|alice|secret", false);
        row("|alice|secre", false);
        row("|alice|secrets", false);
        row("|alice|", false);
        row("||secret", false);
        row("|bob|secret", false);
        row("|nobody|", false);
        row("|alice|secret|", false);
        row("alice|secret", false);
        row("", false);
    }
    void aPlainTokenIsProvenByItsPassword() {
        QFETCH(QByteArray, token);
        QFETCH(bool, proven);
        const std::map<std::string, std::string> passwords{{"alice", "secret"}, {"bob", "other"}};
        PlainExchange server(passwords);
        const SaslStep step = server.step(token.replace('|', '\0').toStdString());
        QCOMPARE(step.state, proven ? State::proven : State::failed);
        QVERIFY(step.token.empty());
        QVERIFY2(step.why.find("secre") == std::string::npos, step.why.c_str());
        if (proven) QCOMPARE(server.user(), std::string("alice"));
    }

    void aCredentialIsKeptAsText_data() {
        QTest::addColumn<QString>("change");
        QTest::newRow("as it is") << "";
        for (const char* change : {"salt=>solt=", "iterations=4096>iterations=4095", "iterations=4096>iterations=x",
                                   ",iterations=4096>", "stored_key=>stored_key=A",
                                   "iterations=4096>iterations=4096,a=b", "server_key=>server_key=QUJD,server_key="})
            QTest::newRow(change) << change;
    }
    void aCredentialIsKeptAsText() {
        QFETCH(QString, change);
        const auto credential = pencil(ScramMechanism::sha512);
        QString text = QString::fromStdString(credential.text());
        if (!change.isEmpty()) text.replace(change.section('>', 0, 0), change.section('>', 1));
        const auto again = ScramCredential::fromText(ScramMechanism::sha512, text.toStdString());
        QCOMPARE(again.has_value(), change.isEmpty());
        if (again) QCOMPARE(*again, credential);
    }

    void usersAreTakenAsKafkasStorageToolTakesThem_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says"); ///< empty: taken, and "secret" is the password
        const auto row = [](const char* text, const char* says) { QTest::newRow(text) << text << says; };
        row("SCRAM-SHA-256=[name=alice,password=secret]", "");
        row("SCRAM-SHA-512=[name=alice,password=secret]", "");
        row("SCRAM-SHA-256=[name=alice,iterations=8192,password=\"secret\"]", "");
        row("SCRAM-SHA-256=[name=\"alice\",iterations=4096,salt=\"MWx2NHBkbnc0ZndxN25vdGN4bTB5Y3BmM3o=\","
            "saltedpassword=\"SALTED\"]",
            "");
        row("alice=secret", "the mechanism is missing");
        row("SCRAM-SHA-1=[name=alice,password=secret]", "the mechanism is missing");
        row("SCRAM-SHA-256=name=alice", "the brackets are missing");
        row("SCRAM-SHA-256=[", "the brackets are missing");
        row("SCRAM-SHA-256=[]", "the name is missing");
        row("SCRAM-SHA-256=[name=alice]", "either password or saltedpassword");
        row("SCRAM-SHA-256=[password=secret]", "the name is missing");
        row("SCRAM-SHA-256=[name=,password=secret]", "name is empty");
        row("SCRAM-SHA-256=[name=a,name=b,password=secret]", "name stands twice");
        row("SCRAM-SHA-256=[user=a,password=secret]", "something else than name");
        row("SCRAM-SHA-256=[name=a,password=\"secret]", "the quotes of password are not closed");
        row("SCRAM-SHA-256=[name=a,password=\"secret\"x]", "the quotes of password are not closed");
        row("SCRAM-SHA-256=[name=a,password=secret,iterations=4095]", "from 4096 to 16384 are needed");
        row("SCRAM-SHA-256=[name=a,password=secret,iterations=many]", "iterations is no number");
        row("SCRAM-SHA-256=[name=a,saltedpassword=c2VjcmV0]", "saltedpassword needs the salt");
        row("SCRAM-SHA-256=[name=a,salt=c2VjcmV0,saltedpassword=c2VjcmV0]", "saltedpassword has 6 bytes");
        row("SCRAM-SHA-256=[name=a,password=secret,salt=?]", "salt is not in Base64");
    }
    void usersAreTakenAsKafkasStorageToolTakesThem() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const std::string salt = *fromBase64("MWx2NHBkbnc0ZndxN25vdGN4bTB5Y3BmM3o=");
        const auto salted = tls::stretched(tls::Hash::sha256, "secret", tls::viewOf(salt), 4096);
        text.replace("SALTED", toBase64({reinterpret_cast<const char*>(salted.data()), salted.size()}).c_str());
        const auto user = parseScramUser(text.toStdString());
        if (!says.isEmpty()) {
            QVERIFY(!user);
            QVERIFY2(QString::fromStdString(user.error().message).contains(says), user.error().message.c_str());
            QVERIFY(!QString::fromStdString(user.error().message).remove("password=secret").contains("secret"));
            return;
        }
        QVERIFY2(user, user ? "" : user.error().message.c_str());
        QCOMPARE(user->name, std::string("alice"));
        ScramExchange server(
            user->mechanism,
            [&](const auto&) {
                return ScramExchange::Found{user->credential, true};
            },
            "nonce");
        ScramClient client(user->mechanism, "alice", "secret");
        const auto first = server.step(client.first());
        QCOMPARE(server.step(client.last(first.token)).state, State::proven);
    }
};

MILLRACE_TEST(TestSaslExchanges)
#include "tst_sasl_exchanges.moc"
