#include "commands.h"
#include "headless_run.h"

#include "net/address.h"

#include <fmt/core.h>

#include <memory>

namespace millrace::app {

namespace {

struct BrokerOptions {
    std::string listen = "127.0.0.1:9092";
    std::string directory = "millrace-broker";
};

/// A broker is a topology of one cluster: the same start, stop and messages as everything else.
int run(const BrokerOptions& options) {
    blockSignals();
    if (const auto address = net::parseAddress(options.listen); !address) {
        fmt::print(stderr, "--listen {}: {}\n", options.listen, address.error().message);
        return kUsage;
    }
    HeadlessRun headless;
    headless.fileName = "broker";
    headless.request.document = "#@ version = 1\n#@ cluster.local.kind = embedded\n#@ cluster.local.listen = " + options.listen + "\n";
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
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace millrace::app
