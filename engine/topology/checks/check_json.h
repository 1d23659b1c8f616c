#pragma once

#include "topology/checks/run_plan.h"

#include <string>

namespace millrace::topology {

/// What `millraced check --json` prints, one JSON object and a line end:
/// {"agents":{"a1":{"flume":{"sources":[…],"channels":[…],"sinks":[…],"groups":[…]},"here":{…},"aborted":null}},
///  "diagnostics":[{"severity":…,"code":…,"line":…,"column":…,"node":…,"property":…,"message":…,"fixIts":[…]}]}
/// `aborted` is why Apache Flume would start nothing of the agent, or null. Names are in file order; a group's sinks
/// are not among `sinks`. `node` is null for the file as a whole, `property` for the node as a whole.
std::string checkJson(const RunPlan& plan);

} // namespace millrace::topology
