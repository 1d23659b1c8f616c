#include "commands.h"
#include "headless_run.h"

#include "broker/server/add_scram_users.h"
#include "net/address.h"
#include "session/broker_directory.h"
#include "topology/text/escapes.h"

#include <fmt/core.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::app {

namespace {

struct BrokerOptions {
    std::string listen = "127.0.0.1:9092";
    std::string directory = "millrace-broker";
    std::vector<std::string> configs;    ///< NAME=VALUE
    std::vector<std::string> scramUsers; ///< MECHANISM=[name=…,password=…]
};

constexpr const char* kCluster = "local";

/// An exit code; kDrained: all are added. Otherwise it has said why not.
int addUsers(const BrokerOptions& options) {
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
    const auto directory = session::brokerDirectory(options.directory, kCluster);
    const auto added = broker::addScramUsers(posixFileSystem(), directory, users, stderrLog());
    if (added) return kDrained;
    fmt::print(stderr, "--add-scram: {}\n", added.error().message);
    return kErrors;
}

/// As `#@ cluster.local.config.NAME = VALUE`. Kafka's own interval of retention, which a run from a document makes
/// shorter, unless somebody says another.
Result<std::string> configLines(const std::vector<std::string>& configs) {
    std::map<std::string, std::string> values{{"log.retention.check.interval.ms", "300000"}};
    for (const std::string& config : configs) {
        const std::size_t equals = config.find('=');
        if (equals == std::string::npos || config.find_first_of(" \t\r\n=") != equals || equals == 0)
            return Error{ErrorCode::invalidArgument, fmt::format("{:?}: NAME=VALUE is needed", config)};
        values[config.substr(0, equals)] = config.substr(equals + 1);
    }
    std::string lines;
    for (const auto& [name, value] : values)
        lines += fmt::format("#@ cluster.{}.config.{} = {}\n", kCluster, name, topology::encodeOurs(value));
    return lines;
}

/// A broker is a topology of one cluster: the same start, stop and messages as everything else.
int run(const BrokerOptions& options) {
    blockSignals();
    if (const auto address = net::parseAddress(options.listen); !address) {
        fmt::print(stderr, "--listen {}: {}\n", options.listen, address.error().message);
        return kUsage;
    }
    const auto configs = configLines(options.configs);
    if (!configs) {
        fmt::print(stderr, "--config {}\n", configs.error().message);
        return kUsage;
    }
    if (const int code = addUsers(options); code != kDrained) return code;
    HeadlessRun headless;
    headless.fileName = "broker";
    headless.request.document =
        fmt::format("#@ version = 1\n#@ cluster.{0}.kind = embedded\n#@ cluster.{0}.listen = {1}\n{2}", kCluster,
                    options.listen, *configs);
    headless.request.runDirectory = options.directory;
    headless.started = [](session::Session& session) {
        const auto snapshot = session.snapshot(); // held, for the sampler puts the next one in its place
        for (const session::ClusterSnapshot& cluster : snapshot->clusters) {
            fmt::print("{}\n", cluster.address);
            if (cluster.listeners.size() > 1)
                for (const std::string& listener : cluster.listeners)
                    fmt::print("{}\n", listener);
        }
        std::fflush(stdout);
    };
    return runHeadless(headless);
}

} // namespace

void addBrokerCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<BrokerOptions>();
    CLI::App* command = program.add_subcommand(
        "broker", "Run a Kafka broker and print the address it listens on; with several listeners "
                  "the first one's address, and then NAME://HOST:PORT of each");
    command->add_option("--listen", options->listen, "HOST:PORT; port 0 picks a free one")->capture_default_str();
    command->add_option("--dir", options->directory, "Where topics and offsets are kept")->capture_default_str();
    command->add_option("--config", options->configs,
                        "NAME=VALUE, a setting of Kafka's brokers, as auto.create.topics.enable=false or "
                        "listeners=PLAINTEXT://127.0.0.1:9092,SSL://0.0.0.0:9093, which takes the place of --listen; "
                        "may be given again");
    command->add_option("--add-scram", options->scramUsers,
                        "A user who proves by SCRAM who he is, written into the data before the start, as "
                        "SCRAM-SHA-256=[name=alice,password=secret]; may be given again. Further ones are made by "
                        "kafka-configs.sh");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace millrace::app
