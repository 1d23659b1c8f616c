#include "session/run_planning.h"

#include "flume/agent.h"
#include "session/issues.h"
#include "topology/document/document.h"

#include <map>

extern char** environ;

namespace millrace::session {

namespace {

std::map<std::string, std::string> environmentVariables() {
    std::map<std::string, std::string> variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string::npos) variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

} // namespace

topology::RunPlan planOf(const std::string& document, const StartRequest& request) {
    topology::PlanOptions options;
    options.implemented = [](const catalog::ComponentSpec& spec) { return flume::builtinRegistry().implements(spec); };
    options.only.insert(request.only.begin(), request.only.end());
    for (const Override& change : request.overrides)
        options.overrides[change.key] = change.value;
    for (const Override& one : request.systemProperties)
        options.systemProperties[one.key] = one.value;
    options.environment = environmentVariables();
    return topology::plan(topology::Document::parse(document, catalog::flumeCatalog()), options);
}

bool refuseUnmatched(const topology::RunPlan& plan, Answer& answer) {
    for (const std::string& wish : plan.unmatched)
        answer.issues.push_back(nothingOfThatName(wish, plan.choices));
    return !plan.unmatched.empty();
}

} // namespace millrace::session
