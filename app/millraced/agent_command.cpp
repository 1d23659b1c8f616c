#include "check.h"
#include "commands.h"
#include "definitions.h"
#include "headless_run.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <charconv>
#include <filesystem>
#include <map>
#include <memory>

namespace millrace::app {

namespace {

using Definitions = std::map<std::string, std::string, std::less<>>;
constexpr std::string_view kBasicAuthorization = "org.apache.flume.node.net.BasicAuthorizationProvider";

struct AgentOptions {
    std::string name;
    std::vector<std::string> files, addresses;
    ConfigurationUser user;
    std::string backupDirectory; ///< of a file that a server has
    std::vector<std::string> definitions, logLevels;
    bool noReload = false, dryRun = false;
    int pollSeconds = 0; ///< 0: as Flume does
    // What stands in Flume's scripts and is Java's or ZooKeeper's.
    std::string confDirectory, classPath, pluginsPath, zooKeeper, zooKeeperPath, configurationClass, authorizationClass;
    std::vector<std::string> javaOptions;
};

Result<std::int64_t> monitoringPort(const Definitions& definitions) {
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

Result<LogLevels> logLevels(const AgentOptions& options, const Definitions& definitions) {
    LogLevels levels;
    if (const auto root = definitions.find("flume.root.logger"); root != definitions.end())
        if (const Status set = levels.setRoot(root->second); !set) return set.error().in("-Dflume.root.logger");
    for (const std::string& level : options.logLevels)
        if (const Status set = levels.set(level); !set) return set.error().in("--log-level");
    return levels;
}

/// With both, Flume reads what `-u` names alone.
Result<std::vector<std::string>> placesOf(const AgentOptions& options) {
    if (options.addresses.empty()) return options.files;
    std::vector<std::string> places;
    for (const std::string& address : options.addresses) {
        constexpr std::string_view kFile = "file:";
        if (address.starts_with("classpath:"))
            return Error{ErrorCode::unsupported, address + ": there is no class path here, give the file with -f"};
        if (!address.starts_with(kFile))
            places.push_back(address);
        else
            places.push_back(address.substr(address.starts_with("file:///") ? kFile.size() + 2 : kFile.size()));
    }
    return places;
}

/// What is taken and does nothing is said once, so that nobody looks for its effect.
void tellWithoutEffect(const AgentOptions& options) {
    std::vector<std::string> java = options.javaOptions;
    if (!options.classPath.empty()) java.push_back("--classpath");
    if (!options.pluginsPath.empty()) java.push_back("--plugins-path");
    if (!java.empty()) fmt::print(stderr, "{}: no effect, there is no Java here\n", fmt::join(java, ", "));
    for (const char* name : {"flume-env.sh", "log4j2.xml", "log4j.properties"}) {
        std::error_code unseen;
        const auto path = std::filesystem::path(options.confDirectory) / name;
        if (!options.confDirectory.empty() && std::filesystem::exists(path, unseen))
            fmt::print(stderr, "{}: not read, it is Java's; -D and --log-level say the same here\n", path.string());
    }
    if (!options.addresses.empty() && !options.files.empty())
        fmt::print(stderr, "{}: not read, as -u is given too\n", fmt::join(options.files, ", "));
}

struct Prepared {
    Definitions definitions;
    LogLevels levels;
    std::int64_t metricsPort = 0;
    std::vector<std::string> places;
};
/// Error: the command line is wrong.
Result<Prepared> prepare(const AgentOptions& options) {
    Definitions definitions = definitionsOf(options.definitions);
    auto levels = logLevels(options, definitions);
    if (!levels) return std::move(levels).error();
    const auto port = monitoringPort(definitions);
    if (!port) return port.error();
    auto places = placesOf(options);
    if (!places) return std::move(places).error();
    return Prepared{std::move(definitions), std::move(*levels), *port, std::move(*places)};
}

int runConfiguration(const AgentOptions& options, Prepared prepared, Configuration& configuration,
                     ConfigurationText text) {
    HeadlessRun headless;
    headless.places = std::move(text.places);
    headless.levels = std::move(prepared.levels);
    headless.request.document = std::move(text.text);
    headless.request.runDirectory = ".";
    headless.request.only = {"agent/" + options.name};
    headless.request.metricsPort = prepared.metricsPort;
    for (const auto& [key, value] : prepared.definitions)
        headless.request.systemProperties.push_back({key, value});
    headless.configuration = &configuration;
    const auto pause =
        options.pollSeconds > 0 ? std::chrono::seconds(options.pollSeconds) : configuration.pollInterval();
    headless.reloadEvery = options.noReload ? std::chrono::seconds(0) : pause;
    return runHeadless(headless);
}

int run(const AgentOptions& options) {
    blockSignals();
    auto prepared = prepare(options);
    if (!prepared) {
        fmt::print(stderr, "{}\n", prepared.error().message);
        return kUsage;
    }
    tellWithoutEffect(options);
    const auto refuse = [&](const Error& error) {
        fmt::print(stderr, "{}: error: {}\n", fmt::join(prepared->places, ", "), error.message);
        return kErrors;
    };
    auto configuration = Configuration::open(prepared->places, options.user, options.backupDirectory);
    if (!configuration) return refuse(configuration.error());
    auto text = configuration->read();
    if (!text) return refuse(text.error());
    if (options.dryRun) return printProblems({std::move(*text), options.definitions, options.name, false});
    return runConfiguration(options, std::move(*prepared), *configuration, std::move(*text));
}

/// What Flume takes and this program cannot do; throws.
void refuseJava(const AgentOptions& options) {
    if (!options.zooKeeper.empty() || !options.zooKeeperPath.empty())
        throw CLI::ValidationError("-z",
                                   "configurations in ZooKeeper are not read: write the node's text to a file and "
                                   "give it with -f, or serve it over http and give the address with -u");
    if (!options.configurationClass.empty())
        throw CLI::ValidationError("-prov", "a Java class cannot provide the configuration here: give files with -f or "
                                            "addresses with -u");
    if (!options.authorizationClass.empty() && options.authorizationClass != kBasicAuthorization)
        throw CLI::ValidationError("-a", "a Java class cannot authorise here: --conf-user and --conf-password are told "
                                         "to servers as " +
                                             std::string(kBasicAuthorization) + " does");
    if (options.files.empty() && options.addresses.empty()) throw CLI::RequiredError("-f or -u");
}

void addConfigurationOptions(CLI::App& command, AgentOptions& options) {
    command.add_option("-n,--name", options.name, "Name of the agent")->required();
    const auto several = [&](const char* names, std::vector<std::string>& to, const char* help) {
        command.add_option(names, to, help)->allow_extra_args(false);
    };
    several("-f,--conf-file", options.files,
            "Properties file, or http(s)://… of one; of several a later one has the last word about a key");
    several("-u,--conf-uri", options.addresses, "The same; with both, -u alone counts");
    command.add_option("--conf-user", options.user.name, "(-user) User that a server of the file is told");
    command.add_option("--conf-password", options.user.password, "(-pwd) Password of this user");
    command.add_option("-b,--backup-directory", options.backupDirectory,
                       "Keeps what last ran of a server's file, for a start while the server has none");
    several("-D", options.definitions,
            "key=value: for ${sys:key}, propertiesImplementation, flume.monitoring.type and flume.monitoring.port, "
            "flume.root.logger (LEVEL,…)");
    several("--log-level", options.logLevels, "[NODE=]LEVEL: print only such lines, of all or of a part (a/sinks/k)");
    command.add_flag("--no-reload-conf", options.noReload, "Do not read the file again when it changes");
    command.add_flag("-d,--dryrun", options.dryRun, "Print the file's problems and start nothing");
    command
        .add_option("-i,--poll-interval", options.pollSeconds,
                    "Seconds between two looks at the file, by default 30, and 300 where a server has it")
        ->check(CLI::Range(1, 86'400));
}

void addJavaOptions(CLI::App& command, AgentOptions& options) {
    command.add_option("-c,--conf", options.confDirectory, "Directory of flume-env.sh and Log4j's files: not read");
    command.add_option("-C,--classpath", options.classPath, "No effect");
    command.add_option("--plugins-path", options.pluginsPath, "No effect");
    command.add_option("--java-option", options.javaOptions, "(-X…, -javaagent…) No effect")->allow_extra_args(false);
    command.add_option("-z,--zkConnString", options.zooKeeper, "Refused: ZooKeeper is not read");
    command.add_option("-p,--zkBasePath", options.zooKeeperPath, "Refused, as -z");
    command.add_option("--conf-provider", options.configurationClass, "(-prov) Refused: a class of Java");
    command.add_option("-a,--auth-provider", options.authorizationClass, "Only Flume's BasicAuthorizationProvider");
}

} // namespace

void addAgentCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<AgentOptions>();
    CLI::App* command = program.add_subcommand("agent", "Run one agent of a file, with the options of flume-ng agent");
    addConfigurationOptions(*command, *options);
    addJavaOptions(*command, *options);
    command->footer(
        "Exit code: 0 all channels drained, 1 the agent could not start or parts of it were left out, 2 the "
        "command line is wrong, 3 events were left in memory channels.");
    command->callback([options, &action] {
        refuseJava(*options);
        action = [options] { return run(*options); };
    });
}

} // namespace millrace::app
