// Rules of access, as clients make, ask for and delete them.
#include "broker/support/acl_requests.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/writer.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

const AclCreation kRule = aclFor("User:alice", Access::Operation::read, "orders");

/// "User:alice read orders", one for each.
QStringList told(CoreFixture& broker) {
    QStringList rules;
    broker.connection->principal = "User:root";
    const auto answer = broker.get(describeAcls, allAcls(), 3);
    if (answer->errorCode != kNone) return {QString("error %1").arg(answer->errorCode)};
    for (const auto& resource : answer->resources)
        for (const auto& acl : resource.acls)
            rules << QString("%1 %2 %3")
                         .arg(QString::fromStdString(acl.principal))
                         .arg(acl.operation)
                         .arg(QString::fromStdString(resource.resourceName));
    return rules;
}

wire::DeleteAclsRequest::Filter everything() {
    wire::DeleteAclsRequest::Filter filter;
    filter.resourceTypeFilter = filter.patternTypeFilter = filter.operation = filter.permissionType = 1;
    return filter;
}

} // namespace

class TestAcls : public QObject {
    Q_OBJECT

private slots:
    void withoutAnAuthorizerThereAreNone() {
        CoreFixture broker;
        QCOMPARE(createAclsOf(broker, {kRule, kRule}), (QList<int>{kSecurityDisabled, kSecurityDisabled}));
        QCOMPARE(broker.get(describeAcls, allAcls(), 3)->errorCode, kSecurityDisabled);
        const auto deleted = broker.get(deleteAcls, wire::DeleteAclsRequest{{everything(), everything()}}, 3);
        QCOMPARE(deleted->filterResults.size(), std::size_t(2));
        QCOMPARE(deleted->filterResults[1].errorCode, kSecurityDisabled);
    }

    void whatIsNoRuleIsRefusedAlone_data() {
        QTest::addColumn<AclCreation>("wrong");
        const auto row = [](const char* name, void (*change)(AclCreation&)) {
            AclCreation creation = kRule;
            change(creation);
            QTest::newRow(name) << creation;
        };
        row("no kind of resource", [](AclCreation& rule) { rule.resourceType = 0; });
        row("any kind of resource", [](AclCreation& rule) { rule.resourceType = 1; });
        row("an unknown kind of resource", [](AclCreation& rule) { rule.resourceType = 8; });
        row("a negative kind of resource", [](AclCreation& rule) { rule.resourceType = -128; });
        row("any pattern", [](AclCreation& rule) { rule.resourcePatternType = 1; });
        row("a pattern for filters", [](AclCreation& rule) { rule.resourcePatternType = 2; });
        row("any operation", [](AclCreation& rule) { rule.operation = 1; });
        row("an unknown operation", [](AclCreation& rule) { rule.operation = 127; });
        row("any permission", [](AclCreation& rule) { rule.permissionType = 1; });
        row("no name", [](AclCreation& rule) { rule.resourceName.clear(); });
        row("the cluster by another name", [](AclCreation& rule) { rule.resourceType = 4; });
        row("a principal without a kind", [](AclCreation& rule) { rule.principal = "alice"; });
    }
    void whatIsNoRuleIsRefusedAlone() {
        QFETCH(AclCreation, wrong);
        CoreFixture broker(kWithAuthorizer);
        QCOMPARE(createAclsOf(broker, {wrong, kRule}), (QList<int>{kInvalidRequest, kNone}));
        QCOMPARE(told(broker), QStringList{"User:alice 3 orders"});
    }

    void theyOutliveAStartAndTheDeathOfTheProcess() {
        CoreFixture broker(kWithAuthorizer);
        const AclCreation other =
            aclFor("User:bob", Access::Operation::all, "o", Access::Resource::group, Acl::Pattern::prefixed);
        QCOMPARE(createAclsOf(broker, {kRule, other}), (QList<int>{kNone, kNone}));
        broker.die();
        QCOMPARE(told(broker), (QStringList{"User:alice 3 orders", "User:bob 2 o"}));
        auto filter = everything();
        filter.principalFilter = "User:alice";
        QCOMPARE(broker.get(deleteAcls, wire::DeleteAclsRequest{{filter}}, 3)->filterResults[0].matchingAcls.size(),
                 std::size_t(1));
        broker.restart();
        QCOMPARE(told(broker), QStringList{"User:bob 2 o"});
    }

    void whatChangedOftenIsWrittenAnewAtTheNextStart() {
        CoreFixture broker(kWithAuthorizer);
        for (int round = 0; round < 60; ++round) {
            createAclsOf(broker, {kRule});
            broker.connection->principal = "User:root";
            broker.get(deleteAcls, wire::DeleteAclsRequest{{everything()}}, 3);
        }
        createAclsOf(broker, {kRule});
        const QFileInfo journal(broker.directory.filePath("access.journal"));
        const qint64 before = journal.size();
        broker.restart();
        QVERIFY(QFileInfo(journal.filePath()).size() < before / 50);
        QCOMPARE(told(broker), QStringList{"User:alice 3 orders"});
    }

