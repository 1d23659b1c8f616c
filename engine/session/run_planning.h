#pragma once

#include "session/answer.h"
#include "session/requests.h"
#include "topology/checks/run_plan.h"

#include <string>

namespace millrace::session {

/// What the document comes to under the choices of the start: parts, overrides, properties of the system.
topology::RunPlan planOf(const std::string& document, const StartRequest& request);

/// True where the request chooses what the document has not; the answer says so.
bool refuseUnmatched(const topology::RunPlan& plan, Answer& answer);

} // namespace millrace::session
