// What the cluster knows of its topics, without a disk and without a broker, and how a broker answers for partitions
// that it knows of and does not have.
#include "broker/cluster/cluster_metadata.h"
#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "broker/topics/change_planner.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/fetch.h"
#include "wire/messages/list_offsets.h"
#include "wire/messages/metadata.h"
#include "wire/messages/offset_for_leader_epoch.h"
#include "wire/messages/produce.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

Q_DECLARE_METATYPE(millrace::broker::TopicChange)

namespace {

wire::Uuid id(std::uint8_t last) {
    wire::Uuid some;
    some.bytes.back() = last;
    return some;
}

std::shared_ptr<TopicMetadata> topic(const std::string& name, std::uint8_t last, std::size_t partitions = 1) {
    const auto made = std::make_shared<TopicMetadata>();
    made->name = name;
    made->id = id(last);
    made->partitions.resize(partitions, PartitionMetadata::onOneBroker(3));
    return made;
}

/// Two topics, "orders" with two partitions and "log.web", as broker 3 knows them.
class Planning {
public:
    Planning() {
        settings.nodeId = 3;
        metadata.put(topic("orders", 1, 2));
        metadata.put(topic("log.web", 2));
    }
    TopicDelta delta(const TopicChange& change) { return std::get<TopicDelta>(planner.plan(change)); }
    /// 0 when it can be done.
    std::int16_t error(const TopicChange& change) {
        const auto planned = planner.plan(change);
        const auto* refusal = std::get_if<Refusal>(&planned);
        return refusal ? refusal->error : kNone;
    }

    BrokerSettings settings;
    ClusterMetadata metadata;
    SeededRandom random{1};
    ChangePlanner planner{metadata, settings, random};
};

ConfigEdit setting(const std::string& name, const std::string& value) {
    return [=](ConfigMap& configs) {
        configs[name] = value;
        return Refusal();
    };
}

/// The broker's context, with another knowledge of the cluster.
Context knowing(const ClusterMetadata& metadata, const Context& own) {
    return {own.settings,    own.loop,          own.lanes,   own.clock,      own.disk,
            own.dataDir,     own.log,           metadata,    own.replicas,   own.topics,
            own.groups,      own.brokerConfigs, own.access,  own.authorizer, own.quotas,
            own.producerIds, own.transactions,  own.commits, own.counters};
}

template <typename Request, typename Response>
Response answerOf(Answer<Response> (*handler)(const Request&, const Call&, Context&), const Request& request,
                  wire::Version version, Context& context) {
    const Call call{version, "test",
                    std::make_shared<ConnectionState>(ConnectionState{"127.0.0.1", "127.0.0.1", 9092})};
    return *Asked<Response>::of(handler(request, call, context));
}

/// What is answered about partition `index` of "t" to one request of each kind that only a leader answers.
QMap<QString, int> errorsOf(Context& context, std::int32_t index) {
    QMap<QString, int> errors;
    wire::ProduceRequest sent;
    sent.acks = 1;
    sent.topicData.push_back({"t", {{index, batchOf(1)}}});
    errors["Produce"] = answerOf(produce, sent, 9, context).responses.at(0).partitionResponses.at(0).errorCode;
    wire::FetchRequest fetched;
    fetched.topics.emplace_back().topic = "t";
    fetched.topics[0].partitions.emplace_back().partition = index;
    errors["Fetch"] = answerOf(fetch, fetched, 11, context).responses.at(0).partitions.at(0).errorCode;
    wire::ListOffsetsRequest listed;
    listed.topics.emplace_back().name = "t";
    listed.topics[0].partitions.emplace_back().partitionIndex = index;
    listed.topics[0].partitions[0].timestamp = -1;
    errors["ListOffsets"] = answerOf(listOffsets, listed, 6, context).topics.at(0).partitions.at(0).errorCode;
    wire::OffsetForLeaderEpochRequest ended;
    ended.topics.emplace_back().topic = "t";
    ended.topics[0].partitions.emplace_back().partition = index;
    errors["OffsetForLeaderEpoch"] =
        answerOf(offsetForLeaderEpoch, ended, 3, context).topics.at(0).partitions.at(0).errorCode;
    wire::DeleteRecordsRequest deleted;
    deleted.topics.push_back({"t", {{index, 0}}});
    errors["DeleteRecords"] = answerOf(deleteRecords, deleted, 1, context).topics.at(0).partitions.at(0).errorCode;
    return errors;
}

} // namespace

