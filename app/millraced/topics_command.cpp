#include "client_options.h"
#include "commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace millrace::app {

namespace {

using kafka::Admin;

struct TopicOptions {
    ClientOptions client;
    std::vector<std::string> topics;
    std::int32_t partitions = -1;  ///< -1: the cluster's default
    std::int32_t replication = -1; ///< likewise
    std::vector<std::string> set, unset;
    bool ifMissing = false;
    bool internal = false;
    bool json = false;
};

/// Apache Kafka's own topics, and those that only a broker writes.
bool isInternal(const std::string& topic) {
    return topic.starts_with("__");
}

std::string joined(const std::vector<std::int32_t>& numbers) {
    return fmt::format("{}", fmt::join(numbers, ","));
}

int list(const TopicOptions& options) {
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    auto topics = (*admin)->topics(options.client.limit());
    if (!topics) return endWith(topics.error());
    std::ranges::sort(*topics, {}, &kafka::TopicInfo::name);
    Table table({{"TOPIC"}, {"PARTITIONS", true}});
    for (const kafka::TopicInfo& topic : *topics)
        if (options.internal || !isInternal(topic.name)) table.add({topic.name, std::to_string(topic.partitions)});
    return table.print(options.json);
}

int describe(const TopicOptions& options) {
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    Table table(
        {{"TOPIC"}, {"PARTITION", true}, {"LEADER", true}, {"REPLICAS"}, {"IN-SYNC"}, {"BEGIN", true}, {"END", true}});
    for (const std::string& topic : options.topics) {
        const auto partitions = (*admin)->partitions(topic, options.client.limit());
        if (!partitions) return endWith(partitions.error());
        std::vector<kafka::TopicPartition> all;
        for (const kafka::PartitionInfo& partition : *partitions)
            all.push_back({topic, partition.id});
        const auto begins = (*admin)->beginnings(all, options.client.limit());
        const auto ends = begins ? (*admin)->ends(all, options.client.limit()) : begins;
        if (!ends) return endWith(ends.error());
        const auto text = [&](const kafka::Offsets& offsets, std::int32_t id) {
            const auto found = offsets.find({topic, id});
            return found == offsets.end() ? std::string() : std::to_string(found->second);
        };
        for (const kafka::PartitionInfo& partition : *partitions)
            table.add({topic, std::to_string(partition.id),
                       partition.leader < 0 ? "" : std::to_string(partition.leader), joined(partition.replicas),
                       joined(partition.inSync), text(*begins, partition.id), text(*ends, partition.id)});
    }
    return table.print(options.json);
}

int create(const TopicOptions& options) {
    const auto changes = changesOf(options.set, {});
    if (!changes) return endWith(changes.error());
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    for (const std::string& name : options.topics) {
        kafka::NewTopic topic{name, options.partitions, options.replication, {}};
        for (const auto& [key, value] : *changes)
            topic.config[key] = *value;
        const Status made = options.ifMissing ? (*admin)->createTopic(topic, options.client.limit())
                                              : (*admin)->makeTopic(topic, options.client.limit());
        if (!made) return endWith(made.error());
    }
    return 0;
}

int remove(const TopicOptions& options) {
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    for (const std::string& topic : options.topics)
        if (const Status gone = (*admin)->deleteTopic(topic, options.client.limit()); !gone)
            return endWith(gone.error());
    return 0;
}

int alter(const TopicOptions& options) {
    const auto changes = changesOf(options.set, options.unset);
    if (!changes) return endWith(changes.error());
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    for (const std::string& topic : options.topics) {
        if (!changes->empty()) {
            const kafka::ConfigOwner owner{kafka::ConfigOwner::Kind::topic, topic};
            if (const Status done = (*admin)->changeConfigs(owner, *changes, options.client.limit()); !done)
                return endWith(done.error());
        }
        if (options.partitions > 0)
            if (const Status grown = (*admin)->growTopic(topic, options.partitions, options.client.limit()); !grown)
                return endWith(grown.error());
    }
    return 0;
}

using Verb = int (*)(const TopicOptions&);

CLI::App* add(CLI::App& parent, Action& action, const std::shared_ptr<TopicOptions>& options, const char* name,
              const char* help, Verb verb) {
    CLI::App* command = parent.add_subcommand(name, help);
    addClientOptions(*command, options->client);
    command->callback([options, verb, &action] { action = [options, verb] { return verb(*options); }; });
    return command;
}

} // namespace

void addTopicsCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<TopicOptions>();
    CLI::App* topics = program.add_subcommand("topics", "Look at the topics of a cluster and change them");
    topics->require_subcommand(1);
    topics->footer("Examples:\n  millraced topics list\n"
                   "  millraced topics create orders --partitions 3 --set retention.ms=86400000\n"
                   "  millraced topics alter orders --partitions 6 --unset retention.ms -b kafka.example:9092");
    CLI::App* listed = add(*topics, action, options, "list", "Names and numbers of partitions", list);
    listed->add_flag("--internal", options->internal, "Those too whose name begins with __");
    listed->add_flag("--json", options->json, "One JSON object a line");
    CLI::App* described =
        add(*topics, action, options, "describe", "Leaders, replicas and offsets of partitions", describe);
    described->add_flag("--json", options->json, "One JSON object a line");
    CLI::App* created = add(*topics, action, options, "create", "Make topics", create);
    created->add_option("--replication", options->replication, "Replicas; by default what the cluster has set");
    created->add_option("--set", options->set, "NAME=VALUE, a setting of the topic; may be given again")
        ->allow_extra_args(false);
    created->add_flag("--if-missing", options->ifMissing, "A topic that is there already is no error");
    CLI::App* deleted = add(*topics, action, options, "delete", "Delete topics and their records", remove);
    CLI::App* altered = add(*topics, action, options, "alter", "Add partitions, change settings", alter);
    altered->add_option("--set", options->set, "NAME=VALUE, a setting of the topic; may be given again")
        ->allow_extra_args(false);
    altered->add_option("--unset", options->unset, "NAME of a setting that goes back to its default")
        ->allow_extra_args(false);
    for (CLI::App* command : {created, altered})
        command->add_option("-p,--partitions", options->partitions, "How many partitions the topic has then")
            ->check(CLI::Range(1, 1'000'000));
    for (CLI::App* command : {described, created, deleted, altered})
        command->add_option("TOPIC", options->topics, "Names of topics")->required();
}

} // namespace millrace::app
