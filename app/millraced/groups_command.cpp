#include "client_options.h"
#include "commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace millrace::app {

namespace {

using kafka::Admin;
using kafka::Offsets;
using kafka::TopicPartition;

struct GroupOptions {
    ClientOptions client;
    std::vector<std::string> groups;
    std::vector<std::string> topics; ///< to be reset: TOPIC or TOPIC:PARTITION
    std::string to;                  ///< earliest, latest, an offset, +N, -N or @MILLISECONDS
    bool execute = false;
    bool json = false;
};

std::string keyOf(const TopicPartition& where) {
    return fmt::format("{}:{}", where.topic, where.partition);
}

Result<std::vector<TopicPartition>> partitionsOf(Admin& admin, const std::string& topic,
                                                 std::chrono::milliseconds limit) {
    const auto partitions = admin.partitions(topic, limit);
    if (!partitions) return partitions.error();
    std::vector<TopicPartition> all;
    for (const kafka::PartitionInfo& partition : *partitions)
        all.push_back({topic, partition.id});
    return all;
}

/// Of every partition of the cluster.
Result<Offsets> committedOf(Admin& admin, const std::string& group, std::chrono::milliseconds limit) {
    const auto topics = admin.topics(limit);
    if (!topics) return topics.error();
    std::vector<TopicPartition> all;
    for (const kafka::TopicInfo& topic : *topics)
        for (std::int32_t id = 0; id < topic.partitions; ++id)
            all.push_back({topic.name, id});
    return admin.committed(group, all, limit);
}

int list(const GroupOptions& options) {
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    auto groups = (*admin)->groups(options.client.limit());
    if (!groups) return endWith(groups.error());
    std::ranges::sort(*groups, {}, &kafka::GroupInfo::name);
    Table table({{"GROUP"}, {"STATE"}, {"MEMBERS", true}});
    for (const kafka::GroupInfo& group : *groups)
        table.add({group.name, group.state, std::to_string(group.members)});
    return table.print(options.json);
}

/// What one group has committed and who reads it, a row a partition.
Status describeOne(Admin& admin, const std::string& group, std::chrono::milliseconds limit, Table& table) {
    const auto detail = admin.group(group, limit);
    if (!detail) return detail.error();
    const auto committed = committedOf(admin, group, limit);
    if (!committed) return committed.error();
    if (detail->members.empty() && committed->empty())
        return Error{ErrorCode::notFound, "there is no group " + group, false};
    std::map<TopicPartition, const kafka::GroupMember*> readers;
    for (const auto& [where, offset] : *committed)
        readers[where] = nullptr;
    for (const kafka::GroupMember& member : detail->members)
        for (const TopicPartition& where : member.assignment)
            readers[where] = &member;
    std::vector<TopicPartition> all;
    for (const auto& [where, member] : readers)
        all.push_back(where);
    const auto ends = admin.ends(all, limit);
    if (!ends) return ends.error();
    for (const auto& [where, member] : readers) {
        const auto offset = committed->find(where);
        const auto end = ends->find(where);
        const bool both = offset != committed->end() && end != ends->end();
        table.add({group, detail->state, where.topic, std::to_string(where.partition),
                   offset == committed->end() ? "" : std::to_string(offset->second),
                   end == ends->end() ? "" : std::to_string(end->second),
                   both ? std::to_string(std::max<std::int64_t>(end->second - offset->second, 0)) : "",
                   member ? member->clientId : "", member ? member->host : ""});
    }
    if (readers.empty()) table.add({group, detail->state, "", "", "", "", "", "", ""});
    return ok();
}

int describe(const GroupOptions& options) {
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    Table table({{"GROUP"},
                 {"STATE"},
                 {"TOPIC"},
                 {"PARTITION", true},
                 {"COMMITTED", true},
                 {"END", true},
                 {"LAG", true},
                 {"CLIENT"},
                 {"HOST"}});
    for (const std::string& group : options.groups)
        if (const Status described = describeOne(**admin, group, options.client.limit(), table); !described)
            return endWith(described.error());
    return table.print(options.json);
}

int remove(const GroupOptions& options) {
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    for (const std::string& group : options.groups)
        if (const Status gone = (*admin)->deleteGroup(group, options.client.limit()); !gone)
            return endWith(gone.error());
    return 0;
}

/// "orders" is all its partitions, "orders:0" one of them.
Result<std::vector<TopicPartition>> partitionsToReset(Admin& admin, const GroupOptions& options) {
    std::vector<TopicPartition> all;
    for (const std::string& text : options.topics) {
        const std::size_t colon = text.find(':');
        const auto partitions = partitionsOf(admin, text.substr(0, colon), options.client.limit());
        if (!partitions) return partitions.error();
        const std::size_t before = all.size();
        for (const TopicPartition& where : *partitions)
            if (colon == std::string::npos || keyOf(where) == text) all.push_back(where);
        if (all.size() == before)
            return Error{ErrorCode::notFound,
                         fmt::format("there is no partition {}: the topic has {}", text, partitions->size())};
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

/// The offset that `to` means for each, within what there is.
Result<Offsets> targetsOf(Admin& admin, const GroupOptions& options, const std::vector<TopicPartition>& partitions) {
    const auto limit = options.client.limit();
    auto begins = admin.beginnings(partitions, limit);
    const auto ends = begins ? admin.ends(partitions, limit) : begins;
    if (!ends) return ends.error();
    if (options.to == "earliest") return begins;
    if (options.to == "latest") return ends;
    const bool time = options.to.starts_with('@');
    const bool shift = options.to.starts_with('+') || options.to.starts_with('-');
    const auto number = numberOf(std::string_view(options.to).substr(time || options.to.starts_with('+') ? 1 : 0));
    if (!number || (time && *number < 0))
        return Error{
            ErrorCode::invalidArgument,
            fmt::format("--to {}: earliest, latest, an offset, +N, -N or @MILLISECONDS is needed", options.to)};
    Offsets base;
    if (time) {
        auto found = admin.offsetsAt(partitions, *number, limit);
        if (!found) return found.error();
        base = std::move(*found);
    } else if (shift) {
        auto found = admin.committed(options.groups.front(), partitions, limit);
        if (!found) return found.error();
        base = std::move(*found);
    }
    Offsets targets;
    for (const TopicPartition& where : partitions) {
        const auto begin = std::as_const(*begins).find(where), end = ends->find(where),
                   from = std::as_const(base).find(where);
        if (begin == begins->end() || end == ends->end())
            return Error{ErrorCode::protocol, keyOf(where) + " has no offsets now, perhaps no leader: try again later"};
        std::int64_t target = time ? end->second : *number;
        if (time && from != base.end()) target = from->second;
        if (shift && from == base.end())
            return Error{ErrorCode::invalidArgument,
                         keyOf(where) + ": the group has committed nothing to count from; use earliest or latest"};
        if (shift)
            target = from->second + std::clamp(*number, begin->second - from->second, end->second - from->second);
        targets[where] = std::clamp(target, begin->second, end->second);
    }
    return targets;
}

int reset(const GroupOptions& options) {
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    const auto partitions = partitionsToReset(**admin, options);
    if (!partitions) return endWith(partitions.error());
    const auto targets = targetsOf(**admin, options, *partitions);
    if (!targets) return endWith(targets.error());
    const std::string& group = options.groups.front();
    if (options.execute)
        if (const Status done = (*admin)->commitFor(group, *targets, options.client.limit()); !done)
            return endWith(done.error());
    Table table({{"GROUP"}, {"TOPIC"}, {"PARTITION", true}, {"NEW-OFFSET", true}});
    for (const auto& [where, offset] : *targets)
        table.add({group, where.topic, std::to_string(where.partition), std::to_string(offset)});
    const int code = table.print(options.json);
    if (!options.execute) fmt::print(stderr, "Nothing was changed: --execute does it.\n");
    return code;
}

CLI::App* add(CLI::App& parent, Action& action, const std::shared_ptr<GroupOptions>& options, const char* name,
              const char* help, int (*verb)(const GroupOptions&)) {
    CLI::App* command = parent.add_subcommand(name, help);
    addClientOptions(*command, options->client);
    command->callback([options, verb, &action] { action = [options, verb] { return verb(*options); }; });
    return command;
}

} // namespace

void addGroupsCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<GroupOptions>();
    CLI::App* groups =
        program.add_subcommand("groups", "Look at consumer groups, their lag and offsets, and change them");
    groups->require_subcommand(1);
    groups->footer("Examples:\n  millraced groups describe billing\n"
                   "  millraced groups reset billing --topic orders --to earliest --execute\n"
                   "  millraced groups reset billing --topic orders:0 --to @1767225600000");
    CLI::App* listed = add(*groups, action, options, "list", "Names and states", list);
    CLI::App* described = add(*groups, action, options, "describe", "Offsets, lag and members", describe);
    CLI::App* moved = add(*groups, action, options, "reset", "Set offsets of a group without members", reset);
    CLI::App* deleted = add(*groups, action, options, "delete", "Forget groups without members", remove);
    moved->add_option("-t,--topic", options->topics, "TOPIC or TOPIC:PARTITION; may be given again")
        ->required()
        ->allow_extra_args(false);
    moved->add_option("--to", options->to, "earliest, latest, an offset, +N or -N from where it is, @MILLISECONDS")
        ->required();
    moved->add_flag("--execute", options->execute, "Do it; otherwise it is only told");
    for (CLI::App* command : {listed, described, moved})
        command->add_flag("--json", options->json, "One JSON object a line");
    for (CLI::App* command : {described, deleted})
        command->add_option("GROUP", options->groups, "Names of groups")->required();
    moved->add_option("GROUP", options->groups, "Name of the group")->required()->expected(1);
}

} // namespace millrace::app
