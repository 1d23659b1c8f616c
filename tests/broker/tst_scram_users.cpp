#include "broker/handlers/handlers.h"
#include "broker/security/scram_users.h"
#include "broker/server/add_scram_users.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/alter_user_scram_credentials.h"
#include "wire/messages/describe_user_scram_credentials.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

using Alter = wire::AlterUserScramCredentialsRequest;
using Describe = wire::DescribeUserScramCredentialsRequest;
constexpr std::int8_t kSha256 = 1, kSha512 = 2;

Alter::Upsertion upsertion(const std::string& user, std::int8_t mechanism = kSha256, std::int32_t iterations = 4096) {
    const std::size_t size = mechanism == kSha512 ? 64 : 32;
    return {user, mechanism, iterations, Bytes::copyOf("salt"), Bytes(std::vector<std::uint8_t>(size, 7))};
}

/// "alice 0, bob 91" in the order of the answer.
QString altered(CoreFixture& broker, const Alter& request) {
    QStringList all;
    const auto answer = broker.get(alterUserScramCredentials, request, 0);
    for (const auto& result : answer->results)
        all << QString("%1 %2").arg(result.user.c_str()).arg(result.errorCode);
    return all.join(", ");
}

/// "alice: 1/4096 2/8192; bob: 91".
QString described(CoreFixture& broker, const std::vector<std::string>& users = {}) {
    Describe request;
    request.users.emplace();
    for (const std::string& user : users)
        request.users->push_back({user});
    QStringList all;
    const auto answer = broker.get(describeUserScramCredentials, request, 0);
    for (const auto& result : answer->results) {
        QStringList infos;
        for (const auto& info : result.credentialInfos)
            infos << QString("%1/%2").arg(info.mechanism).arg(info.iterations);
        if (result.errorCode != kNone) infos << QString::number(result.errorCode);
        all << QString::fromStdString(result.user) + ": " + infos.join(' ');
    }
    return all.join("; ");
}

} // namespace

class TestScramUsers : public QObject {
    Q_OBJECT
private slots:
    void usersAreMadeChangedAndTakenAway() {
        CoreFixture broker;
        QCOMPARE(described(broker), QString());
        Alter request;
        request.upsertions = {upsertion("bob"), upsertion("alice", kSha256, 16384), upsertion("bob", kSha512, 8192)};
        QCOMPARE(altered(broker, request), QString("alice 0, bob 0"));
        QCOMPARE(described(broker), QString("alice: 1/16384; bob: 1/4096 2/8192"));
        request = {};
        request.deletions = {{"bob", kSha256}, {"alice", kSha256}};
        request.upsertions = {upsertion("carol")};
        QCOMPARE(altered(broker, request), QString("alice 0, bob 0, carol 0"));
        const QString now("bob: 2/8192; carol: 1/4096");
        QCOMPARE(described(broker), now);
        broker.restart();
        QCOMPARE(described(broker), now);
        broker.die();
        QCOMPARE(described(broker), now);
        QCOMPARE(described(broker, {"carol", "alice"}), QString("alice: 91; carol: 1/4096"));
        QCOMPARE(described(broker, {"carol", "carol"}), QString("carol: 92"));
    }

