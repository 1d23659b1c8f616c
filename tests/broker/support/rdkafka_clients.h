#pragma once

#include "broker/support/in_process_broker.h"

#include <QtTest>

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace millrace::broker {

using Properties = std::map<std::string, std::string>;

inline rd_kafka_t* newClient(rd_kafka_type_t type, const std::string& address, Properties properties,
                             rd_kafka_conf_t* conf) {
    properties.emplace("bootstrap.servers", address);
    char reason[512];
    for (const auto& [name, value] : properties)
        if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), reason, sizeof reason) != RD_KAFKA_CONF_OK)
            qFatal("%s", reason);
    rd_kafka_t* client = rd_kafka_new(type, conf, reason, sizeof reason);
    if (!client) qFatal("%s", reason);
    return client;
}

class Producer {
public:
    explicit Producer(const InProcessBroker& broker, Properties properties = {}) {
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        rd_kafka_conf_set_opaque(conf, this);
        rd_kafka_conf_set_dr_msg_cb(conf, [](rd_kafka_t*, const rd_kafka_message_t* message, void* self) {
            auto& producer = *static_cast<Producer*>(self);
            (message->err ? producer.failed : producer.delivered)++;
        });
        client_ = newClient(RD_KAFKA_PRODUCER, broker.address(), std::move(properties), conf);
    }
    ~Producer() { rd_kafka_destroy(client_); }

    void send(const std::string& topic, int partition, const std::string& value) {
        const auto error = rd_kafka_producev(client_, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
                                             RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                                             RD_KAFKA_V_KEY("key", 3), RD_KAFKA_V_HEADER("header", "text", 4),
                                             RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
        if (error) qFatal("%s", rd_kafka_err2str(error));
    }
    void flush() { QCOMPARE(rd_kafka_flush(client_, 60'000), RD_KAFKA_RESP_ERR_NO_ERROR); }
    rd_kafka_t* handle() { return client_; }

    std::atomic<int> delivered{0}, failed{0};

private:
    rd_kafka_t* client_;
};

class Consumer {
public:
    Consumer(const InProcessBroker& broker, const std::string& group, const std::vector<std::string>& topics,
             Properties properties = {}) {
        properties.emplace("group.id", group);
        properties.emplace("auto.offset.reset", "earliest");
        properties.emplace("enable.auto.commit", "false");
        properties.emplace("check.crcs", "true");
        client_ = newClient(RD_KAFKA_CONSUMER, broker.address(), std::move(properties), rd_kafka_conf_new());
        rd_kafka_poll_set_consumer(client_);
        rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(1);
        for (const auto& topic : topics)
            rd_kafka_topic_partition_list_add(list, topic.c_str(), RD_KAFKA_PARTITION_UA);
        rd_kafka_subscribe(client_, list);
        rd_kafka_topic_partition_list_destroy(list);
    }
    ~Consumer() {
        rd_kafka_consumer_close(client_);
        rd_kafka_destroy(client_);
    }

    /// Adds what came in the next moment; returns how many.
    int poll() {
        int count = 0;
        while (rd_kafka_message_t* message = rd_kafka_consumer_poll(client_, count == 0 ? 100 : 0)) {
            if (!message->err) {
                values.insert(std::string(static_cast<const char*>(message->payload), message->len));
                ++received, ++count;
            }
            rd_kafka_message_destroy(message);
        }
        return count;
    }
    int assigned() const {
        rd_kafka_topic_partition_list_t* list = nullptr;
        rd_kafka_assignment(client_, &list);
        const int count = list->cnt;
        rd_kafka_topic_partition_list_destroy(list);
        return count;
    }
    rd_kafka_t* handle() { return client_; }
    void commit() { QCOMPARE(rd_kafka_commit(client_, nullptr, 0), RD_KAFKA_RESP_ERR_NO_ERROR); }

    std::multiset<std::string> values;
    int received = 0;

private:
    rd_kafka_t* client_;
};

} // namespace millrace::broker
