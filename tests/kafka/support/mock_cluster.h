#pragma once

#include "kafka/support/no_tsan.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <string>
#include <string_view>
#include <vector>

namespace millrace::test {

/// librdkafka's own brokers, in this process, over real loopback sockets.
class MockCluster {
public:
    explicit MockCluster(int brokers = 1) {
        char text[256] = {};
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        rd_kafka_conf_set(conf, "log_level", "2", text, sizeof text);
        handle_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof text);
        cluster_ = rd_kafka_mock_cluster_new(handle_, brokers);
    }
    ~MockCluster() {
        rd_kafka_mock_cluster_destroy(cluster_);
        rd_kafka_destroy(handle_);
    }
    MockCluster(const MockCluster&) = delete;
    MockCluster& operator=(const MockCluster&) = delete;

    std::string servers() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }
    void createTopic(const char* topic, int partitions) { rd_kafka_mock_topic_create(cluster_, topic, partitions, 1); }
    void topicError(const char* topic, rd_kafka_resp_err_t code) {
        rd_kafka_mock_topic_set_error(cluster_, topic, code);
    }
    void brokerDown(int id) { rd_kafka_mock_broker_set_down(cluster_, id); }
    void brokerUp(int id) { rd_kafka_mock_broker_set_up(cluster_, id); }
    rd_kafka_mock_cluster_t* get() { return cluster_; }

private:
    rd_kafka_t* handle_ = nullptr;
    rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

} // namespace millrace::test