class TestClusterMetadata : public QObject {
    Q_OBJECT

private slots:
    void aTopicIsFoundByNameAndById() {
        ClusterMetadata metadata;
        QVERIFY(!metadata.find("orders"));
        metadata.put(topic("orders", 1, 2));
        QCOMPARE(metadata.find("orders")->id.text(), id(1).text());
        QCOMPARE(metadata.find(id(1))->name, std::string("orders"));
        QVERIFY(!metadata.find(id(2)));
        metadata.remove("orders");
        metadata.remove("orders");
        QVERIFY(!metadata.find("orders") && !metadata.find(id(1)) && metadata.all().empty());
    }

    void aTopicMadeAgainIsAnotherOne() {
        ClusterMetadata metadata;
        metadata.put(topic("orders", 1));
        metadata.put(topic("orders", 2));
        QVERIFY(!metadata.find(id(1)));
        QCOMPARE(metadata.find("orders")->id.text(), id(2).text());
        QCOMPARE(metadata.all().size(), std::size_t(1));
    }

    void whatWasFoundStaysAsItWasThen() {
        ClusterMetadata metadata;
        metadata.put(topic("orders", 1, 2));
        const auto found = metadata.find("orders");
        const auto grown = std::make_shared<TopicMetadata>(*found);
        grown->partitions.resize(5, PartitionMetadata::onOneBroker(3));
        metadata.put(grown);
        QCOMPARE(found->partitionCount(), 2);
        QCOMPARE(metadata.find(id(1))->partitionCount(), 5);
        metadata.remove("orders");
        QCOMPARE(found->name, std::string("orders"));
    }

    void aPartitionTellsWhoHasIt() {
        const auto orders = topic("orders", 1, 2);
        QVERIFY(!orders->partition(-1) && !orders->partition(2));
        QVERIFY(*orders->partition(1) == (PartitionMetadata{3, 0, {3}, {3}}));
    }

