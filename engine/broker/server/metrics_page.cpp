#include "broker/server/metrics_page.h"

#include "base/prometheus_text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace millrace::broker {

namespace {

constexpr std::string_view kCounter = "counter", kGauge = "gauge";

using Traffic = std::uint64_t PartitionSnapshot::*;

class Page {
public:
    explicit Page(const BrokerSnapshot& broker) : broker_(broker) {
        for (const TopicSnapshot& topic : broker.topics)
            for (const PartitionSnapshot& partition : topic.partitions)
                if (partitions_.size() < kMostListed)
                    partitions_.push_back({&topic, &partition, std::to_string(partition.id)});
        for (const GroupSnapshot& group : broker.groups)
            for (const OffsetSnapshot& offset : group.offsets)
                if (offsets_.size() < kMostListed)
                    offsets_.push_back({&group, &offset, std::to_string(offset.partition)});
        for (const TopicSnapshot& topic : broker.topics)
            for (const PartitionSnapshot& partition : topic.partitions)
                ends_[{topic.name, partition.id}] = partition.nextOffset;
    }

    void traffic() {
        perTopic("kafka_server_brokertopicmetrics_messagesin_total", "Records that producers wrote.", broker_.recordsIn,
                 &PartitionSnapshot::recordsIn);
        perTopic("kafka_server_brokertopicmetrics_bytesin_total", "Bytes that producers wrote.", broker_.bytesIn,
                 &PartitionSnapshot::bytesIn);
        perTopic("kafka_server_brokertopicmetrics_bytesout_total", "Bytes that consumers read.", broker_.bytesOut,
                 &PartitionSnapshot::bytesOut);
        perTopic("millrace_brokertopicmetrics_messagesout_total", "Records that consumers read, by whole batches.",
                 broker_.recordsOut, &PartitionSnapshot::recordsOut);
        single("kafka_server_brokertopicmetrics_totalproducerequests_total", kCounter, "Requests to write.",
               broker_.produceRequests);
        single("kafka_server_brokertopicmetrics_totalfetchrequests_total", kCounter, "Requests to read.",
               broker_.fetchRequests);
        text_.metric("kafka_network_requestmetrics_requests_total", kCounter, "Requests by their kind.");
        text_.sample({{"request", "Produce"}}, broker_.produceRequests);
        text_.sample({{"request", "Fetch"}}, broker_.fetchRequests);
        single("kafka_network_requestmetrics_errors_total", kCounter, "Requests that were answered with an error.",
               broker_.failedRequests);
        single("kafka_server_socket_server_metrics_connection_count", kGauge, "Clients that are connected.",
               std::uint64_t(broker_.connections));
    }

    void cluster() {
        const std::uint64_t partitions = ends_.size();
        single("kafka_brokers", kGauge, "Brokers of the cluster.", 1);
        single("kafka_controller_kafkacontroller_activecontrollercount", kGauge, "Whether this broker controls.", 1);
        single("kafka_controller_kafkacontroller_globaltopiccount", kGauge, "Topics of the cluster.",
               std::uint64_t(broker_.topics.size()));
        single("kafka_controller_kafkacontroller_globalpartitioncount", kGauge, "Partitions of the cluster.",
               partitions);
        single("kafka_server_replicamanager_partitioncount", kGauge, "Partitions of this broker.", partitions);
        single("kafka_server_replicamanager_leadercount", kGauge, "Partitions that this broker leads.", partitions);
        single("millrace_partitions_left_out", kGauge, "Partitions that have no samples here, for there are too many.",
               partitions - partitions_.size());
    }

    void partitions() {
        perPartition("kafka_log_log_size", "Bytes of the partition on disk.", &PartitionSnapshot::bytes);
        perPartition("kafka_log_log_logstartoffset", "Offset of the oldest record.", &PartitionSnapshot::logStart);
        perPartition("kafka_log_log_logendoffset", "Offset of the next record.", &PartitionSnapshot::nextOffset);
        perPartition("kafka_topic_partition_oldest_offset", "Offset of the oldest record.",
                     &PartitionSnapshot::logStart);
        perPartition("kafka_topic_partition_current_offset", "Offset of the next record.",
                     &PartitionSnapshot::nextOffset);
        text_.metric("kafka_topic_partitions", kGauge, "Partitions of the topic.");
        for (const TopicSnapshot* topic : listedTopics())
            text_.sample({{"topic", topic->name}}, std::uint64_t(topic->partitions.size()));
    }

