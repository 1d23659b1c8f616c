#include "topology/support/plans.h"

namespace millrace::topology::test {

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "" : " ") + name;
    return out;
}

std::string textOf(const std::map<std::string, AgentOutcome>& outcomes) {
    std::string out;
    for (const auto& [name, o] : outcomes) {
        out += name + ": ";
        out += o.aborted.empty()
                   ? joined(o.sources) + " | " + joined(o.channels) + " | " + joined(o.sinks) + " | " + joined(o.groups)
                   : "-";
        out += "\n";
    }
    return out;
}

RunPlan planOf(const std::string& text, const PlanOptions& options) {
    const Document document = parse(text);
    return plan(document, options);
}

std::string codesOf(const RunPlan& plan) {
    std::string codes;
    for (const Diagnostic& d : plan.diagnostics) {
        if (d.severity != Severity::information) codes += d.code + " ";
    }
    return codes;
}

} // namespace millrace::topology::test
