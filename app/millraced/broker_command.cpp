#include "commands.h"
#include "headless_run.h"

#include "broker/server/add_scram_users.h"
#include "broker/settings/broker_settings.h"
#include "broker/settings/data_directory.h"
#include "net/address.h"
#include "session/broker_directory.h"
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
    std::vector<std::string> configs;    ///< NAME=VALUE, or a file of such lines
    std::vector<std::string> scramUsers; ///< MECHANISM=[name=…,password=…]
    std::int64_t metricsPort = 0;
};

constexpr const char* kCluster = "local";
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
        // What follows the name may be a password.
        return Error{ErrorCode::invalidArgument, fmt::format("--config {:?}: NAME=VALUE or a file is needed",
                                                             config.substr(0, config.find_first_of(" \t\r\n=:")))};
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

/// As `#@ cluster.local.config.NAME = VALUE`.
std::string documentOf(const std::string& listen, const Configs& configs) {
    std::string text =
        fmt::format("#@ version = 1\n#@ cluster.{0}.kind = embedded\n#@ cluster.{0}.listen = {1}\n", kCluster, listen);
    for (const auto& [name, value] : configs)
        text += fmt::format("#@ cluster.{}.config.{} = {}\n", kCluster, name, topology::encodeOurs(value));
    return text;
}

/// An exit code; kDrained: all are added. Otherwise it has said why not.
int addUsers(const BrokerOptions& options, const std::filesystem::path& directory) {
    std::vector<broker::NewScramUser> users;
    for (const std::string& text : options.scramUsers) {
        auto user = broker::parseScramUser(text);
        if (!user) {
            fmt::print(stderr, "--add-scram: {}\n", user.error().message);
            return kUsage;
        }
        users.push_back(std::move(*user));
    }
    if (users.empty()) return kDrained;
    const auto added = broker::addScramUsers(posixFileSystem(), directory, users, stderrLog());
    if (added) return kDrained;
    fmt::print(stderr, "--add-scram: {}\n", added.error().message);
    return kErrors;
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
    const std::string listen = options.listen.value_or(kListen);
    if (const auto address = net::parseAddress(listen); !address)
        return refuse("--listen " + listen + ": " + address.error().message);
    if (options.listen) configs->erase("listeners");
    if (options.directory) {
        configs->erase("log.dir");
        configs->erase("log.dirs");
    }
    // What does not fit together is known before anything is opened.
    if (const auto settings = broker::BrokerSettings::from(*configs, silentLog()); !settings)
        return refuse(settings.error().message);
    const auto directories = broker::dataDirectories(*configs);
    const std::string runDirectory =
        directories.empty() ? options.directory.value_or(kDirectory) : std::filesystem::absolute(".").string();
    const auto dataDirectory = directories.empty() ? session::brokerDirectory(runDirectory, kCluster)
                                                   : std::filesystem::path(runDirectory) / directories.front();
    if (const int code = addUsers(options, dataDirectory); code != kDrained) return code;
    HeadlessRun headless;
    headless.places.add("broker", 1);
    headless.request.document = documentOf(listen, *configs);
    headless.request.runDirectory = runDirectory;
    headless.request.metricsPort = options.metricsPort;
    headless.request.keepGoing = false;
    headless.started = [](session::Session& session) {
        const auto snapshot = session.snapshot(); // held, for the sampler puts the next one in its place
        for (const session::ClusterSnapshot& cluster : snapshot->clusters) {
            fmt::print("{}\n", cluster.address);
            if (cluster.listeners.size() > 1)
                for (const std::string& listener : cluster.listeners)
                    fmt::print("{}\n", listener);
        }
        std::fflush(stdout);
        fmt::print(stderr, "{}\n", kDurability);
    };
    return runHeadless(headless);
}

} // namespace

void addBrokerCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<BrokerOptions>();
    CLI::App* command = program.add_subcommand(
        "broker", "Run a Kafka broker and print the address it listens on; with several listeners "
                  "the first one's address, and then NAME://HOST:PORT of each");
    command->add_option("--listen", options->listen,
                        fmt::format("HOST:PORT, by default {}; port 0 picks a free one", kListen));
    command->add_option("--dir", options->directory,
                        fmt::format("Where topics and offsets are kept, by default {}", kDirectory));
    command->add_option("--config", options->configs,
                        "A server.properties of Kafka's, or NAME=VALUE, as auto.create.topics.enable=false or "
                        "listeners=PLAINTEXT://127.0.0.1:9092,SSL://0.0.0.0:9093; may be given again");
    command
        ->add_option("--metrics-port", options->metricsPort,
                     "Answers /prometheus and /health at this port of 127.0.0.1")
        ->check(CLI::Range(1, 65'535));
    command->add_option("--add-scram", options->scramUsers,
                        "A user who proves by SCRAM who he is, written into the data before the start, as "
                        "SCRAM-SHA-256=[name=alice,password=secret]; may be given again. Further ones are made by "
                        "kafka-configs.sh");
    command->footer(
        std::string("NAME=VALUE wins over a file, --listen over listeners, --dir over log.dirs. What a file "
                    "sets without effect here is told, what is wrong in it by line and column; then nothing "
                    "starts and the exit code is 2.\n\n") +
        kDurability);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace millrace::app
