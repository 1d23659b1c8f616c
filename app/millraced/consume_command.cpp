#include "client_options.h"
#include "commands.h"

#include "kafka/consumer.h"
#include "kafka/record_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace millrace::app {

namespace {

using kafka::Offsets;
using kafka::TopicPartition;

constexpr std::size_t kPage = 500; ///< records that are written at a time
constexpr std::chrono::milliseconds kWait{100};

struct ConsumeOptions {
    ClientOptions client;
    std::vector<std::string> topics;
    std::vector<std::int32_t> partitions;
    std::string from = "beginning"; ///< beginning, end, an offset, -N or @MILLISECONDS
    std::string group;
    std::string format = "%s\\n";
    std::int64_t count = -1; ///< -1: no limit
    bool exitAtEnd = false;
    bool json = false;
};

/// Where a partition is begun; what lies outside of it becomes its nearer end.
struct From {
    enum class Kind { beginning, end, offset, tail, time };
    Kind kind = Kind::beginning;
    std::int64_t number = 0;

    static Result<From> parse(const std::string& text) {
        if (text == "beginning") return From{};
        if (text == "end") return From{Kind::end, 0};
        const bool time = text.starts_with('@'), tail = text.starts_with('-');
        const auto number = numberOf(std::string_view(text).substr(time || tail ? 1 : 0));
        if (!number || *number < 0)
            return Error{
                ErrorCode::invalidArgument,
                fmt::format("-o {}: beginning, end, an offset, -N for the last N or @MILLISECONDS is needed", text)};
        return From{time ? Kind::time : tail ? Kind::tail : Kind::offset, *number};
    }
};

Result<Offsets> startsOf(kafka::Admin& admin, const From& from, const std::vector<TopicPartition>& partitions,
                         std::chrono::milliseconds limit) {
    auto begins = admin.beginnings(partitions, limit);
    auto ends = begins ? admin.ends(partitions, limit) : begins;
    if (!ends) return ends.error();
    Offsets found;
    if (from.kind == From::Kind::time) {
        auto atTime = admin.offsetsAt(partitions, from.number, limit);
        if (!atTime) return atTime.error();
        found = std::move(*atTime);
    }
    Offsets starts;
    for (const TopicPartition& where : partitions) {
        const auto begin = begins->find(where), end = ends->find(where), atTime = found.find(where);
        if (begin == begins->end() || end == ends->end())
            return Error{ErrorCode::protocol, fmt::format("{} partition {} has no offsets now, perhaps no leader: try "
                                                          "again later",
                                                          where.topic, where.partition)};
        std::int64_t start = begin->second;
        if (from.kind == From::Kind::end || (from.kind == From::Kind::time && atTime == found.end()))
            start = end->second;
        else if (from.kind == From::Kind::time)
            start = atTime->second;
        else if (from.kind == From::Kind::offset)
            start = from.number;
        else if (from.kind == From::Kind::tail)
            start = end->second - std::min(from.number, end->second);
        starts[where] = std::clamp(start, begin->second, end->second);
    }
    return starts;
}

Result<std::vector<TopicPartition>> partitionsOf(kafka::Admin& admin, const ConsumeOptions& options) {
    std::vector<TopicPartition> all;
    for (const std::string& topic : options.topics) {
        const auto partitions = admin.partitions(topic, options.client.limit());
        if (!partitions) return partitions.error();
        for (const std::int32_t wanted : options.partitions)
            if (std::ranges::count(*partitions, wanted, &kafka::PartitionInfo::id) == 0)
                return Error{ErrorCode::notFound, fmt::format("topic {} has {} partitions, none of them is {}", topic,
                                                              partitions->size(), wanted)};
        for (const kafka::PartitionInfo& partition : *partitions)
            if (options.partitions.empty() || std::ranges::count(options.partitions, partition.id) > 0)
                all.push_back({topic, partition.id});
    }
    return all;
}

/// Either of a group, or from places of one's own.
Result<std::unique_ptr<kafka::Consumer>> consumerOf(const ConsumeOptions& options, const From& from,
                                                    std::size_t& partitions) {
    const auto config = connectionOf(options.client, kafka::ClientRole::consumer,
                                     {{"allow.auto.create.topics", "false"},
                                      {"auto.offset.reset", from.kind == From::Kind::end ? "latest" : "earliest"}});
    if (!config) return config.error();
    if (!options.group.empty())
        return kafka::Consumer::make(*config, {options.group, options.topics, {}}, {}, clientLog(), "");
    const auto admin = adminOf(options.client);
    if (!admin) return admin.error();
    const auto all = partitionsOf(**admin, options);
    if (!all) return all.error();
    const auto starts = startsOf(**admin, from, *all, options.client.limit());
    if (!starts) return starts.error();
    partitions = starts->size();
    return kafka::Consumer::makeAt(*config, *starts, {}, clientLog(), "");
}

class Reader {
public:
    Reader(const ConsumeOptions& options, kafka::RecordFormat format, kafka::Consumer& consumer, std::size_t partitions)
        : options_(options),
          format_(std::move(format)),
          consumer_(consumer),
          partitions_(partitions),
          stop_(stopBySignal()) {}