    void newNamesAreChecked_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("one that nobody has") << "payments" << true;
        QTest::newRow("one that differs in a dot only") << "log_web" << false;
        QTest::newRow("one that no file could have") << "a/b" << false;
        QTest::newRow("one whose lookalike is gone") << "gone_topic" << true;
    }
    void newNamesAreChecked() {
        QFETCH(QString, name);
        QFETCH(bool, allowed);
        Planning planning;
        planning.metadata.put(topic("gone.topic", 9));
        planning.metadata.remove("gone.topic");
        QCOMPARE(planning.metadata.checkNewName(name.toStdString()).has_value(), allowed);
    }

    void aCreationMakesAllOfItsPartitions() {
        Planning planning;
        const auto delta = planning.delta({CreateTopic{"new", 4, {{"retention.ms", "5000"}}}});
        QVERIFY(!delta.before && delta.makesPartitions() && !delta.removes());
        QCOMPARE(delta.firstNew(), 0);
        QCOMPARE(delta.end(), 4);
        QVERIFY(!delta.after->id.isNone());
        QCOMPARE(delta.after->settings.log.retentionMs, 5000);
        QVERIFY(*delta.after->partition(3) == (PartitionMetadata{3, 0, {3}, {3}}));
        QVERIFY(!planning.metadata.find("new")); // planned only
    }

    void aGrowthKeepsWhatWasThere() {
        Planning planning;
        const auto led = std::make_shared<TopicMetadata>(*planning.metadata.find("orders"));
        led->partitions[1] = {5, 7, {5, 3}, {5}};
        planning.metadata.put(led);
        const auto delta = planning.delta({GrowTopic{"orders", 3}});
        QCOMPARE(delta.firstNew(), 2);
        QCOMPARE(delta.end(), 3);
        QVERIFY(*delta.after->partition(1) == (PartitionMetadata{5, 7, {5, 3}, {5}}));
        QVERIFY(delta.after->id == delta.before->id);
    }

    void aRemovalLeavesNothing() {
        Planning planning;
        const auto delta = planning.delta({RemoveTopic{"orders"}});
        QVERIFY(delta.removes() && delta.touchesFiles() && !delta.makesPartitions());
        QCOMPARE(delta.topic().name, std::string("orders"));
    }

    void aChangeOfConfigsTouchesNoFiles() {
        Planning planning;
        const auto delta = planning.delta({ConfigureTopic{"orders", setting("segment.bytes", " 5000 ")}});
        QVERIFY(!delta.touchesFiles());
        QCOMPARE(delta.after->configs, (ConfigMap{{"segment.bytes", "5000"}}));
        QCOMPARE(delta.after->settings.log.segmentBytes, std::uint64_t(5000));
        QVERIFY(delta.before->configs.empty());
    }

    void whatCannotBeIsRefused_data() {
        QTest::addColumn<TopicChange>("change");
        QTest::addColumn<int>("error");
        const auto row = [](const char* name, TopicChange change, std::int16_t error) {
            QTest::newRow(name) << std::move(change) << int(error);
        };
        row("a topic that is there", {CreateTopic{"orders"}}, kTopicAlreadyExists);
        row("a topic that looks like another", {CreateTopic{"log_web"}}, kInvalidTopic);
        row("a name that Kafka keeps", {CreateTopic{"__consumer_offsets"}}, kInvalidTopic);
        row("no partition", {CreateTopic{"new", 0}}, kInvalidPartitions);
        row("more partitions than can be", {CreateTopic{"new", 100'001}}, kInvalidPartitions);
        row("growth to what it has", {GrowTopic{"orders", 2}}, kInvalidPartitions);
        row("growth of an unknown topic", {GrowTopic{"none", 2}}, kUnknownTopicOrPartition);
        row("removal of an unknown topic", {RemoveTopic{"none"}}, kUnknownTopicOrPartition);
        row("configs of an unknown topic", {ConfigureTopic{"none", setting("a", "b")}}, kUnknownTopicOrPartition);
        row("configs that are none", {ConfigureTopic{"orders", setting("a", "b")}}, kInvalidConfig);
    }
    void whatCannotBeIsRefused() {
        QFETCH(TopicChange, change);
        QFETCH(int, error);
        QCOMPARE(int(Planning().error(change)), error);
    }

    void changesThatAreAskedForTogetherSeeEachOthersNames() {
        Planning planning;
        QCOMPARE(planning.error({CreateTopic{"a.b"}}), kNone);
        QCOMPARE(planning.error({CreateTopic{"a_b"}}), kInvalidTopic);
        QCOMPARE(planning.error({RemoveTopic{"a.b"}}), kInvalidRequest);
    }

    void whatAnotherBrokerLeadsIsAnsweredByThatOne_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<int>("error");
        QTest::newRow("led here") << 0 << int(kNone);
        QTest::newRow("led by another, with a replica here") << 1 << int(kNotLeaderOrFollower);
        QTest::newRow("led here, without a replica") << 2 << int(kNotLeaderOrFollower);
        QTest::newRow("known to nobody") << 3 << int(kUnknownTopicOrPartition);
    }
    void whatAnotherBrokerLeadsIsAnsweredByThatOne() {
        QFETCH(int, index);
        QFETCH(int, error);
        CoreFixture broker;
        broker.makeTopic("t", 2);
        const auto spread = std::make_shared<TopicMetadata>(*broker.metadata().find("t"));
        spread->partitions[1] = {8, 4, {8, 0}, {8, 0}};
        spread->partitions.push_back(PartitionMetadata::onOneBroker(0));
        ClusterMetadata metadata;
        metadata.put(spread);
        Context context = knowing(metadata, broker.core().context());
        const auto errors = errorsOf(context, index);
        for (auto it = errors.begin(); it != errors.end(); ++it)
            QVERIFY2(it.value() == error, qPrintable(QString("%1: %2").arg(it.key()).arg(it.value())));
    }

    void clientsAreToldWhoLeadsAndInWhichEpoch() {
        CoreFixture broker;
        broker.makeTopic("t");
        const auto led = std::make_shared<TopicMetadata>(*broker.metadata().find("t"));
        led->partitions[0] = {8, 4, {8, 0}, {8}};
        ClusterMetadata metadata;
        metadata.put(led);
        Context context = knowing(metadata, broker.core().context());
        wire::MetadataRequest request;
        request.topics.emplace().push_back({{}, "t"});
        const auto told = answerOf(broker::metadata, request, 9, context).topics.at(0).partitions.at(0);
        QCOMPARE(told.leaderId, 8);
        QCOMPARE(told.leaderEpoch, 4);
        QCOMPARE(told.replicaNodes, (std::vector<std::int32_t>{8, 0}));
        QCOMPARE(told.isrNodes, (std::vector<std::int32_t>{8}));
    }
};

MILLRACE_TEST(TestClusterMetadata)
#include "tst_cluster_metadata.moc"
