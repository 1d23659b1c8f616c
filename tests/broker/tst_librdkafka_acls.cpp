// Debian's client makes rules of access, meets them, and takes them away.
#include "broker/support/rdkafka_clients.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;

namespace {

constexpr int kWaitMs = 60'000;

/// What came of one request of administration, and how many rules it speaks of.
struct Answered {
    rd_kafka_resp_err_t error;
    std::size_t rules;
};

/// Asks by `ask` and reads the event that comes of it.
template <typename Ask, typename Read>
Answered asked(rd_kafka_t* client, Ask ask, Read read) {
    rd_kafka_queue_t* queue = rd_kafka_queue_new(client);
    ask(queue);
    rd_kafka_event_t* event = rd_kafka_queue_poll(queue, kWaitMs);
    if (!event) qFatal("no answer within a minute");
    Answered answered{rd_kafka_event_error(event), 0};
    if (answered.error == RD_KAFKA_RESP_ERR_NO_ERROR) answered = read(event);
    rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
    return answered;
}

rd_kafka_AclBinding_t* rule(rd_kafka_ResourceType_t kind, const char* name, rd_kafka_AclOperation_t operation,
                            rd_kafka_AclPermissionType_t permission) {
    char reason[512];
    auto* binding = rd_kafka_AclBinding_new(kind, name, RD_KAFKA_RESOURCE_PATTERN_LITERAL, "User:ANONYMOUS", "*",
                                            operation, permission, reason, sizeof reason);
    if (!binding) qFatal("%s", reason);
    return binding;
}

Answered create(rd_kafka_t* client, std::vector<rd_kafka_AclBinding_t*> rules) {
    const auto answered = asked(
        client,
        [&](rd_kafka_queue_t* queue) { rd_kafka_CreateAcls(client, rules.data(), rules.size(), nullptr, queue); },
        [](rd_kafka_event_t* event) {
            Answered read{RD_KAFKA_RESP_ERR_NO_ERROR, 0};
            const auto* results = rd_kafka_CreateAcls_result_acls(rd_kafka_event_CreateAcls_result(event), &read.rules);
            for (std::size_t i = 0; i < read.rules; ++i)
                if (const auto* error = rd_kafka_acl_result_error(results[i])) read.error = rd_kafka_error_code(error);
            return read;
        });
    rd_kafka_AclBinding_destroy_array(rules.data(), rules.size());
    return answered;
}

rd_kafka_AclBindingFilter_t* about(const char* topic) {
    char reason[512];
    return rd_kafka_AclBindingFilter_new(RD_KAFKA_RESOURCE_TOPIC, topic, RD_KAFKA_RESOURCE_PATTERN_MATCH, nullptr,
                                         nullptr, RD_KAFKA_ACL_OPERATION_ANY, RD_KAFKA_ACL_PERMISSION_TYPE_ANY, reason,
                                         sizeof reason);
}

Answered describe(rd_kafka_t* client, const char* topic) {
    rd_kafka_AclBindingFilter_t* filter = about(topic);
    const auto answered = asked(
        client, [&](rd_kafka_queue_t* queue) { rd_kafka_DescribeAcls(client, filter, nullptr, queue); },
        [](rd_kafka_event_t* event) {
            Answered read{RD_KAFKA_RESP_ERR_NO_ERROR, 0};
            rd_kafka_DescribeAcls_result_acls(rd_kafka_event_DescribeAcls_result(event), &read.rules);
            return read;
        });
    rd_kafka_AclBinding_destroy(filter);
    return answered;
}

Answered remove(rd_kafka_t* client, const char* topic) {
    rd_kafka_AclBindingFilter_t* filter = about(topic);
    const auto answered = asked(
        client, [&](rd_kafka_queue_t* queue) { rd_kafka_DeleteAcls(client, &filter, 1, nullptr, queue); },
        [](rd_kafka_event_t* event) {
            Answered read{RD_KAFKA_RESP_ERR_NO_ERROR, 0};
            std::size_t filters = 0;
            const auto* responses =
                rd_kafka_DeleteAcls_result_responses(rd_kafka_event_DeleteAcls_result(event), &filters);
            rd_kafka_DeleteAcls_result_response_matching_acls(responses[0], &read.rules);
            return read;
        });
    rd_kafka_AclBinding_destroy(filter);
    return answered;
}

} // namespace

class TestLibrdkafkaAcls : public QObject {
    Q_OBJECT

private slots:
    void withoutAnAuthorizerThereAreNone() {
        InProcessBroker broker;
        Producer client(broker);
        QCOMPARE(create(client.handle(), {rule(RD_KAFKA_RESOURCE_TOPIC, "t", RD_KAFKA_ACL_OPERATION_READ,
                                               RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW)})
                     .error,
                 RD_KAFKA_RESP_ERR_SECURITY_DISABLED);
    }

    void rulesAreMadeMetAndTakenAway() {
        InProcessBroker broker({{"authorizer.class.name", "kafka.security.authorizer.AclAuthorizer"},
                                {"allow.everyone.if.no.acl.found", "true"}});
        Producer client(broker);
        client.send("open", 0, "before");
        client.flush();
        QCOMPARE(client.delivered.load(), 1);
        const auto made = create(
            client.handle(),
            {rule(RD_KAFKA_RESOURCE_TOPIC, "open", RD_KAFKA_ACL_OPERATION_WRITE, RD_KAFKA_ACL_PERMISSION_TYPE_DENY),
             rule(RD_KAFKA_RESOURCE_TOPIC, "*", RD_KAFKA_ACL_OPERATION_DESCRIBE, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW)});
        QCOMPARE(made.error, RD_KAFKA_RESP_ERR_NO_ERROR);
        QCOMPARE(made.rules, std::size_t(2));
        client.send("open", 0, "denied");
        client.flush();
        QCOMPARE(client.failed.load(), 1);
        QCOMPARE(describe(client.handle(), "open").rules, std::size_t(2));
        broker.restart();
        QTRY_COMPARE_WITH_TIMEOUT(describe(client.handle(), "open").rules, std::size_t(2), kWaitMs);
        QCOMPARE(remove(client.handle(), "open").rules, std::size_t(2));
        Producer another(broker); // the first one remembers for a while that it was denied
        another.send("open", 0, "after");
        another.flush();
        QCOMPARE(another.delivered.load(), 1);
    }
};

MILLRACE_TEST(TestLibrdkafkaAcls)
#include "tst_librdkafka_acls.moc"
