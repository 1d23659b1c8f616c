#include "commands.h"
#include "definitions.h"

#include "base/environment.h"
#include "flume/registry.h"
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

int check(const CheckOptions& asked) {
    const std::string& file = asked.file;
    auto text = topology::readDocumentFile(file);
    if (!text) {
        fmt::print(stderr, "{}: error: {}\n", file, text.error().message);
        return kErrors;
    }
    const auto document = topology::Document::parse(std::move(*text), catalog::flumeCatalog());
    topology::PlanOptions options;
    options.implemented = [](const catalog::ComponentSpec& spec) { return flume::builtinRegistry().implements(spec); };
    ProcessView process = lookAtProcess();
    options.around = {std::move(process.variables), definitionsOf(asked.definitions), process.epochMs};
    topology::RunPlan plan = topology::plan(document, options);
    // Nothing is wrong with a file that Apache Flume runs.
    for (topology::Diagnostic& diagnostic : plan.diagnostics)
        if (topology::onlyFlumeRunsIt(diagnostic.code)) diagnostic.severity = topology::Severity::warning;
    if (asked.json) {
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
