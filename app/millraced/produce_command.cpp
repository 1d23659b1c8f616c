#include "client_options.h"
#include "commands.h"
#include "line_input.h"

#include "kafka/producer.h"
#include "kafka/record_lines.h"

#include <fmt/format.h>

#include <memory>

namespace millrace::app {

namespace {

struct ProduceOptions {
    ClientOptions client;
    std::string topic;
    std::vector<std::string> files;
    std::vector<std::string> headers; ///< NAME=VALUE
    std::string keySeparator;
    std::optional<std::string> key;
    std::string delimiter = "\\n";
    std::int32_t partition = -1;
    std::string acks = "all";
    std::string compression = "none";
};

using Headers = std::vector<std::pair<std::string, std::string>>;

Result<Headers> headersOf(const std::vector<std::string>& texts) {
    Headers headers;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            return Error{ErrorCode::invalidArgument, fmt::format("-H {:?}: NAME=VALUE is needed", text)};
        headers.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return headers;
}

Result<char> delimiterOf(const std::string& text) {
    if (text == "\\n") return '\n';
    if (text == "\\0") return '\0';
    if (text == "\\t") return '\t';
    if (text.size() == 1) return text.front();
    return Error{ErrorCode::invalidArgument,
                 fmt::format("--delimiter {:?}: one byte, \\n, \\t or \\0 is needed", text)};
}

class Sender {
public:
    Sender(const ProduceOptions& options, kafka::Producer& producer, Headers headers)
        : options_(options), producer_(producer), headers_(std::move(headers)) {}

    /// All of them are in the topic then, or the error says which are not known to be.
    Status send(const std::vector<LineInput::Line>& lines) {
        std::vector<kafka::OutRecord> records;
        records.reserve(lines.size());
        for (const LineInput::Line& line : lines) {
            const kafka::KeyedLine parts = kafka::splitLine(line.text, options_.keySeparator);
            kafka::OutRecord& record = records.emplace_back();
            record.topic = options_.topic;
            record.partition = options_.partition;
            record.key = parts.key;
            if (!parts.key && options_.key) record.key = *options_.key;
            record.value = parts.value;
            record.headers = headers_;
        }
        const Status sent = producer_.send(records);
        if (sent) {
            sent_ += lines.size();
            return ok();
        }
        const auto& refusals = producer_.refusals();
        const std::string where = refusals.empty() ? lines.front().place : lines[refusals.front().index].place;
        return Error{sent.error().code,
                     fmt::format("{}: {} ({} records before {} are in the topic; of {} to {} some may be)", where,
                                 refusals.empty() ? sent.error().message : refusals.front().error.message, sent_,
                                 lines.front().place, lines.front().place, lines.back().place)};
    }
    std::size_t sent() const { return sent_; }

private:
    const ProduceOptions& options_;
    kafka::Producer& producer_;
    Headers headers_;
    std::size_t sent_ = 0;
};

int produce(const ProduceOptions& options) {
    auto headers = headersOf(options.headers);
    if (!headers) return endWith(headers.error());
    const auto delimiter = delimiterOf(options.delimiter);
    if (!delimiter) return endWith(delimiter.error());
    const auto config = connectionOf(options.client, kafka::ClientRole::producer,
                                     {{"acks", options.acks}, {"compression.type", options.compression}});
    if (!config) return endWith(config.error());
    const auto producer = kafka::Producer::make(*config, clientLog(), "");
    if (!producer) return endWith(producer.error());
    (*producer)->setUnreachableLimit(options.client.limit());
    const std::atomic<bool>& stop = stopBySignal();
    LineInput input(options.files, *delimiter, stop);
    Sender sender(options, **producer, std::move(*headers));
    for (;;) {
        const auto lines = input.next();
        if (!lines) return endWith(lines.error().in(fmt::format("after {} records", sender.sent())));
        if (lines->empty()) break;
        if (const Status sent = sender.send(*lines); !sent) return endWith(sent.error());
    }
    if (stop) fmt::print(stderr, "Stopped after {} records.\n", sender.sent());
    return 0;
}

} // namespace

void addProduceCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<ProduceOptions>();
    CLI::App* command =
        program.add_subcommand("produce", "Write lines of files or of stdin to a topic, each one record");
    addClientOptions(*command, options->client);
    command->add_option("-t,--topic", options->topic, "Name of the topic")->required();
    command->add_option("FILE", options->files, "Files to read; none or - is stdin");
    command->add_option("-K,--key-separator", options->keySeparator,
                        "What stands before it in a line is the key; a line without it has none");
    command->add_option("-k,--key", options->key, "Key of the records that have no other");
    command->add_option("-H,--header", options->headers, "NAME=VALUE, a header of every record; may be given again")
        ->allow_extra_args(false);
    command->add_option("-p,--partition", options->partition, "Partition; by default the key decides")
        ->check(CLI::Range(0, INT32_MAX));
    command->add_option("-a,--acks", options->acks, "Who must have a record: all, 1 (the leader) or 0 (nobody)")
        ->capture_default_str()
        ->check(CLI::IsMember({"all", "-1", "1", "0"}));
    command->add_option("-z,--compression", options->compression, "Compression of batches")
        ->capture_default_str()
        ->check(CLI::IsMember({"none", "gzip", "snappy", "lz4", "zstd"}));
    command->add_option("--delimiter", options->delimiter, "What ends a record in the input: one byte, \\n, \\t or \\0")
        ->capture_default_str();
    command->footer(
        "Examples:\n  millraced produce -t orders -K : < orders.txt\n"
        "  tail -F app.log | millraced produce -t log -z zstd -H host=web1\n\n"
        "Exit code: 0 all records were acknowledged, 1 not all, and the error tells from which line on, 2 the "
        "command line is wrong. Ctrl-C ends the input; what was read is sent.");
    command->callback([options, &action] { action = [options] { return produce(*options); }; });
}

} // namespace millrace::app
