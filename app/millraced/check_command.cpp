#include "check.h"
#include "commands.h"
#include "definitions.h"

#include "base/environment.h"
#include "flume/registry.h"
#include "session/issues.h"
#include "topology/checks/check_json.h"
#include "topology/checks/run_plan.h"
#include "topology/document/document.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace millrace::app {

namespace {

struct CheckOptions {
    std::string file;
    bool json = false;
    std::vector<std::string> definitions;
};

int check(const CheckOptions& options) {
    auto text = topology::readDocumentFile(options.file);
    if (!text) {
        fmt::print(stderr, "{}: error: {}\n", options.file, text.error().message);
        return kErrors;
    }
    CheckedText checked;
    checked.configuration.add(options.file, *text);
    checked.definitions = options.definitions;
    checked.json = options.json;
    return printProblems(std::move(checked));
}

topology::RunPlan planOf(CheckedText& checked) {
    const auto document = topology::Document::parse(std::move(checked.configuration.text), catalog::flumeCatalog());
    topology::PlanOptions options;
    options.implemented = [](const catalog::ComponentSpec& spec) { return flume::builtinRegistry().implements(spec); };
    ProcessView process = lookAtProcess();
    options.around = {std::move(process.variables), definitionsOf(checked.definitions), process.epochMs};
    topology::RunPlan plan = topology::plan(document, options);
    // Nothing is wrong with a file that Apache Flume runs.
    for (topology::Diagnostic& diagnostic : plan.diagnostics)
        if (topology::onlyFlumeRunsIt(diagnostic.code)) diagnostic.severity = topology::Severity::warning;
    return plan;
}

/// Returns how many were printed.
std::size_t printLines(const topology::RunPlan& plan, const TextPlaces& places) {
    std::size_t printed = 0;
    for (const topology::Diagnostic& diagnostic : plan.diagnostics) {
        const auto line = places.tell(session::issueOf(diagnostic));
        if (!line) continue;
        fmt::print("{}\n", *line);
        ++printed;
    }
    return printed;
}

bool isThere(const std::string& agent, const topology::RunPlan& plan, const TextPlaces& places) {
    std::vector<topology::NodeId> names;
    for (const catalog::AgentConfig& one : plan.agents)
        names.push_back(one.name);
    if (agent.empty() || std::find(names.begin(), names.end(), agent) != names.end()) return true;
    fmt::print("{}\n", places.tell(session::nothingOfThatName(agent, names)).value_or(""));
    return false;
}

} // namespace

int printProblems(CheckedText checked) {
    const topology::RunPlan plan = planOf(checked);
    const TextPlaces& places = checked.configuration.places;
    if (checked.json)
        fmt::print("{}\n", topology::checkJson(plan));
    else if (printLines(plan, places) == 0)
        fmt::print("{}: no problems\n", places.files());
    const bool errors = std::any_of(plan.diagnostics.begin(), plan.diagnostics.end(), [](const auto& diagnostic) {
        return diagnostic.severity == topology::Severity::error;
    });
    return isThere(checked.agent, plan, places) && !errors ? kDrained : kErrors;
}

void addCheckCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* command = program.add_subcommand("check", "Print every problem of a file; exit code 1 when there are errors");
    command->add_option("FILE", options->file, "A Flume properties file")->required();
    command->add_flag("--json", options->json,
                      "For each agent what Apache Flume would run and what runs here, and the problems");
    command->add_option("-D", options->definitions, "key=value: for ${sys:key} and propertiesImplementation")
        ->allow_extra_args(false);
    command->callback([options, &action] { action = [options] { return check(*options); }; });
}

} // namespace millrace::app
