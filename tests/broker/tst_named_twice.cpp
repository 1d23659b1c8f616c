// What a request names twice: Kafka refuses it in some APIs and answers once in others.
#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/create_partitions.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/incremental_alter_configs.h"
#include "wire/messages/list_offsets.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

QList<int> errorsOf(const auto& answers) {
    QList<int> errors;
    for (const auto& answer : answers)
        errors << answer.errorCode;
    return errors;
}

} // namespace

class TestNamedTwice : public QObject {
    Q_OBJECT

private slots:
    void eachMentionOfAPartitionIsRefusedByListOffsets() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        wire::ListOffsetsRequest request;
        for (const std::int32_t index : {0, 1, 0}) {
            auto& partition = request.topics.emplace_back(wire::ListOffsetsRequest::Topic{"t", {}}).partitions;
            partition.emplace_back().partitionIndex = index;
            partition.back().timestamp = -1;
        }
        QList<int> errors;
        const auto asked = broker.get(listOffsets, request, 5);
        for (const auto& topic : asked->topics)
            errors << errorsOf(topic.partitions);
        QCOMPARE(errors, (QList<int>{kInvalidRequest, kNone, kInvalidRequest}));
    }

    void aTopicIsNotDeleted_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("byId");
        QTest::newRow("two names") << 5 << false;
        QTest::newRow("a name and an id") << 6 << true;
    }
    void aTopicIsNotDeleted() {
        QFETCH(int, version);
        QFETCH(bool, byId);
        CoreFixture broker;
        broker.makeTopic("t");
        broker.makeTopic("u");
        wire::DeleteTopicsRequest request;
        request.topicNames = {"t", "u", "t"};
        request.topics = {{"t", {}}, {"u", {}}, {std::nullopt, broker.metadata().find("t")->id}};
        if (!byId) request.topics.clear();
        const auto asked = broker.get(deleteTopics, request, wire::Version(version));
        QCOMPARE(errorsOf(asked->responses), (QList<int>{kInvalidRequest, kNone}));
        QVERIFY(broker.metadata().find("t"));
        QVERIFY(!broker.metadata().find("u"));
    }

    void aTopicDoesNotGrow() {
        CoreFixture broker;
        broker.makeTopic("t");
        wire::CreatePartitionsRequest request;
        for (const int count : {2, 3}) {
            auto& topic = request.topics.emplace_back();
            topic.name = "t";
            topic.count = count;
        }
        QCOMPARE(errorsOf(broker.get(createPartitions, request, 2)->results), QList<int>{kInvalidRequest});
        QCOMPARE(broker.metadata().find("t")->partitionCount(), 1);
    }

    void configsAreNotAltered() {
        CoreFixture broker;
        for (const char* name : {"t", "u"})
            broker.makeTopic(name);
        wire::AlterConfigsRequest all;
        wire::IncrementalAlterConfigsRequest some;
        for (const char* name : {"t", "u", "t"}) {
            all.resources.push_back({2, name, {{"retention.ms", "5"}}});
            some.resources.push_back({2, name, {{"segment.ms", 0, "7"}}});
        }
        const QList<int> refused{kInvalidRequest, kNone, kInvalidRequest};
        QCOMPARE(errorsOf(broker.get(alterConfigs, all, 1)->responses), refused);
        QCOMPARE(errorsOf(broker.get(incrementalAlterConfigs, some, 1)->responses), refused);
        QVERIFY(broker.metadata().find("t")->configs.empty());
        QCOMPARE(broker.metadata().find("u")->configs.size(), std::size_t(2));
    }

    void aGroupIsDeletedAndAnsweredOnce() {
        CoreFixture broker;
        wire::DeleteGroupsRequest request;
        request.groupsNames = {"g", "g"};
        QCOMPARE(errorsOf(broker.get(deleteGroups, request, 1)->results), QList<int>{kGroupIdNotFound});
    }
};

MILLRACE_TEST(TestNamedTwice)
#include "tst_named_twice.moc"
