#include "session/issues.h"
#include "support/test_program.h"

#include "broker/broker.h"
#include "net/connection.h"
#include "session/log_store.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::session;

namespace {

constexpr ErrorCode kEveryCode[] = {
    ErrorCode::invalidArgument,
    ErrorCode::notFound,
    ErrorCode::alreadyExists,
    ErrorCode::outOfRange,
    ErrorCode::corrupt,
    ErrorCode::io,
    ErrorCode::noSpace,
    ErrorCode::denied,
    ErrorCode::addressInUse,
    ErrorCode::timeout,
    ErrorCode::cancelled,
    ErrorCode::closed,
    ErrorCode::full,
    ErrorCode::unsupported,
    ErrorCode::protocol,
    ErrorCode::internal,
};

/// What a reader with the table alone makes of code and arguments.
std::string read(const std::string& code, const std::vector<std::string>& arguments) {
    const auto all = allSentences();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Sentence& one) { return one.code == code; });
    return found == all.end() ? "no sentence " + code : sentenceText({&*found, 1}, code, arguments);
}

#define COMPARE_TEXT(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))

} // namespace

class TestIssues : public QObject {
    Q_OBJECT
private slots:
    void everyErrorCanBeSaidFromItsCodeAndArguments() {
        for (const ErrorCode code : kEveryCode) {
            const Issue issue = issueOf(Error{code, "logs: gone"}, "web/sinks/s");
            COMPARE_TEXT(issue.code, std::string(toString(code)));
            COMPARE_TEXT(read(issue.code, issue.arguments), issue.message);
        }
    }

    void aSentenceOfAnotherFolderKeepsItsCode() {
        const Issue issue = issueOf(errnoError(EACCES, "open logs/a.log"), "web/sinks/s");
        COMPARE_TEXT(issue.code, std::string("system-refused"));
        COMPARE_TEXT(issue.arguments.at(0), std::string("open logs/a.log"));
        COMPARE_TEXT(read(issue.code, issue.arguments), issue.message);
    }

    void aTakenPortOffersAFreeOne() {
        topology::PlannedCluster cluster;
        cluster.id = "local";
        cluster.listen = "127.0.0.1:" + std::to_string(*net::freePort());
        const Issue issue = clusterFailed(Error{ErrorCode::addressInUse, "taken"}, cluster, "/run/broker/local");
        COMPARE_TEXT(issue.code, std::string("port-taken"));
        COMPARE_TEXT(issue.node, std::string("cluster/local"));
        COMPARE_TEXT(issue.takenAddress, cluster.listen);
        QVERIFY(net::canBind(*net::parseAddress(issue.freeAddress)));
        QVERIFY(issue.message.find(issue.freeAddress) != std::string::npos);
        COMPARE_TEXT(read(issue.code, issue.arguments), issue.message);
    }

    void directoriesSayWhatIsWrongWithThem_data() {
        QTest::addColumn<int>("problem");
        QTest::addColumn<QString>("message");
        QTest::newRow("not writable")
            << EACCES << "The run directory /srv/x cannot be used: Permission denied. Choose another one (--dir).";
        QTest::newRow("on a full disk") << ENOSPC << "The disk of /srv/x is full: make room, then start again.";
    }
    void directoriesSayWhatIsWrongWithThem() {
        QFETCH(int, problem);
        QFETCH(QString, message);
        const Issue issue = runDirectoryUnusable(errnoError(problem, "make directory /srv/x"), "/srv/x");
        COMPARE_TEXT(issue.message, message.toStdString());
        COMPARE_TEXT(read(issue.code, issue.arguments), issue.message);
    }

    void aRefusedBrokerDirectoryIsNamed() {
        topology::PlannedCluster cluster;
        cluster.id = "local";
        const Issue issue = clusterFailed(errnoError(EROFS, "open /srv/x/meta"), cluster, "/srv/x");
        COMPARE_TEXT(issue.message, std::string("The data directory /srv/x cannot be used: Read-only file system"));
    }

    void aBrokerDirectoryInUseIsSaid() {
        QTemporaryDir folder;
        LogStore log;
        broker::BrokerConfig config;
        config.listen = {"127.0.0.1", 0};
        config.dataDir = folder.filePath("broker").toStdString();
        const auto first = broker::Broker::start(config, posixFileSystem(), log);
        QVERIFY(first);
        const auto second = broker::Broker::start(config, posixFileSystem(), log);
        QVERIFY(!second);
        topology::PlannedCluster cluster;
        cluster.id = "local";
        const Issue issue = clusterFailed(second.error(), cluster, config.dataDir);
        COMPARE_TEXT(issue.code, std::string("broker-directory-in-use"));
        COMPARE_TEXT(read(issue.code, issue.arguments), issue.message);
    }

    void aSnapshotTellsWhatFails() {
        NodeSnapshot node;
        tell(errnoError(ECONNREFUSED, "connect to 127.0.0.1:4141"), node);
        COMPARE_TEXT(node.message, std::string("connect to 127.0.0.1:4141: Connection refused"));
        COMPARE_TEXT(read(node.messageCode, node.messageArguments), node.message);
        NodeSnapshot well;
        tell(Error{}, well);
        QVERIFY(well == NodeSnapshot{});
    }

    void codesAreUnique() {
        auto all = allSentences();
        std::sort(all.begin(), all.end(), [](const Sentence& a, const Sentence& b) { return a.code < b.code; });
        const auto twice = std::adjacent_find(all.begin(), all.end(),
                                              [](const Sentence& a, const Sentence& b) { return a.code == b.code; });
        QVERIFY2(twice == all.end(), twice == all.end() ? "" : std::string(twice->code).c_str());
    }
};

MILLRACE_TEST(TestIssues)
#include "tst_issues.moc"
