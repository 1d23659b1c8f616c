#include "client_options.h"
#include "commands.h"

#include "kafka/java_properties.h"
#include "topology/document/document.h"
#include "topology/text/properties_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>

#include <unistd.h>

namespace millrace::app {

namespace {

std::atomic<bool> gStop{false};

class WarningLog final : public Log {
public:
    void write(LogLevel level, std::string_view, std::string_view text) override {
        if (level >= LogLevel::warning) fmt::print(stderr, "{}: {}\n", toString(level), text);
    }
};

Result<kafka::JavaProperties> propertiesOfFile(const std::string& path) {
    kafka::JavaProperties properties;
    if (path.empty()) return properties;
    auto text = topology::readDocumentFile(path);
    if (!text) return text.error().in("--config " + path);
    for (const topology::Entry& entry : topology::PropertiesText::parse(*text).entries) {
        if (entry.malformedEscape != std::string::npos)
            return Error{
                ErrorCode::invalidArgument,
                fmt::format("{}:{}: \\u needs four hexadecimal digits: write \\\\ for a backslash", path, entry.line)};
        if (!entry.ours) properties[entry.key] = entry.value;
    }
    return properties;
}

} // namespace

void addClientOptions(CLI::App& command, ClientOptions& options) {
    command.add_option("-b,--brokers", options.servers, "HOST:PORT of one or more brokers, separated by commas")
        ->capture_default_str();
    command.add_option("--config", options.file, "client.properties, as Java clients have it, e.g. for SASL and TLS");
    command
        .add_option("-X", options.properties,
                    "NAME=VALUE, a property of clients by Java's name or librdkafka's; wins "
                    "over the file")
        ->allow_extra_args(false);
    command.add_option("--timeout", options.timeoutSeconds, "Seconds to wait for an answer")
        ->capture_default_str()
        ->check(CLI::Range(0.1, 86'400.0));
}

Result<kafka::ConnectionConfig> connectionOf(const ClientOptions& options, kafka::ClientRole role,
                                             const kafka::JavaProperties& own) {
    auto properties = propertiesOfFile(options.file);
    if (!properties) return properties.error();
    std::vector<std::pair<std::string, std::string>> native;
    for (const std::string& property : options.properties) {
        const std::size_t equals = property.find('=');
        if (equals == std::string::npos || equals == 0)
            return Error{ErrorCode::invalidArgument, fmt::format("-X {:?}: NAME=VALUE is needed", property)};
        std::string name = property.substr(0, equals), value = property.substr(equals + 1);
        if (kafka::findJavaProperty(name))
            (*properties)[name] = std::move(value);
        else
            native.emplace_back(std::move(name), std::move(value));
    }
    for (const auto& [name, value] : own)
        (*properties)[name] = value;
    auto config = kafka::connectionFromJava(role, options.servers, *properties);
    if (!config) return config.error();
    for (const std::string& note : config->notes)
        fmt::print(stderr, "{}\n", note);
    for (const auto& [name, value] : native)
        config->set(name, value);
    return config;
}

Result<std::unique_ptr<kafka::Admin>> adminOf(const ClientOptions& options) {
    const auto config = connectionOf(options, kafka::ClientRole::admin);
    if (!config) return config.error();
    return kafka::Admin::make(*config, clientLog(), "");
}

Result<kafka::ConfigChanges> changesOf(const std::vector<std::string>& set, const std::vector<std::string>& unset) {
    kafka::ConfigChanges changes;
    for (const std::string& text : set) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            return Error{ErrorCode::invalidArgument, fmt::format("{:?}: NAME=VALUE is needed", text)};
        if (!changes.emplace(text.substr(0, equals), text.substr(equals + 1)).second)
            return Error{ErrorCode::invalidArgument, text.substr(0, equals) + " is named twice: leave one out"};
    }
    for (const std::string& name : unset)
        if (!changes.emplace(name, std::nullopt).second)
            return Error{ErrorCode::invalidArgument, name + " is named twice: leave one out"};
    return changes;
}

Log& clientLog() {
    static WarningLog log;
    return log;
}

int endWith(const Error& error) {
    fmt::print(stderr, "error: {}\n", error.message);
    return kErrors;
}

const std::atomic<bool>& stopBySignal() {
    static_assert(std::atomic<bool>::is_always_lock_free);
    struct sigaction action {};
    action.sa_handler = [](int) { gStop.store(true); };
    action.sa_flags = static_cast<int>(SA_RESETHAND); // without SA_RESTART: what waits for input wakes up
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return gStop;
}

Result<bool> writeOut(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written >= 0)
            text.remove_prefix(static_cast<std::size_t>(written));
        else if (errno == EPIPE)
            return false;
        else if (errno != EINTR)
            return Error{ErrorCode::io, std::string("cannot write the output: ") + std::strerror(errno)};
    }
    return true;
}

std::optional<std::int64_t> numberOf(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

int Table::print(bool asJson) const {
    const auto written = writeOut(asJson ? json() : text());
    return written ? 0 : endWith(written.error());
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = std::strlen(columns_[i].title);
        for (const auto& row : rows_)
            width = std::max(width, row[i].size());
        widths.push_back(width);
    }
    std::string text;
    const auto line = [&](const auto& cellOf) {
        std::string cells;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const std::string_view cell = cellOf(i);
            cells +=
                columns_[i].number ? fmt::format("{:>{}}", cell, widths[i]) : fmt::format("{:<{}}", cell, widths[i]);
            cells += "  ";
        }
        text += cells.substr(0, cells.find_last_not_of(' ') + 1) + '\n';
    };
    line([&](std::size_t i) { return std::string_view(columns_[i].title); });
    for (const auto& row : rows_)
        line([&](std::size_t i) { return row[i].empty() ? std::string_view("-") : std::string_view(row[i]); });
    return text;
}

std::string Table::json() const {
    std::string text;
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            std::string name = columns_[i].title;
            std::ranges::transform(name, name.begin(),
                                   [](char c) { return c == '-' ? '_' : CLI::detail::to_lower(std::string(1, c))[0]; });
            const std::string value = row[i].empty()       ? "null"
                                      : columns_[i].number ? row[i]
                                                           : boost::json::serialize(boost::json::string(row[i]));
            text += fmt::format("{}\"{}\":{}", i == 0 ? "{" : ",", name, value);
        }
        text += "}\n";
    }
    return text;
}

} // namespace millrace::app
