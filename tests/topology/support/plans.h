#pragma once

#include "topology/checks/run_plan.h"
#include "topology/support/documents.h"

namespace millrace::topology::test {

std::string joined(const std::vector<std::string>& names);
/// "agent: sources | channels | sinks | groups", one agent a line; "-" for what would not start at all.
std::string textOf(const std::map<std::string, AgentOutcome>& outcomes);
RunPlan planOf(const std::string& text, const PlanOptions& options = {});
/// The codes of all problems above mere information, in text order, with a blank behind each.
std::string codesOf(const RunPlan& plan);

} // namespace millrace::topology::test