    /// The exit code.
    int run() {
        while (!stop_ && options_.count != written_) {
            kafka::RecordBatch batch;
            const Status polled = consumer_.poll(batch, most(), kWait);
            if (!polled && !goesOnAfter(polled.error())) return endWith(polled.error());
            const auto goesOn = write(batch);
            if (!goesOn) return endWith(goesOn.error());
            if (!*goesOn) break; // whoever read has enough
            if (batch.empty() && options_.exitAtEnd && consumer_.partitionsRead() == partitions_) break;
        }
        consumer_.close();
        return consumer_.failedCommits() > 0 ? kErrors : 0;
    }

private:
    std::size_t most() const {
        return options_.count < 0 ? kPage : std::min(kPage, static_cast<std::size_t>(options_.count - written_));
    }

    /// Who waits for new records sits out what passes, and is told of it once.
    bool goesOnAfter(const Error& error) {
        if (!error.retriable || options_.exitAtEnd) return false;
        if (std::exchange(told_, error.message) != error.message) fmt::print(stderr, "warning: {}\n", error.message);
        return true;
    }

    /// What is written counts for the group; what nobody has read does not.
    Result<bool> write(const kafka::RecordBatch& batch) {
        if (batch.empty()) return true;
        std::string text;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (options_.json)
                kafka::appendJson(text, batch, i);
            else
                format_.append(text, batch, i);
            if (options_.json) text += '\n';
        }
        auto written = writeOut(text);
        if (!written || !*written) return written;
        written_ += static_cast<std::int64_t>(batch.size());
        if (!options_.group.empty()) consumer_.commit(batch.progress());
        return true;
    }

    const ConsumeOptions& options_;
    kafka::RecordFormat format_;
    kafka::Consumer& consumer_;
    const std::size_t partitions_;
    const std::atomic<bool>& stop_;
    std::int64_t written_ = 0;
    std::string told_;
};

int consume(const ConsumeOptions& options) {
    const auto usage = [](const std::string& message) {
        fmt::print(stderr, "{}\n", message);
        return kUsage;
    };
    const auto from = From::parse(options.from);
    if (!from) return usage(from.error().message);
    auto format = kafka::RecordFormat::parse(options.format);
    if (!format) return usage("-f: " + format.error().message);
    if (!options.group.empty() && (options.exitAtEnd || !options.partitions.empty()))
        return usage("-g: a group decides itself which partitions are read, and has no end: leave out -e and -p");
    if (!options.group.empty() && from->kind != From::Kind::beginning && from->kind != From::Kind::end)
        return usage("-g: a group goes on where it has committed; -o beginning or end is for what it has not read yet");
    std::size_t partitions = 0;
    const auto consumer = consumerOf(options, *from, partitions);
    if (!consumer) return endWith(consumer.error());
    return Reader(options, std::move(*format), **consumer, partitions).run();
}

} // namespace

void addConsumeCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<ConsumeOptions>();
    CLI::App* command = program.add_subcommand("consume", "Print the records of topics");
    addClientOptions(*command, options->client);
    command->add_option("-t,--topic,TOPIC", options->topics, "Names of topics")->required();
    command->add_option("-p,--partition", options->partitions, "Only this partition; may be given again")
        ->allow_extra_args(false)
        ->check(CLI::Range(0, INT32_MAX));
    command
        ->add_option("-o,--from", options->from,
                     "beginning, end, an offset, -N for the last N of each partition, @MILLISECONDS since 1970")
        ->capture_default_str();
    command->add_option("-c,--count", options->count, "End after so many records")
        ->check(CLI::Range(std::int64_t(0), INT64_MAX));
    command->add_flag("-e,--exit", options->exitAtEnd, "End at the end of the topics");
    command->add_option("-g,--group", options->group, "Read as a member of this group, and commit what was printed");
    command
        ->add_option(
            "-f,--format", options->format,
            "%t topic, %p partition, %o offset, %k key, %s value, %T time, %h headers, %K %S lengths of key and "
            "value; \\n \\t \\0")
        ->capture_default_str();
    command->add_flag("-J,--json", options->json, "One JSON object a line; what is no UTF-8 in base 64");
    command->footer(
        "Examples:\n  millraced consume orders -e\n"
        "  millraced consume orders -o -10 -f '%p %o %k: %s\\n'\n"
        "  millraced consume orders -g billing -J -b kafka.example:9093 --config client.properties\n\n"
        "Exit code: 0 at the end, at Ctrl-C and when nobody reads the output any more, 1 after an error, 2 the "
        "command line is wrong.");
    command->callback([options, &action] { action = [options] { return consume(*options); }; });
}

} // namespace millrace::app
