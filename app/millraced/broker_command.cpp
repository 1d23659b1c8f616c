#include "commands.h"
#include "headless_run.h"

#include "net/address.h"
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
    std::vector<std::string> configs; ///< NAME=VALUE
};

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
        lines += fmt::format("#@ cluster.local.config.{} = {}\n", name, topology::encodeOurs(value));
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
    HeadlessRun headless;
    headless.places.add("broker", 1);
    headless.request.document =
        "#@ version = 1\n#@ cluster.local.kind = embedded\n#@ cluster.local.listen = " + options.listen + "\n" +
        *configs;
    headless.request.runDirectory = options.directory;
    headless.started = [](session::Session& session) {
        const auto snapshot = session.snapshot(); // held, for the sampler puts the next one in its place
        for (const session::ClusterSnapshot& cluster : snapshot->clusters)
            fmt::print("{}\n", cluster.address);
        std::fflush(stdout);
    };
    return runHeadless(headless);
}

} // namespace

void addBrokerCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<BrokerOptions>();
    CLI::App* command = program.add_subcommand("broker", "Run a Kafka broker and print the address it listens on");
    command->add_option("--listen", options->listen, "HOST:PORT; port 0 picks a free one")->capture_default_str();
    command->add_option("--dir", options->directory, "Where topics and offsets are kept")->capture_default_str();
    command->add_option("--config", options->configs,
                        "NAME=VALUE, a setting of Kafka's brokers, as auto.create.topics.enable=false or "
                        "advertised.listeners=PLAINTEXT://host:port; may be given again");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace millrace::app