    void onAFullDiskNothingChanges() {
        test::FullDisk disk;
        CoreFixture broker(kWithAuthorizer, disk);
        QCOMPARE(createAclsOf(broker, {kRule}), QList<int>{kNone});
        disk.room = 0;
        const AclCreation other = aclFor("User:bob", Access::Operation::read, "orders");
        QCOMPARE(createAclsOf(broker, {other, aclFor("bob", Access::Operation::read, "x")}),
                 (QList<int>{kStorageError, kInvalidRequest}));
        broker.connection->principal = "User:root";
        QCOMPARE(broker.get(deleteAcls, wire::DeleteAclsRequest{{everything()}}, 3)->filterResults[0].errorCode,
                 kStorageError);
        QCOMPARE(told(broker), QStringList{"User:alice 3 orders"});
    }

    void changesThatArriveTogetherAreDoneInTurn() {
        CoreFixture broker(kWithAuthorizer);
        broker.connection->principal = "User:root";
        const auto made = broker.ask(createAcls, wire::CreateAclsRequest{{kRule}}, 3);
        const auto deleted = broker.ask(deleteAcls, wire::DeleteAclsRequest{{everything()}}, 3);
        const auto again = broker.ask(createAcls, wire::CreateAclsRequest{{kRule}}, 3);
        QVERIFY(!made.answered());
        broker.settle();
        QCOMPARE(deleted->filterResults[0].matchingAcls.size(), std::size_t(1));
        QCOMPARE(again->results[0].errorCode, kNone);
        QCOMPARE(told(broker), QStringList{"User:alice 3 orders"});
    }

    /// What it denies would be allowed by a version that does not understand it.
    void aRuleOfALaterVersionIsNotPassedOver() {
        QTemporaryDir directory;
        const std::filesystem::path path = directory.path().toStdString();
        AccessEntry entry = AccessEntry::of(
            {Access::Resource::topic, Acl::Pattern::literal, "t", "User:a", "*", Access::Operation::read, false},
            AccessEntry::added);
        entry.operation = 99;
        wire::Writer writer(0, true);
        writer.field(entry);
        auto journal = storage::Journal::open(posixFileSystem(), path / "access.journal", "", silentLog(),
                                              [](auto) { return ok(); });
        QVERIFY((*journal)->appendSynced(std::vector<std::vector<std::uint8_t>>{writer.takeBuffer()}));
        ManualExecutor loop;
        AccessStore store(loop, loop, silentLog());
        const Status opened = store.open(posixFileSystem(), path);
        QVERIFY(!opened);
        QVERIFY2(opened.error().message.find("later version") != std::string::npos, opened.error().message.c_str());
    }

    void aFloodOfFiltersIsBounded() {
        CoreFixture broker(kWithAuthorizer);
        std::vector<AclCreation> rules;
        for (int i = 0; i < 1000; ++i)
            rules.push_back(aclFor("User:alice", Access::Operation::read, "t" + std::to_string(i)));
        createAclsOf(broker, rules);
        broker.connection->principal = "User:root";
        wire::DeleteAclsRequest request;
        request.filters.assign(300, everything());
        const auto answer = broker.get(deleteAcls, request, 3);
        QCOMPARE(answer->filterResults.front().matchingAcls.size(), std::size_t(1000));
        QCOMPARE(answer->filterResults.back().errorCode, kInvalidRequest);
        QCOMPARE(told(broker), QStringList());
    }

    void superUsersAreWrittenAsPrincipals_data() {
        QTest::addColumn<QString>("users");
        QTest::addColumn<int>("count");
        QTest::newRow("none") << "" << 0;
        QTest::newRow("one") << "User:a" << 1;
        QTest::newRow("with blanks and an empty one") << " User:a ; User:b;; " << 2;
        QTest::newRow("by certificate") << "User:CN=a,O=b;User:c" << 2;
        QTest::newRow("without a kind") << "User:a;b" << -1;
    }
    void superUsersAreWrittenAsPrincipals() {
        QFETCH(QString, users);
        const auto settings = BrokerSettings::from({{"super.users", users.toStdString()}}, silentLog());
        QTEST(settings ? int(settings->superUsers.size()) : -1, "count");
        if (!settings) QVERIFY(settings.error().message.find("User:b") != std::string::npos);
    }
};

MILLRACE_TEST(TestAcls)
#include "tst_acls.moc"