    void aUserWithAFaultIsLeftAsHeIs_data() {
        QTest::addColumn<Alter>("request");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* what, std::vector<Alter::Deletion> deletions,
                            std::vector<Alter::Upsertion> upsertions, const char* expected) {
            QTest::newRow(what) << Alter{std::move(deletions), std::move(upsertions)} << QString(expected);
        };
        auto longSalted = upsertion("alice"), saltless = upsertion("alice"), salty = upsertion("alice");
        longSalted.saltedPassword = Bytes(std::vector<std::uint8_t>(33, 7));
        saltless.salt = {};
        salty.salt = Bytes(std::vector<std::uint8_t>(1025, 7));
        row("nothing at all", {}, {}, "");
        row("no name", {}, {upsertion("")}, " 93");
        row("no name to be taken away", {{"", kSha256}}, {}, " 93");
        row("a mechanism that there is not", {}, {upsertion("alice", 3)}, "alice 33");
        row("an unknown mechanism to be taken away", {{"alice", 0}}, {}, "alice 33");
        row("too few iterations", {}, {upsertion("alice", kSha256, 4095)}, "alice 93");
        row("too many iterations", {}, {upsertion("alice", kSha256, 16385)}, "alice 93");
        row("a salted password of another length", {}, {longSalted}, "alice 93");
        row("no salt", {}, {saltless}, "alice 93");
        row("a salt that every proof would carry", {}, {salty}, "alice 93");
        row("one that is not there", {{"alice", kSha512}}, {}, "alice 91");
        row("a user who is not there", {{"bob", kSha256}}, {}, "bob 91");
        row("the same twice", {}, {upsertion("alice"), upsertion("alice")}, "alice 92");
        row("taken away and made", {{"alice", kSha256}}, {upsertion("alice")}, "alice 92");
        row("one fault of two", {{"alice", kSha256}}, {upsertion("alice", kSha512, 1)}, "alice 93");
    }
    void aUserWithAFaultIsLeftAsHeIs() {
        QFETCH(Alter, request);
        QFETCH(QString, expected);
        CoreFixture broker;
        QCOMPARE(altered(broker, {{}, {upsertion("alice", kSha256, 5000)}}), QString("alice 0"));
        QCOMPARE(altered(broker, request), expected);
        QCOMPARE(described(broker), QString("alice: 1/5000"));
        request.upsertions.push_back(upsertion("sound"));
        QVERIFY(altered(broker, request).contains("sound 0"));
        QCOMPARE(described(broker), QString("alice: 1/5000; sound: 1/4096"));
    }

    void changesAreDoneInTheirOrder() {
        CoreFixture broker;
        auto made = broker.ask(alterUserScramCredentials, Alter{{}, {upsertion("alice")}}, 0);
        auto gone = broker.ask(alterUserScramCredentials, Alter{{{"alice", kSha256}}, {}}, 0);
        auto again = broker.ask(alterUserScramCredentials, Alter{{{"alice", kSha256}}, {}}, 0);
        QVERIFY(!made.answered());
        broker.settle();
        QCOMPARE(made->results.at(0).errorCode, kNone);
        QCOMPARE(gone->results.at(0).errorCode, kNone);
        QCOMPARE(again->results.at(0).errorCode, kResourceNotFound);
        QCOMPARE(described(broker), QString());
    }

    void aNameOfOneUnknownGetsAlwaysTheSame() {
        CoreFixture broker;
        altered(broker, {{}, {upsertion("alice", kSha512)}});
        const ScramUsers& users = *broker.core().context().scramUsers;
        bool known = true;
        const auto first = users.toProve("bob", ScramMechanism::sha256, known);
        QVERIFY(!known);
        QVERIFY(users.toProve("bob", ScramMechanism::sha256, known) == first);
        QVERIFY(users.toProve("carol", ScramMechanism::sha256, known).salt != first.salt);
        QVERIFY(!known);
        QCOMPARE(first.salt.size(), std::size_t(26));
        (void)users.toProve("alice", ScramMechanism::sha512, known);
        QVERIFY(known);
        (void)users.toProve("alice", ScramMechanism::sha256, known);
        QVERIFY(!known);
    }

    void usersAreAddedBeforeTheStart() {
        CoreFixture broker;
        altered(broker, {{}, {upsertion("alice", kSha256, 5000), upsertion("alice", kSha512, 6000)}});
        const std::vector users{*parseScramUser("SCRAM-SHA-256=[name=alice,password=secret]"),
                                *parseScramUser("SCRAM-SHA-512=[name=bob,password=secret,iterations=7000]"),
                                *parseScramUser("SCRAM-SHA-256=[name=bob,password=secret]")};
        const std::filesystem::path directory(broker.directory.path().toStdString());
        const auto whileItRuns = addScramUsers(posixFileSystem(), directory, users, silentLog());
        QVERIFY(!whileItRuns);
        QCOMPARE(whileItRuns.error().code, ErrorCode::alreadyExists);
        QTemporaryDir fresh;
        const auto copy = std::filesystem::path(fresh.path().toStdString()) / "data";
        std::filesystem::copy(directory, copy);
        QVERIFY(addScramUsers(posixFileSystem(), copy, users, silentLog()));
        std::filesystem::copy(copy / TopicJournal::kFileName, directory / TopicJournal::kFileName,
                              std::filesystem::copy_options::overwrite_existing);
        broker.die();
        QCOMPARE(described(broker), QString("alice: 1/4096 2/6000; bob: 1/4096 2/7000"));
    }
};

MILLRACE_TEST(TestScramUsers)
#include "tst_scram_users.moc"
