// What rules say together; the expectations are those of Kafka's StandardAuthorizer.
#include "broker/access/acl_table.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace::broker;
using Operation = Access::Operation;
using Resource = Access::Resource;

namespace {

/// "allow User:alice * read topic orders", "deny User:* 10.0.0.7 all group orders-*": a name that ends in "-*" is a
/// prefix.
Acl rule(const QString& text) {
    static const QMap<QString, Operation> operations{{"all", Operation::all},
                                                     {"read", Operation::read},
                                                     {"write", Operation::write},
                                                     {"create", Operation::create},
                                                     {"delete", Operation::remove},
                                                     {"alter", Operation::alter},
                                                     {"describe", Operation::describe},
                                                     {"describeConfigs", Operation::describeConfigs},
                                                     {"alterConfigs", Operation::alterConfigs}};
    const QStringList words = text.split(' ');
    Acl acl;
    acl.allow = words[0] == "allow";
    acl.principal = words[1].toStdString();
    acl.host = words[2].toStdString();
    acl.operation = operations.value(words[3]);
    acl.resource = words[4] == "topic" ? Resource::topic : Resource::group;
    acl.name = words[5].toStdString();
    if (words[5].size() < 2 || !words[5].endsWith("*")) return acl;
    acl.pattern = Acl::Pattern::prefixed;
    acl.name.pop_back();
    return acl;
}

AclTable tableOf(const QStringList& rules) {
    AclTable table;
    for (const QString& text : rules)
        table.add(rule(text));
    return table;
}

constexpr AclTable::Who kAlice{"User:alice", "10.0.0.7"};
constexpr Access kRead{Resource::topic, Operation::read};

} // namespace

