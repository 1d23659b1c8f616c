#pragma once

#include "kafka/admin.h"

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the commands share that are clients of a cluster, ours or Apache Kafka's.
namespace millrace::app {

/// How to reach it. Lives as long as the command that asked for it.
struct ClientOptions {
    std::string servers = "localhost:9092";
    std::string file;                    ///< client.properties
    std::vector<std::string> properties; ///< NAME=VALUE, Java's name or librdkafka's
    double timeoutSeconds = 20;

    std::chrono::milliseconds limit() const {
        return std::chrono::milliseconds(static_cast<std::int64_t>(timeoutSeconds * 1000));
    }
};
void addClientOptions(CLI::App& command, ClientOptions& options);

/// The file's properties, above them those of the command line, above both `own`. Prints what has no effect.
Result<kafka::ConnectionConfig> connectionOf(const ClientOptions& options, kafka::ClientRole role,
                                             const kafka::JavaProperties& own = {});
Result<std::unique_ptr<kafka::Admin>> adminOf(const ClientOptions& options);

/// "NAME=VALUE" of each of `set`, and those of `unset` without a value. Error: another form, or a name twice.
Result<kafka::ConfigChanges> changesOf(const std::vector<std::string>& set, const std::vector<std::string>& unset);

/// What a client has to say that went wrong, to stderr.
Log& clientLog();

/// Prints it; the exit code of a failure.
int endWith(const Error& error);

/// SIGINT and SIGTERM set it from now on, once; the next one ends the process. SIGPIPE is ignored.
const std::atomic<bool>& stopBySignal();

/// All of it to stdout. False: nobody reads any more; an Error: it cannot be written.
Result<bool> writeOut(std::string_view text);

/// Whole numbers without blanks or signs but '-'.
std::optional<std::int64_t> numberOf(std::string_view text);

/// A table for people, with columns as wide as they need, or one JSON object a line for scripts.
class Table {
public:
    struct Column {
        const char* title; ///< of the JSON member in small letters with '_'
        bool number = false;
    };
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    /// An empty cell is "-" and null. Returns the exit code.
    int print(bool json) const;

private:
    std::string text() const;
    std::string json() const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace millrace::app
