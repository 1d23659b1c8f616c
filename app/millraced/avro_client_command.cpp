#include "commands.h"

#include "base/file_system.h"
#include "line_input.h"
#include "rpc/avro_client.h"
#include "topology/text/properties_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace millrace::app {

namespace {

namespace fs = std::filesystem;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kBatch = 100;
constexpr std::size_t kBatchBytes = 1 << 20;
constexpr std::uint64_t kHeaderFileBytes = 1 << 20;
constexpr std::size_t kLongestLine = 16 << 20;
constexpr const char* kCompleted = ".COMPLETED"; ///< as Flume's client marks a file

struct AvroClientOptions {
    std::string host = "localhost";
    std::uint16_t port = 0;
    std::string file, directory, headerFile, rpcProperties;
};

std::string_view withoutReturn(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// Sends lines as events, in batches. What take() and flush() have answered well is in the channels of the other side.
class Sender {
public:
    Sender(std::unique_ptr<rpc::AvroClient> client, Headers headers)
        : client_(std::move(client)), headers_(std::move(headers)) {}

    Status take(std::string_view line) {
        if (batch_.empty())
            batch_.add(headers_, line);
        else
            batch_.addWithSameHeaders(line);
        return batch_.events() >= kBatch || batch_.bytes() >= kBatchBytes ? flush() : ok();
    }
    Status flush() {
        if (batch_.empty()) return ok();
        const auto answer = client_->appendBatch(batch_);
        if (!answer) return answer.error();
        if (*answer != rpc::CallStatus::ok)
            return Error{ErrorCode::denied,
                         fmt::format("the source answered {}: its channel may be full, or the events "
                                     "may be refused; its log says which",
                                     rpc::toString(*answer))};
        sent_ += batch_.events();
        batch_.clear();
        return ok();
    }
    std::size_t sent() const { return sent_; }

private:
    const std::unique_ptr<rpc::AvroClient> client_;
    const Headers headers_;
    rpc::AvroBatch batch_;
    std::size_t sent_ = 0;
};

Result<Headers> readHeaders(const std::string& path) {
    Headers headers;
    if (path.empty()) return headers;
    const auto bytes = posixFileSystem().readAll(path, kHeaderFileBytes);
    if (!bytes) return bytes.error().in("--headerFile");
    const std::string text(bytes->begin(), bytes->end());
    for (const topology::Entry& entry : topology::PropertiesText::parse(text).entries) {
        const auto same =
            std::find_if(headers.begin(), headers.end(), [&](const auto& one) { return one.first == entry.key; });
        if (same == headers.end())
            headers.emplace_back(entry.key, entry.value);
        else
            same->second = entry.value; // the last one counts
    }
    return headers;
}

/// Empty is standard input. Lines may end as those of Windows do.
Status sendFile(const std::string& path, Sender& sender) {
    const std::atomic<bool> goesOn{false};
    LineInput input(path.empty() ? std::vector<std::string>{} : std::vector{path}, '\n', goesOn);
    for (;;) {
        const auto lines = input.next();
        if (!lines) return lines.error();
        for (const LineInput::Line& line : *lines) {
            if (line.text.size() > kLongestLine)
                return Error{ErrorCode::outOfRange,
                             fmt::format("{}: the line is longer than {} bytes, which no event is to be: is it text?",
                                         line.place, kLongestLine)};
            MILLRACE_TRY(sender.take(withoutReturn(line.text)));
        }
        MILLRACE_TRY(sender.flush());
        if (lines->empty()) return ok();
    }
}

/// In the order of their names; a file that was sent is renamed, so that the next run leaves it out.
Status sendDirectory(const std::string& directory, Sender& sender) {
    std::error_code wrong;
    std::vector<fs::path> files;
    for (auto entry = fs::directory_iterator(directory, wrong); !wrong && entry != fs::directory_iterator();
         entry.increment(wrong)) {
        const std::string name = entry->path().filename().string();
        std::error_code unseen;
        if (entry->is_regular_file(unseen) && !name.starts_with('.') && !name.ends_with(kCompleted))
            files.push_back(entry->path());
    }
    if (wrong) return errnoError(wrong.value(), "read " + directory);
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        const std::string done = file.string() + kCompleted;
        if (fs::exists(done, wrong))
            return Error{ErrorCode::alreadyExists, done + " is there already: remove one of the two files"};
        MILLRACE_TRY(sendFile(file.string(), sender));
        if (::rename(file.c_str(), done.c_str()) != 0) return errnoError(errno, "rename " + file.string());
    }
    return ok();
}

Status send(const AvroClientOptions& options, Sender& sender) {
    if (!options.directory.empty()) return sendDirectory(options.directory, sender);
    return sendFile(options.file, sender);
}

int run(const AvroClientOptions& options) {
    const auto refuse = [](const Error& error) {
        fmt::print(stderr, "error: {}\n", error.message);
        return kErrors;
    };
    auto headers = readHeaders(options.headerFile);
    if (!headers) return refuse(headers.error());
    rpc::ClientOptions connection;
    connection.address = {options.host, options.port};
    auto client = rpc::AvroClient::connect(connection);
    if (!client) return refuse(client.error());
    Sender sender(std::move(*client), std::move(*headers));
    const Status sent = send(options, sender);
    fmt::print(stderr, "{} events are in the channels of {}\n", sender.sent(), connection.address.toString());
    return sent ? kDrained : refuse(sent.error());
}

} // namespace

void addAvroClientCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<AvroClientOptions>();
    CLI::App* command = program.add_subcommand(
        "avro-client", "Send each line of a file or of standard input to an avro source, as flume-ng avro-client does");
    command->add_option("-H,--host", options->host, "Of the avro source")->capture_default_str();
    command->add_option("-p,--port", options->port, "Of the avro source")->check(CLI::Range(1, 65'535))->required();
    auto* file = command->add_option("-F,--filename", options->file, "Lines of this file instead of standard input");
    command->add_option("--dirname", options->directory, "All files of a directory, which are renamed to ….COMPLETED")
        ->excludes(file);
    command->add_option("-R,--headerFile", options->headerFile, "Properties that every event gets as headers");
    command->add_option("-P,--rpcProps", options->rpcProperties, "Refused: properties of Flume's Java client");
    command->footer("Exit code: 0 the source has all lines, 1 it has not, 2 the command line is wrong.");
    command->callback([options, &action] {
        if (!options->rpcProperties.empty())
            throw CLI::ValidationError("-P",
                                       "a file of properties of Flume's Java client is not read here: give --host "
                                       "and --port");
        action = [options] { return run(*options); };
    });
}

} // namespace millrace::app
