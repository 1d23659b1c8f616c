// No API does for a client without rights what it would need one for.
#include "broker/handlers/api_table.h"
#include "broker/server/serve_request.h"
#include "broker/support/acl_requests.h"
#include "broker/support/request_frame.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/header.h"
#include "wire/reader.h"
#include "wire/support/all_messages.h"
#include "wire/support/filler.h"
#include "wire/writer.h"

#include <set>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

/// A direction for the field lists that finds the errors of authorization.
class Refusals {
public:
    explicit Refusals(wire::Version version) : version_(version) {}
    std::set<int> found;

    void field(const auto&) {}
    void field(const std::int16_t& value) {
        for (const std::int16_t error : {kTopicAuthorizationFailed, kGroupAuthorizationFailed,
                                         kClusterAuthorizationFailed, kTransactionalIdAuthorizationFailed})
            if (value == error) found.insert(value);
    }
    template <typename T>
    void field(const std::optional<T>& value) {
        if (value) field(*value);
    }
    template <typename T>
    void field(const std::vector<T>& values) {
        for (const T& value : values)
            field(value);
    }
    template <typename T>
    requires requires { &T::template fields<Refusals, const T>; }
    void field(const T& value) { T::fields(*this, value, version_); }
    template <typename T>
    void nullable(const std::optional<T>& value) {
        field(value);
    }
    template <typename... T>
    void tags(wire::Tagged<T>... known) {
        (field(known.value), ...);
    }

private:
    wire::Version version_;
};

// What a filled request must not say to get as far as the question of rights.
void makeSound(auto&) {}
void makeSound(wire::ProduceRequest& request) {
    request.acks = 1;
}
void makeSound(wire::FetchRequest& request) {
    request.sessionId = 0;
}
void makeSound(wire::MetadataRequest& request) {
    for (auto& topic : *request.topics)
        topic.topicId = {};
}
void makeSound(wire::FindCoordinatorRequest& request) {
    request.keyType = 0;
}
void makeSound(wire::DescribeTopicPartitionsRequest& request) {
    request.cursor.reset();
}
void makeSound(wire::DescribeConfigsRequest& request) {
    for (auto& resource : request.resources)
        resource.resourceType = 2;
}
void makeSound(wire::AlterConfigsRequest& request) {
    for (auto& resource : request.resources)
        resource.resourceType = 2;
}
void makeSound(wire::IncrementalAlterConfigsRequest& request) {
    for (auto& resource : request.resources)
        resource.resourceType = 2;
}

/// Later ones name topics by ids, which are not known and tell nothing.
template <typename Request>
wire::Version lastByName() {
    constexpr bool byId = std::is_same_v<Request, wire::FetchRequest> || std::is_same_v<Request, wire::ProduceRequest>;
    return byId ? 12 : Request::kApi.max;
}

/// The errors of authorization that are in the answer to a request which names everything it can.
template <typename Request, typename Response>
std::set<int> refusalsTo(CoreFixture& broker) {
    const wire::Version version = lastByName<Request>();
    Request request;
    wire::Filler(version, false).field(request);
    makeSound(request);
    std::vector<std::uint8_t> answer;
    const auto served =
        serveRequest(Bytes(frameOf(request, version)), {0, {}, broker.connection}, broker.core().context(),
                     [&](const Outcome& outcome) { answer = bytesOf(outcome.frame); });
    broker.settle();
    if (!served || answer.size() < 9) return {-1};
    const bool flexible = Request::kApi.flexible(version);
    const bool bareHeader = !flexible || Request::kApi.key == wire::kApiVersions.key;
    answer.erase(answer.begin(), answer.begin() + (bareHeader ? 8 : 9));
    wire::Reader reader(Bytes(std::move(answer)), version, flexible);
    Response response;
    reader.field(response);
    if (!reader.finish()) return {-2};
    Refusals refusals(version);
    refusals.field(response);
    return refusals.found;
}

using Ask = std::set<int> (*)(CoreFixture&);

std::map<std::string, Ask> asks() {
    std::map<std::string, Ask> all;
    [&]<std::size_t... i>(std::index_sequence<i...>) {
        using Messages = wire::AllMessages;
        (all.emplace(std::tuple_element_t<2 * i, Messages>::kApi.name,
                     &refusalsTo<std::tuple_element_t<2 * i, Messages>, std::tuple_element_t<2 * i + 1, Messages>>),
         ...);
    }
    (std::make_index_sequence<std::tuple_size_v<wire::AllMessages> / 2>());
    return all;
}

constexpr int kNothingToRefuse = 0;

