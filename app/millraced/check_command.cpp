#include "commands.h"

#include "base/environment.h"
#include "flume/registry.h"
#include "topology/checks/check_json.h"
#include "topology/document/document.h"
#include "topology/checks/run_plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>

namespace millrace::app {

namespace {

int check(const std::string& file, bool json) {
    auto text = topology::readDocumentFile(file);
    if (!text) {
        fmt::print(stderr, "{}: error: {}\n", file, text.error().message);
        return kErrors;
    }
    const auto document = topology::Document::parse(std::move(*text), catalog::flumeCatalog());
    topology::PlanOptions options;
    options.implemented = [](const catalog::ComponentSpec& spec) { return flume::builtinRegistry().implements(spec); };
    options.around.environment = environmentVariables();
    options.around.now = systemEpochMs();
    topology::RunPlan plan = topology::plan(document, options);
    // Nothing is wrong with a file that Apache Flume runs.
    for (topology::Diagnostic& diagnostic : plan.diagnostics)
        if (topology::onlyFlumeRunsIt(diagnostic.code)) diagnostic.severity = topology::Severity::warning;
    if (json) {
        fmt::print("{}\n", topology::checkJson(plan));
    } else {
        for (const topology::Diagnostic& diagnostic : plan.diagnostics) fmt::print("{}\n", topology::format(diagnostic, file));
        if (plan.diagnostics.empty()) fmt::print("{}: no problems\n", file);
    }
    const bool errors = std::any_of(plan.diagnostics.begin(), plan.diagnostics.end(), [](const auto& diagnostic) {
        return diagnostic.severity == topology::Severity::error;
    });
    return errors ? kErrors : 0;
}

} // namespace

void addCheckCommand(CLI::App& program, Action& action) {
    auto file = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    CLI::App* command = program.add_subcommand("check", "Print every problem of a file; exit code 1 when there are errors");
    command->add_option("FILE", *file, "A Flume properties file")->required();
    command->add_flag("--json", *json, "For each agent what Apache Flume would run and what runs here, and the problems");
    command->callback([file, json, &action] { action = [file, json] { return check(*file, *json); }; });
}

} // namespace millrace::app
