#include "commands.h"
#include "headless_run.h"
#include "topology/document/document.h"

#include <fmt/core.h>

#include <filesystem>
#include <memory>

namespace millrace::app {

namespace {

struct RunOptions {
    std::string file;
    std::string directory = ".";
    std::vector<std::string> only;
    std::vector<std::string> set;
    std::vector<std::string> logLevels;
    bool keepGoing = false;
    double drainSeconds = 10;
};

/// "run --only a b FILE": a list takes all words up to the next option, so that its last one may be the file.
void takeFileFromLists(RunOptions& options) {
    const auto takeLast = [&](std::vector<std::string>& words) {
        options.file = words.back();
        words.pop_back();
    };
    if (!options.file.empty()) return;
    if (!options.set.empty() && options.set.back().find('=') == std::string::npos)
        takeLast(options.set);
    else if (options.only.size() > 1)
        takeLast(options.only);
    else
        throw CLI::RequiredError("FILE");
}

int run(const RunOptions& options) {
    blockSignals();
    auto text = topology::readDocumentFile(options.file);
    if (!text) {
        fmt::print(stderr, "{}: error: {}\n", options.file, text.error().message);
        return kErrors;
    }
    HeadlessRun headless;
    ConfigurationText configuration;
    configuration.add(options.file, *text);
    headless.places = std::move(configuration.places);
    headless.request.document = std::move(configuration.text);
    headless.request.runDirectory = options.directory;
    headless.request.only = options.only;
    headless.request.keepGoing = options.keepGoing;
    headless.drainLimit = std::chrono::milliseconds(static_cast<std::int64_t>(options.drainSeconds * 1000));
    for (const std::string& change : options.set) {
        const auto equals = change.find('=');
        if (equals == std::string::npos || change.find_first_not_of(" \t") == equals) {
            fmt::print(stderr, "--set {}: expected KEY=VALUE\n", change);
            return kUsage;
        }
        headless.request.overrides.push_back({change.substr(0, equals), change.substr(equals + 1)});
    }
    for (const std::string& level : options.logLevels) {
        if (const Status set = headless.levels.set(level); !set) {
            fmt::print(stderr, "--log-level {}: {}\n", level, set.error().message);
            return kUsage;
        }
    }
    headless.started = [](session::Session& session) {
        const auto snapshot = session.snapshot();
        for (const session::ClusterSnapshot& cluster : snapshot->clusters)
            if (cluster.embedded) fmt::print(stderr, "cluster {} listens on {}\n", cluster.id, cluster.address);
    };
    return runHeadless(headless);
}

} // namespace

void addRunCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<RunOptions>();
    CLI::App* command = program.add_subcommand("run", "Run a topology file until Ctrl-C: clusters, topics, agents, traffic");
    command->add_option("FILE", options->file, "A Flume properties file (required)");
    command->add_option("--dir", options->directory, "Relative paths of the file and all that the run writes lie here")
        ->capture_default_str();
    command->add_option("--only", options->only, "Run only these agents, clusters and traffic, separated by commas or blanks")
        ->delimiter(',');
    command->add_option("--set", options->set, "KEY=VALUE…: override properties without writing them");
    command->add_flag("--keep-going", options->keepGoing, "Start what can be started even when the file has errors");
    command->add_option("--drain-timeout", options->drainSeconds, "Seconds that channels get to empty at the end")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 86'400.0));
    command->add_option("--log-level", options->logLevels, "[NODE=]LEVEL: print only such lines, of all or of a part")
        ->allow_extra_args(false);
    command->footer("Exit code: 0 all channels drained, 1 errors at start (unless --keep-going), 2 the command line is "
                    "wrong, 3 events were left in memory channels.");
    command->callback([options, &action] {
        takeFileFromLists(*options);
        action = [options] { return run(*options); };
    });
}

} // namespace millrace::app