/// What Kafka answers a client without any right. Nothing: it sees less, or needs no right.
const std::map<std::string, int> kExpected{
    {"Produce", kTopicAuthorizationFailed},
    {"Fetch", kTopicAuthorizationFailed},
    {"ListOffsets", kTopicAuthorizationFailed},
    {"Metadata", kTopicAuthorizationFailed},
    {"OffsetCommit", kGroupAuthorizationFailed},
    {"OffsetFetch", kGroupAuthorizationFailed},
    {"FindCoordinator", kGroupAuthorizationFailed},
    {"JoinGroup", kGroupAuthorizationFailed},
    {"Heartbeat", kGroupAuthorizationFailed},
    {"LeaveGroup", kGroupAuthorizationFailed},
    {"SyncGroup", kGroupAuthorizationFailed},
    {"DescribeGroups", kGroupAuthorizationFailed},
    {"ListGroups", kNothingToRefuse},
    {"CreateTopics", kTopicAuthorizationFailed},
    {"DeleteTopics", kTopicAuthorizationFailed},
    {"DeleteRecords", kTopicAuthorizationFailed},
    {"InitProducerId", kTransactionalIdAuthorizationFailed},
    {"OffsetForLeaderEpoch", kTopicAuthorizationFailed},
    {"AddPartitionsToTxn", kTransactionalIdAuthorizationFailed},
    {"AddOffsetsToTxn", kTransactionalIdAuthorizationFailed},
    {"EndTxn", kTransactionalIdAuthorizationFailed},
    {"WriteTxnMarkers", kClusterAuthorizationFailed},
    {"TxnOffsetCommit", kTransactionalIdAuthorizationFailed},
    {"DescribeAcls", kClusterAuthorizationFailed},
    {"CreateAcls", kClusterAuthorizationFailed},
    {"DeleteAcls", kClusterAuthorizationFailed},
    {"DescribeConfigs", kTopicAuthorizationFailed},
    {"AlterConfigs", kTopicAuthorizationFailed},
    {"DescribeLogDirs", kClusterAuthorizationFailed},
    {"CreatePartitions", kTopicAuthorizationFailed},
    {"DeleteGroups", kGroupAuthorizationFailed},
    {"ElectLeaders", kClusterAuthorizationFailed},
    {"IncrementalAlterConfigs", kTopicAuthorizationFailed},
    {"AlterPartitionReassignments", kClusterAuthorizationFailed},
    {"ListPartitionReassignments", kClusterAuthorizationFailed},
    {"OffsetDelete", kGroupAuthorizationFailed},
    {"DescribeCluster", kNothingToRefuse},
    {"DescribeProducers", kTopicAuthorizationFailed},
    {"DescribeTransactions", kTransactionalIdAuthorizationFailed},
    {"ListTransactions", kNothingToRefuse},
    {"ConsumerGroupHeartbeat", kGroupAuthorizationFailed},
    {"ConsumerGroupDescribe", kGroupAuthorizationFailed},
    {"DescribeUserScramCredentials", kClusterAuthorizationFailed},
    {"AlterUserScramCredentials", kClusterAuthorizationFailed},
    {"ListConfigResources", kClusterAuthorizationFailed},
    {"DescribeClientQuotas", kClusterAuthorizationFailed},
    {"AlterClientQuotas", kClusterAuthorizationFailed},
    {"DescribeTopicPartitions", kTopicAuthorizationFailed},
};

/// The rights that each API asks for, beyond the one of its row.
const std::map<std::string, std::vector<Access>> kMore{
    {"OffsetCommit", {{Access::Resource::topic, Access::Operation::read}}},
    {"OffsetFetch", {{Access::Resource::topic, Access::Operation::describe}}},
    {"OffsetDelete", {{Access::Resource::topic, Access::Operation::read}}},
    {"InitProducerId", {{Access::Resource::transactionalId, Access::Operation::write}}},
    {"AddPartitionsToTxn", {{Access::Resource::topic, Access::Operation::write}}},
    {"AddOffsetsToTxn", {{Access::Resource::group, Access::Operation::read}}},
    {"ConsumerGroupHeartbeat", {{Access::Resource::topic, Access::Operation::describe}}},
    {"TxnOffsetCommit",
     {{Access::Resource::transactionalId, Access::Operation::write},
      {Access::Resource::topic, Access::Operation::read}}},
};

/// All that a filled request names begins so.
AclCreation granted(Access access) {
    if (access.resource == Access::Resource::cluster)
        return aclFor("User:alice", access.operation, kClusterName, access.resource);
    return aclFor("User:alice", access.operation, "text", access.resource, Acl::Pattern::prefixed);
}

std::vector<Access> neededFor(const ApiRow& row) {
    std::vector<Access> all{row.access};
    if (const auto more = kMore.find(row.api->name); more != kMore.end())
        all.insert(all.end(), more->second.begin(), more->second.end());
    return all;
}

