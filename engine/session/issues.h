#pragma once

#include "session/session.h"
#include "topology/diagnostic.h"

#include <string>
#include <vector>

namespace millrace::session {

Issue issueOf(const topology::Diagnostic& diagnostic);
Issue issueOf(const Error& error, const std::string& node);
/// For a listener that could not have `address`: names the address and a free port beside it.
Issue portTaken(const Error& error, const std::string& node, const std::string& address);
std::vector<Issue> issuesOf(const std::vector<topology::Diagnostic>& diagnostics);
bool hasError(const std::vector<Issue>& issues);

} // namespace millrace::session
