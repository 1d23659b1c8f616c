#include "topology/checks/check_json.h"

#include "base/utf8.h"
#include "topology/text/escapes.h"

#include <boost/json.hpp>

namespace millrace::topology {
namespace {

namespace json = boost::json;

/// Lines of ours and what is given on a command line may hold bytes that are no UTF-8, which JSON cannot have.
json::string text(const std::string& bytes) {
    return json::string(validUtf8(bytes));
}

json::array names(const std::vector<std::string>& list) {
    json::array out;
    for (const std::string& name : list)
        out.emplace_back(text(name));
    return out;
}

json::object outcome(const AgentOutcome& agent) {
    return {{"sources", names(agent.sources)},
            {"channels", names(agent.channels)},
            {"sinks", names(agent.sinks)},
            {"groups", names(agent.groups)}};
}

json::value orNull(const std::string& bytes) {
    if (bytes.empty()) return nullptr;
    return text(bytes);
}

json::object diagnosticObject(const Diagnostic& diagnostic) {
    json::array fixIts;
    for (const FixIt& fixIt : diagnostic.fixIts)
        fixIts.emplace_back(text(fixIt.title));
    return {{"severity", toString(diagnostic.severity)},
            {"code", diagnostic.code},
            {"line", diagnostic.line},
            {"column", diagnostic.column},
            {"node", orNull(diagnostic.node)},
            {"property", orNull(diagnostic.property)},
            {"message", text(diagnostic.message)},
            {"fixIts", std::move(fixIts)}};
}

} // namespace

std::string checkJson(const RunPlan& plan) {
    json::object agents;
    for (const auto& [name, flume] : plan.flume) {
        const auto here = plan.here.find(name);
        agents[text(name)] = json::object{{"flume", outcome(flume)},
                                    {"here", outcome(here == plan.here.end() ? AgentOutcome{} : here->second)},
                                    {"aborted", orNull(flume.aborted)}};
    }
    json::array diagnostics;
    for (const Diagnostic& diagnostic : plan.diagnostics)
        diagnostics.emplace_back(diagnosticObject(diagnostic));
    return json::serialize(json::object{{"agents", std::move(agents)}, {"diagnostics", std::move(diagnostics)}}) + "\n";
}

} // namespace millrace::topology
