#include "commands.h"
#include "headless_run.h"

#include "broker/settings/data_directory.h"
#include "catalog/check_support.h"
#include "net/address.h"
#include "session/server_properties.h"
#include "topology/document/document.h"
#include "topology/text/escapes.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::app {

namespace {

using Configs = std::map<std::string, std::string>;

struct BrokerOptions {
    std::optional<std::string> listen;
    std::optional<std::string> directory;
    std::vector<std::string> configs; ///< NAME=VALUE, or a file of such lines
    std::int64_t metricsPort = 0;
};

constexpr const char* kListen = "127.0.0.1:9092";
constexpr const char* kDirectory = "millrace-broker";
/// What the broker promises (broker/partitions/group_commit.h).
constexpr const char* kDurability =
    "Durability: a record is on stable storage before it is answered to producers with acks=all; with acks=1 or 0 it "
    "outlives the death of the process, not that of the machine.";

/// Names of settings hold no slash.
bool isFile(const std::string& config) {
    return config.find('=') == std::string::npos || config.substr(0, config.find('=')).find('/') != std::string::npos;
}

/// Into `configs`; prints what is to be said about its lines.
Status readFile(const std::string& file, Configs& configs) {
    auto text = topology::readDocumentFile(file);
    if (!text) return text.error().in(file);
    const auto properties = session::readServerProperties(std::move(*text));
    for (const topology::Diagnostic& remark : properties.remarks)
        fmt::print(stderr, "{}\n", topology::format(remark, file));
    if (properties.refused())
        return Error{ErrorCode::invalidArgument, file + ": the broker does not start with errors in its settings"};
    for (const auto& [name, value] : properties.configs)
        configs[name] = value;
    return ok();
}

Status takeConfig(const std::string& config, Configs& configs) {
    const std::size_t equals = config.find('=');
    if (equals == std::string::npos || config.find_first_of(" \t\r\n=") != equals || equals == 0)
        return Error{ErrorCode::invalidArgument, fmt::format("--config {:?}: NAME=VALUE or a file is needed", config)};
    configs[config.substr(0, equals)] = config.substr(equals + 1);
    return ok();
}

/// Files first, so that what is written on the command line wins. Kafka's own interval of retention, which a run from a
/// document makes shorter, unless somebody says another.
Result<Configs> configsOf(const BrokerOptions& options) {
    Configs configs{{"log.retention.check.interval.ms", "300000"}};
    for (const std::string& config : options.configs)
        if (isFile(config)) MILLRACE_TRY(readFile(config, configs));
    for (const std::string& config : options.configs)
        if (!isFile(config)) MILLRACE_TRY(takeConfig(config, configs));
    return configs;
}

/// "host:port" of the one listener of clients that `listeners` names, or what counts where it is not set.
Result<std::string> listenOf(const Configs& configs) {
    const auto listeners = configs.find("listeners");
    if (listeners == configs.end()) return std::string(kListen);
    const auto controllers = configs.find("controller.listener.names");
    const auto forControllers = catalog::splitList(controllers == configs.end() ? "" : controllers->second, ',');
    std::vector<std::string> addresses;
    for (const std::string& listener : catalog::splitList(listeners->second, ',')) {
        const std::size_t scheme = listener.find("://");
        const std::string name = listener.substr(0, scheme == std::string::npos ? 0 : scheme);
        if (std::ranges::count(forControllers, name) > 0) continue;
        if (name != "PLAINTEXT") addresses.emplace_back();
        addresses.push_back(listener.substr(scheme == std::string::npos ? 0 : scheme + 3));
    }
    if (addresses.size() != 1)
        return Error{ErrorCode::unsupported,
                     fmt::format("listeners = {}: one PLAINTEXT://host:port beside those of controllers is needed; "
                                 "--listen HOST:PORT stands for all of them",
                                 listeners->second)};
    return addresses.front().starts_with(':') ? "0.0.0.0" + addresses.front() : addresses.front();
}

/// As `#@ cluster.local.config.NAME = VALUE`.
std::string documentOf(const std::string& listen, const Configs& configs) {
    std::string text = "#@ version = 1\n#@ cluster.local.kind = embedded\n#@ cluster.local.listen = " + listen + "\n";
    for (const auto& [name, value] : configs)
        text += fmt::format("#@ cluster.local.config.{} = {}\n", name, topology::encodeOurs(value));
    return text;
}

/// A broker is a topology of one cluster: the same start, stop and messages as everything else.
int run(const BrokerOptions& options) {
    blockSignals();
    const auto refuse = [](const std::string& message) {
        fmt::print(stderr, "{}\n", message);
        return kUsage;
    };
    auto configs = configsOf(options);
    if (!configs) return refuse(configs.error().message);
    const auto listen = options.listen ? Result<std::string>(*options.listen) : listenOf(*configs);
    if (!listen) return refuse(listen.error().message);
    if (const auto address = net::parseAddress(*listen); !address)
        return refuse((options.listen ? "--listen " : "listeners: ") + *listen + ": " + address.error().message);
    if (options.directory) {
        configs->erase("log.dir");
        configs->erase("log.dirs");
    }
    const auto directories = broker::dataDirectories(*configs);
    HeadlessRun headless;
    headless.places.add("broker", 1);
    headless.request.document = documentOf(*listen, *configs);
    headless.request.runDirectory =
        directories.empty() ? options.directory.value_or(kDirectory) : std::filesystem::absolute(".").string();
    headless.request.metricsPort = options.metricsPort;
    headless.request.keepGoing = false;
    headless.started = [](session::Session& session) {
        const auto snapshot = session.snapshot(); // held, for the sampler puts the next one in its place
        for (const session::ClusterSnapshot& cluster : snapshot->clusters)
            fmt::print("{}\n", cluster.address);
        std::fflush(stdout);
        fmt::print(stderr, "{}\n", kDurability);
    };
    return runHeadless(headless);
}

} // namespace

void addBrokerCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<BrokerOptions>();
    CLI::App* command = program.add_subcommand("broker", "Run a Kafka broker and print the address it listens on");
    command->add_option("--listen", options->listen,
                        fmt::format("HOST:PORT, by default {}; port 0 picks a free one", kListen));
    command->add_option("--dir", options->directory,
                        fmt::format("Where topics and offsets are kept, by default {}", kDirectory));
    command->add_option("--config", options->configs,
                        "A server.properties of Kafka's, or NAME=VALUE, as auto.create.topics.enable=false or "
                        "advertised.listeners=PLAINTEXT://host:port; may be given again");
    command
        ->add_option("--metrics-port", options->metricsPort,
                     "Answers /prometheus and /health at this port of 127.0.0.1")
        ->check(CLI::Range(1, 65'535));
    command->footer(
        std::string("NAME=VALUE wins over a file, --listen over listeners, --dir over log.dirs. What a file "
                    "sets without effect here is told, what is wrong in it by line and column; then nothing "
                    "starts and the exit code is 2.\n\n") +
        kDurability);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace millrace::app