bool includesDescribing(Access::Operation operation) {
    using enum Access::Operation;
    return operation == read || operation == write || operation == remove || operation == alter;
}

/// All rights on that kind of resource that do not include the one that is needed.
std::vector<AclCreation> allBut(Access needed) {
    using enum Access::Operation;
    std::vector<AclCreation> rules;
    for (int number = 3; number <= 15; ++number) {
        const auto operation = static_cast<Access::Operation>(number);
        if (operation == needed.operation) continue;
        if (needed.operation == describe && includesDescribing(operation)) continue;
        if (needed.operation == describeConfigs && operation == alterConfigs) continue;
        rules.push_back(granted({needed.resource, operation}));
    }
    return rules;
}

void addRowsOfRefusedApis() {
    QTest::addColumn<QString>("api");
    for (const ApiRow& row : apiTable()) {
        const auto expected = kExpected.find(row.api->name);
        if (expected != kExpected.end() && expected->second != kNothingToRefuse)
            QTest::newRow(row.api->name) << QString(row.api->name);
    }
}

const ApiRow& rowOf(const QString& api) {
    return *std::ranges::find(apiTable(), api.toStdString(), [](const ApiRow& row) { return row.api->name; });
}

} // namespace

class TestAuthorization : public QObject {
    Q_OBJECT

private slots:
    void everyApiAsksForTheRight_data() {
        QTest::addColumn<QString>("api");
        for (const ApiRow& row : apiTable())
            QTest::newRow(row.api->name) << QString(row.api->name);
    }
    void everyApiAsksForTheRight() {
        QFETCH(QString, api);
        const std::string name = api.toStdString();
        CoreFixture broker(kWithAuthorizer);
        broker.connection->principal = "User:nobody";
        if (::rowOf(api).beforeAuthentication) return; // it is not known yet who asks
        const auto expected = kExpected.find(name);
        QVERIFY2(expected != kExpected.end(), "say here what a client without rights is answered");
        const int refused = expected->second;
        QCOMPARE(asks().at(name)(broker), refused ? std::set<int>{refused} : std::set<int>{});
        QVERIFY(broker.metadata().all().empty());
        QVERIFY(broker.groups().all().empty());
        QVERIFY(broker.core().context().access.rules().all().empty());
    }

    void theRightIsEnough_data() { addRowsOfRefusedApis(); }
    void theRightIsEnough() {
        QFETCH(QString, api);
        CoreFixture broker(kWithAuthorizer);
        std::vector<AclCreation> rules;
        for (const Access& needed : neededFor(::rowOf(api)))
            rules.push_back(granted(needed));
        createAclsOf(broker, rules);
        broker.connection->principal = "User:alice";
        QCOMPARE(asks().at(api.toStdString())(broker), std::set<int>{});
    }

    void allOtherRightsAreNotEnough_data() { addRowsOfRefusedApis(); }
    void allOtherRightsAreNotEnough() {
        QFETCH(QString, api);
        // Other rights will do for the first two; the last says first that the group is not there.
        if (QStringList{"InitProducerId", "WriteTxnMarkers", "OffsetDelete"}.contains(api)) return;
        const auto needed = neededFor(::rowOf(api));
        for (const Access& missing : needed) {
            CoreFixture broker(kWithAuthorizer);
            std::vector<AclCreation> rules = allBut(missing);
            for (const Access& other : needed)
                if (other != missing) rules.push_back(granted(other));
            createAclsOf(broker, rules);
            broker.connection->principal = "User:alice";
            QVERIFY2(!asks().at(api.toStdString())(broker).empty(), toString(missing.operation).data());
        }
    }

    void nobodyIsRefusedWhereItIsNotAskedFor_data() {
        QTest::addColumn<ConfigMap>("configs");
        QTest::addColumn<QString>("principal");
        QTest::newRow("no authorizer") << ConfigMap{} << "User:nobody";
        QTest::newRow("a super user") << kWithAuthorizer << "User:root";
        QTest::newRow("a super user by certificate") << kWithAuthorizer << "User:CN=admin, O=Example";
        ConfigMap open = kWithAuthorizer;
        open["allow.everyone.if.no.acl.found"] = "true";
        QTest::newRow("what no rule is about") << open << "User:nobody";
    }
    void nobodyIsRefusedWhereItIsNotAskedFor() {
        QFETCH(ConfigMap, configs);
        QFETCH(QString, principal);
        for (const auto& [name, ask] : asks()) {
            CoreFixture broker(configs);
            broker.connection->principal = principal.toStdString();
            const auto refused = ask(broker);
            // A filled request has a transaction that is none, which Kafka calls so.
            QVERIFY2(refused.empty() || refused == std::set<int>{-1}, name.c_str());
        }
    }
};

MILLRACE_TEST(TestAuthorization)
#include "tst_authorization.moc"
