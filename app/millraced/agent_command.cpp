#include "commands.h"
#include "definitions.h"
#include "headless_run.h"

#include <fmt/core.h>

#include <charconv>
#include <map>
#include <memory>

namespace millrace::app {

namespace {

struct AgentOptions {
    std::string name;
    std::string file; ///< or its address
    ConfigurationUser user;
    std::string backupDirectory; ///< of a file that a server has
    std::string confDirectory; ///< accepted as flume-ng does; it holds Java's logging set-up, which has no meaning here
    std::vector<std::string> definitions;
    bool noReload = false;
    int pollSeconds = 0; ///< 0: as Flume does
};

Result<std::int64_t> monitoringPort(const std::map<std::string, std::string, std::less<>>& definitions) {
    const auto type = definitions.find("flume.monitoring.type");
    if (type == definitions.end()) return std::int64_t(0);
    if (type->second != "http" && type->second != "HTTP")
        return Error{ErrorCode::unsupported, "-Dflume.monitoring.type=" + type->second + ": only http is supported"};
    const auto port = definitions.find("flume.monitoring.port");
    if (port == definitions.end()) return std::int64_t(41414); // Flume's default
    int value = 0;
    const char* end = port->second.data() + port->second.size();
    const auto parsed = std::from_chars(port->second.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end || value < 1 || value > 65'535)
        return Error{ErrorCode::invalidArgument, "-Dflume.monitoring.port=" + port->second + ": expected 1 to 65535"};
    return std::int64_t(value);
}

int run(const AgentOptions& options) {
    blockSignals();
    const auto definitions = definitionsOf(options.definitions);
    const auto refuse = [&](const Error& error) {
        fmt::print(stderr, "{}: error: {}\n", options.file, error.message);
        return kErrors;
    };
    const auto configuration = openConfiguration(options.file, options.user, options.backupDirectory);
    if (!configuration) return refuse(configuration.error());
    auto text = (*configuration)->read();
    if (!text) return refuse(text.error());
    const auto port = monitoringPort(definitions);
    if (!port) return refuse(port.error());
    HeadlessRun headless;
    headless.fileName = options.file;
    headless.request.document = std::move(*text);
    headless.request.runDirectory = ".";
    headless.request.only = {"agent/" + options.name};
    headless.request.metricsPort = *port;
    for (const auto& [key, value] : definitions) headless.request.systemProperties.push_back({key, value});
    headless.configuration = configuration->get();
    const int byDefault = isConfigurationAddress(options.file) ? 300 : 30;
    const int seconds = options.pollSeconds > 0 ? options.pollSeconds : byDefault;
    headless.reloadEvery = std::chrono::seconds(options.noReload ? 0 : seconds);
    headless.started = [](session::Session&) { fmt::print(stderr, "Running. Ctrl-C stops.\n"); };
    return runHeadless(headless);
}

} // namespace

void addAgentCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<AgentOptions>();
    CLI::App* command = program.add_subcommand("agent", "Run one agent of a file, with the options of flume-ng agent");
    command->add_option("-n,--name", options->name, "Name of the agent")->required();
    command->add_option("-f,--conf-file,-u,--conf-uri", options->file, "Properties file, or http(s)://… of one")
        ->required();
    command->add_option("--conf-user", options->user.name, "User that a server of the file is told");
    command->add_option("--conf-password", options->user.password, "Password of this user");
    command->add_option("-b,--backup-directory", options->backupDirectory,
                        "Keeps what last ran of a server's file, for a start while the server has none");
    command->add_option("-c,--conf", options->confDirectory, "Configuration directory (accepted, not used)");
    command
        ->add_option(
            "-D", options->definitions,
            "key=value: for ${sys:key}, propertiesImplementation, flume.monitoring.type and flume.monitoring.port")
        ->allow_extra_args(false);
    command->add_flag("--no-reload-conf", options->noReload, "Do not read the file again when it changes");
    command
        ->add_option("-i,--poll-interval", options->pollSeconds,
                     "Seconds between two looks at the file, by default 30, and 300 where a server has it")
        ->check(CLI::Range(1, 86'400));
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace millrace::app
