// A librdkafka client for measuring any Kafka broker: the same program against ours and Apache's.
//   bench_kafka_client first-ack SERVERS TOPIC START_NS    ms from START_NS (CLOCK_REALTIME) to the first acknowledgement
//   bench_kafka_client produce SERVERS TOPIC RECORDS SIZE ACKS    records per second
//   bench_kafka_client consume SERVERS TOPIC RECORDS              records per second
#include "payload.h"

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

rd_kafka_t* makeClient(rd_kafka_type_t type, const std::map<std::string, std::string>& settings,
                       void (*delivered)(rd_kafka_t*, const rd_kafka_message_t*, void*) = nullptr, void* opaque = nullptr) {
    char error[256];
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    for (const auto& [key, value] : settings)
        if (rd_kafka_conf_set(conf, key.c_str(), value.c_str(), error, sizeof error) != RD_KAFKA_CONF_OK) {
            std::fprintf(stderr, "%s\n", error);
            std::exit(2);
        }
    if (delivered) rd_kafka_conf_set_dr_msg_cb(conf, delivered);
    rd_kafka_conf_set_opaque(conf, opaque);
    return rd_kafka_new(type, conf, error, sizeof error);
}

struct Deliveries {
    long good = 0, bad = 0;
};
void count(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    auto& deliveries = *static_cast<Deliveries*>(opaque);
    ++(message->err ? deliveries.bad : deliveries.good);
}

int firstAck(const std::string& servers, const char* topic, long long startNs) {
    Deliveries deliveries;
    rd_kafka_t* producer = makeClient(RD_KAFKA_PRODUCER,
                                      {{"bootstrap.servers", servers}, {"reconnect.backoff.ms", "5"}, {"reconnect.backoff.max.ms", "20"},
                                       {"topic.metadata.refresh.fast.interval.ms", "5"}, {"retry.backoff.ms", "5"}, {"linger.ms", "0"},
                                       {"log_level", "0"}},
                                      count, &deliveries);
    char text[] = "first";
    rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_VALUE(text, sizeof text), RD_KAFKA_V_END);
    while (deliveries.good + deliveries.bad == 0) rd_kafka_poll(producer, 10);
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    std::printf("%.1f\n", (static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec) - static_cast<double>(startNs)) / 1e6);
    rd_kafka_destroy(producer);
    return deliveries.good == 1 ? 0 : 1;
}

int produce(const std::string& servers, const char* topic, long records, std::size_t size, const char* acks) {
    Deliveries deliveries;
    rd_kafka_t* producer = makeClient(RD_KAFKA_PRODUCER,
                                      {{"bootstrap.servers", servers}, {"acks", acks}, {"linger.ms", "5"}, {"batch.size", "1000000"},
                                       {"queue.buffering.max.messages", "500000"}, {"batch.num.messages", "100000"}},
                                      count, &deliveries);
    std::vector<std::uint8_t> body = millrace::bench::payload(size);
    rd_kafka_topic_t* handle = rd_kafka_topic_new(producer, topic, nullptr);
    const auto start = Clock::now();
    for (long i = 0; i < records; ++i) {
        while (rd_kafka_produce(handle, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, body.data(), size, nullptr, 0, nullptr) != 0)
            rd_kafka_poll(producer, 5);
        if (i % 1000 == 0) rd_kafka_poll(producer, 0);
    }
    rd_kafka_flush(producer, 120'000);
    std::printf("%.0f\n", static_cast<double>(deliveries.good) / secondsSince(start));
    rd_kafka_topic_destroy(handle);
    rd_kafka_destroy(producer);
    return deliveries.good == records ? 0 : 1;
}

int consume(const std::string& servers, const char* topic, long records) {
    rd_kafka_t* consumer = makeClient(RD_KAFKA_CONSUMER,
                                      {{"bootstrap.servers", servers}, {"group.id", "bench"}, {"enable.auto.commit", "false"},
                                       {"queued.min.messages", "1000000"}, {"fetch.message.max.bytes", "4194304"}, {"check.crcs", "false"}});
    rd_kafka_queue_t* queue = rd_kafka_queue_get_consumer(consumer);
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    std::vector<rd_kafka_message_t*> messages(10'000);
    long read = 0;
    Clock::time_point start;
    while (read < records) {
        const auto got = rd_kafka_consume_batch_queue(queue, 10'000, messages.data(), messages.size());
        if (got <= 0) break;
        if (read == 0) start = Clock::now(); // the connection is not what is measured
        for (ssize_t i = 0; i < got; ++i) {
            if (!messages[static_cast<std::size_t>(i)]->err) ++read;
            rd_kafka_message_destroy(messages[static_cast<std::size_t>(i)]);
        }
    }
    std::printf("%.0f\n", static_cast<double>(read) / secondsSince(start));
    rd_kafka_queue_destroy(queue);
    rd_kafka_consumer_close(consumer);
    rd_kafka_destroy(consumer);
    return read >= records ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::string verb = argc > 1 ? argv[1] : "";
    if (verb == "first-ack" && argc == 5) return firstAck(argv[2], argv[3], std::atoll(argv[4]));
    if (verb == "produce" && argc == 7)
        return produce(argv[2], argv[3], std::atol(argv[4]), static_cast<std::size_t>(std::atol(argv[5])), argv[6]);
    if (verb == "consume" && argc == 5) return consume(argv[2], argv[3], std::atol(argv[4]));
    std::fprintf(stderr, "see the head of kafka_client.cpp for the arguments\n");
    return 2;
}