    void groups() {
        text_.metric("kafka_consumergroup_members", kGauge, "Members of the group.");
        std::size_t listed = 0;
        for (const GroupSnapshot& group : broker_.groups)
            if (listed++ < kMostListed)
                text_.sample({{"consumergroup", group.id}}, std::uint64_t(group.members.size()));
        text_.metric("kafka_consumergroup_current_offset", kGauge, "Offset that the group has committed.");
        for (const Offset& offset : offsets_)
            if (offset.offset->committed >= 0) sampleOf(offset, offset.offset->committed);
        text_.metric("kafka_consumergroup_lag", kGauge, "Records that the group has still to read.");
        for (const Offset& offset : offsets_)
            if (const auto lag = lagOf(*offset.offset)) sampleOf(offset, *lag);
        std::size_t all = 0;
        for (const GroupSnapshot& group : broker_.groups)
            all += group.offsets.size();
        single("millrace_group_offsets_left_out", kGauge, "Offsets of groups that have no samples here.",
               std::uint64_t(all - offsets_.size()));
    }

    void process(const ProcessFigures& process) {
        const auto known = [this](std::string_view name, std::string_view type, std::string_view help,
                                  const auto& value) {
            if (value) single(name, type, help, *value);
        };
        known("process_cpu_seconds_total", kCounter, "Processor time.", process.cpuSeconds);
        known("process_start_time_seconds", kGauge, "When the process started, in seconds since 1970.",
              process.startSeconds);
        known("process_resident_memory_bytes", kGauge, "Memory in use.", process.residentBytes);
        known("process_virtual_memory_bytes", kGauge, "Addresses in use.", process.virtualBytes);
        known("process_open_fds", kGauge, "Files and sockets that are open.", process.openFiles);
        known("process_max_fds", kGauge, "Files and sockets that may be open.", process.mostOpenFiles);
    }

    std::string take() && { return std::move(text_).take(); }

private:
    struct Partition {
        const TopicSnapshot* topic;
        const PartitionSnapshot* partition;
        std::string id;
    };
    struct Offset {
        const GroupSnapshot* group;
        const OffsetSnapshot* offset;
        std::string partition;
    };

    void single(std::string_view name, std::string_view type, std::string_view help, auto value) {
        text_.metric(name, type, help);
        text_.sample({}, value);
    }

    /// Those that have a partition with samples of its own.
    std::vector<const TopicSnapshot*> listedTopics() const {
        std::vector<const TopicSnapshot*> topics;
        for (const Partition& partition : partitions_)
            if (topics.empty() || topics.back() != partition.topic) topics.push_back(partition.topic);
        return topics;
    }

    /// The sum of all is the sample without a topic; it counts topics too that are gone.
    void perTopic(std::string_view name, std::string_view help, std::uint64_t all, Traffic traffic) {
        text_.metric(name, kCounter, help);
        text_.sample({}, all);
        for (const TopicSnapshot* topic : listedTopics()) {
            std::uint64_t sum = 0;
            for (const PartitionSnapshot& partition : topic->partitions)
                sum += partition.*traffic;
            text_.sample({{"topic", topic->name}}, sum);
        }
    }

    void perPartition(std::string_view name, std::string_view help, auto value) {
        text_.metric(name, kGauge, help);
        for (const Partition& partition : partitions_)
            text_.sample({{"topic", partition.topic->name}, {"partition", partition.id}}, partition.partition->*value);
    }

    void sampleOf(const Offset& where, std::int64_t value) {
        text_.sample(
            {{"consumergroup", where.group->id}, {"topic", where.offset->topic}, {"partition", where.partition}},
            value);
    }

    /// Nothing where the topic is gone or nothing was committed; what retention has taken away still counts.
    std::optional<std::int64_t> lagOf(const OffsetSnapshot& offset) const {
        const auto end = ends_.find({offset.topic, offset.partition});
        if (end == ends_.end() || offset.committed < 0) return std::nullopt;
        return std::max<std::int64_t>(end->second - offset.committed, 0);
    }

    const BrokerSnapshot& broker_;
    std::vector<Partition> partitions_;
    std::vector<Offset> offsets_;
    std::map<std::pair<std::string_view, std::int32_t>, std::int64_t> ends_;
    PrometheusText text_;
};

} // namespace

std::string metricsPage(const BrokerSnapshot& broker, const ProcessFigures& process) {
    Page page(broker);
    page.traffic();
    page.cluster();
    page.partitions();
    page.groups();
    page.process(process);
    return std::move(page).take();
}

} // namespace millrace::broker