class TestAclTable : public QObject {
    Q_OBJECT

private slots:
    /// Alice, from 10.0.0.7, wants to read the topic "orders".
    void rulesDecideTogether_data() {
        QTest::addColumn<QStringList>("rules");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char* name, const QStringList& rules, const char* verdict) {
            QTest::newRow(name) << rules << verdict;
        };
        row("no rules", {}, "no rule");
        row("a rule for another topic", {"allow User:alice * read topic other"}, "no rule");
        row("a rule for a group of that name", {"allow User:alice * read group orders"}, "no rule");
        row("a rule for a longer name", {"allow User:alice * read topic orders2"}, "no rule");
        row("allowed by name", {"allow User:alice * read topic orders"}, "allowed");
        row("allowed all", {"allow User:alice * all topic orders"}, "allowed");
        row("allowed from there", {"allow User:alice 10.0.0.7 read topic orders"}, "allowed");
        row("allowed from elsewhere", {"allow User:alice 10.0.0.8 read topic orders"}, "denied");
        row("allowed from nowhere", {"allow User:alice  read topic orders"}, "denied");
        row("allowed to somebody else", {"allow User:bob * read topic orders"}, "denied");
        row("allowed to all", {"allow User:* * read topic orders"}, "allowed");
        row("allowed to one whose name is longer", {"allow User:alice2 * read topic orders"}, "denied");
        row("allowed to one of another kind", {"allow Group:alice * read topic orders"}, "denied");
        row("allowed to do something else", {"allow User:alice * write topic orders"}, "denied");
        row("to describe is not to read", {"allow User:alice * describe topic orders"}, "denied");
        row("allowed on all topics", {"allow User:alice * read topic *"}, "allowed");
        row("allowed by prefix", {"allow User:alice * read topic ord*"}, "allowed");
        row("allowed by a prefix that is the name", {"allow User:alice * read topic orders*"}, "allowed");
        row("allowed by the shortest prefix", {"allow User:alice * read topic o*"}, "allowed");
        row("a prefix that is longer", {"allow User:alice * read topic orders-*"}, "no rule");
        row("a prefix beside it", {"allow User:alice * read topic oa*", "allow User:alice * read topic ordf*"},
            "no rule");
        row("a short prefix behind others that do not fit",
            {"allow User:alice * read topic o*", "deny User:alice * read topic oq*",
             "deny User:alice * read topic orda*", "deny User:alice * read topic ordera*",
             "deny User:alice * read topic orders-*"},
            "allowed");
        row("denied by name", {"allow User:alice * read topic *", "deny User:alice * read topic orders"}, "denied");
        row("denied by prefix", {"allow User:alice * read topic orders", "deny User:alice * read topic ord*"},
            "denied");
        row("denied by a short prefix behind a long one",
            {"allow User:alice * read topic orders*", "deny User:alice * all topic o*"}, "denied");
        row("denied on all topics", {"allow User:alice * read topic orders", "deny User:alice * read topic *"},
            "denied");
        row("denied to all", {"allow User:alice * read topic orders", "deny User:* * read topic orders"}, "denied");
        row("denied all", {"allow User:alice * read topic orders", "deny User:alice * all topic orders"}, "denied");
        row("denied to somebody else", {"allow User:alice * read topic orders", "deny User:bob * read topic orders"},
            "allowed");
        row("denied from elsewhere",
            {"allow User:alice * read topic orders", "deny User:alice 10.0.0.8 read topic orders"}, "allowed");
        row("denied to do something else",
            {"allow User:alice * read topic orders", "deny User:alice * write topic orders"}, "allowed");
        row("denied to describe", {"allow User:alice * read topic orders", "deny User:alice * describe topic orders"},
            "allowed");
    }
    void rulesDecideTogether() {
        QFETCH(QStringList, rules);
        QFETCH(QString, verdict);
        const QStringList verdicts{"allowed", "denied", "no rule"};
        QCOMPARE(verdicts[int(tableOf(rules).decide(kAlice, kRead, "orders"))], verdict);
    }

    /// An address of IPv6 as Java's tools write it, and as others do.
    void oneAddressIsWrittenInManyWays_data() {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("denied");
        QTest::newRow("as Java writes it") << "2001:db8:0:0:0:0:0:1" << true;
        QTest::newRow("short") << "2001:db8::1" << true;
        QTest::newRow("in capitals") << "2001:0DB8::0001" << true;
        QTest::newRow("another one") << "2001:db8:0:0:0:0:0:2" << false;
        QTest::newRow("no address") << "2001:db8:::1" << false;
    }
    void oneAddressIsWrittenInManyWays() {
        QFETCH(QString, host);
        const AclTable table =
            tableOf({"allow User:alice * read topic orders", "deny User:alice " + host + " read topic orders"});
        const auto verdict = table.decide({"User:alice", "2001:db8::1"}, kRead, "orders");
        QTEST(verdict == AclTable::Verdict::denied, "denied");
    }

    void whatIsAllowedIncludesToDescribe_data() {
        QTest::addColumn<QString>("permitted");
        QTest::addColumn<bool>("describe");
        QTest::addColumn<bool>("describeConfigs");
        const auto row = [](const char* permitted, bool describe, bool configs) {
            QTest::newRow(permitted) << permitted << describe << configs;
        };
        row("all", true, true);
        row("read", true, false);
        row("write", true, false);
        row("delete", true, false);
        row("alter", true, false);
        row("describe", true, false);
        row("create", false, false);
        row("describeConfigs", false, true);
        row("alterConfigs", false, true);
    }
    void whatIsAllowedIncludesToDescribe() {
        QFETCH(QString, permitted);
        const auto verdict = [&](const char* kind, Operation wanted) {
            const auto table = tableOf({QString("%1 User:alice * %2 topic orders").arg(kind, permitted)});
            return table.decide(kAlice, {Resource::topic, wanted}, "orders") == AclTable::Verdict::allowed;
        };
        QTEST(verdict("allow", Operation::describe), "describe");
        QTEST(verdict("allow", Operation::describeConfigs), "describeConfigs");
    }

    void whatIsDeniedIncludesNothing() {
        const auto table = tableOf({"allow User:alice * describe topic orders", "deny User:alice * read topic orders",
                                    "deny User:alice * write topic orders", "deny User:alice * alter topic orders"});
        QCOMPARE(table.decide(kAlice, {Resource::topic, Operation::describe}, "orders"), AclTable::Verdict::allowed);
    }

    void allowedSomewhere_data() {
        QTest::addColumn<QStringList>("rules");
        QTest::addColumn<bool>("somewhere");
        const auto row = [](const char* name, const QStringList& rules, bool somewhere) {
            QTest::newRow(name) << rules << somewhere;
        };
        row("no rules", {}, false);
        row("on one", {"allow User:alice * read topic orders"}, true);
        row("on a prefix", {"allow User:alice * all topic orders*"}, true);
        row("on all", {"allow User:* * read topic *"}, true);
        row("to somebody else", {"allow User:bob * read topic orders"}, false);
        row("only what includes it not", {"allow User:alice * describe topic orders"}, false);
        row("denied on that one", {"allow User:alice * read topic orders", "deny User:* * read topic orders"}, false);
        row("denied on a prefix of it", {"allow User:alice * read topic orders*", "deny User:alice * read topic or*"},
            false);
        row("denied on another", {"allow User:alice * read topic orders", "deny User:alice * read topic other"}, true);
        row("denied on a part of it",
            {"allow User:alice * read topic orders*", "deny User:alice * read topic orders-1*"}, true);
        row("all but some", {"allow User:alice * read topic *", "deny User:alice * read topic o*"}, true);
        row("denied on all", {"allow User:alice * read topic orders", "deny User:alice * all topic *"}, false);
    }
    void allowedSomewhere() {
        QFETCH(QStringList, rules);
        QTEST(tableOf(rules).allowsSomewhere(kAlice, kRead), "somewhere");
    }

    /// The star of a rule is not that of a name: a topic cannot be called so, but a group can.
    void aGroupMayBeCalledLikeAllOfThem() {
        const auto table = tableOf({"allow User:alice * read group *"});
        QCOMPARE(table.decide(kAlice, {Resource::group, Operation::read}, "*"), AclTable::Verdict::allowed);
    }

    void manyRulesDoNotCostManySteps() {
        AclTable table;
        for (int i = 0; i < 20'000; ++i)
            table.add(rule(QString("allow User:u%1 * read topic t%1*").arg(i)));
        QCOMPARE(table.decide({"User:u19999", "h"}, kRead, "t19999-x"), AclTable::Verdict::allowed);
        QCOMPARE(table.decide({"User:u1", "h"}, kRead, std::string(249, 'u')), AclTable::Verdict::noRule);
    }
};

MILLRACE_TEST(TestAclTable)
#include "tst_acl_table.moc"
