#include "session/issues.h"

#include "net/tcp.h"

#include <algorithm>

namespace millrace::session {

Issue issueOf(const topology::Diagnostic& diagnostic) {
    Issue issue;
    issue.severity = topology::toString(diagnostic.severity);
    issue.code = diagnostic.code;
    issue.node = diagnostic.node;
    issue.message = diagnostic.message;
    issue.line = diagnostic.line;
    issue.column = diagnostic.column;
    return issue;
}

Issue issueOf(const Error& error, const std::string& node) {
    Issue issue;
    issue.severity = "error";
    issue.code = toString(error.code);
    issue.node = node;
    issue.message = error.message;
    return issue;
}

Issue portTaken(const Error& error, const std::string& node, const std::string& address) {
    Issue issue = issueOf(error, node);
    if (error.code != ErrorCode::addressInUse) return issue;
    const auto parsed = net::parseAddress(address);
    if (!parsed) return issue;
    issue.takenAddress = address;
    // A port that says what it replaces is easier to remember: 9092 → 19092.
    net::Address offer = *parsed;
    const int shifted = 10'000 + parsed->port;
    const auto free = net::freePort(parsed->host);
    if (free) offer.port = *free;
    if (shifted <= 65'535) {
        net::Address candidate{parsed->host, static_cast<std::uint16_t>(shifted)};
        if (net::canBind(candidate)) offer = candidate;
    }
    issue.freeAddress = offer.toString();
    issue.message = address + " is taken, perhaps by another Kafka: use " + issue.freeAddress +
                    " instead, or stop the other program";
    return issue;
}

std::vector<Issue> issuesOf(const std::vector<topology::Diagnostic>& diagnostics) {
    std::vector<Issue> issues;
    issues.reserve(diagnostics.size());
    std::transform(diagnostics.begin(), diagnostics.end(), std::back_inserter(issues),
                   [](const topology::Diagnostic& diagnostic) { return issueOf(diagnostic); });
    return issues;
}

bool hasError(const std::vector<Issue>& issues) {
    return std::any_of(issues.begin(), issues.end(), [](const Issue& issue) { return issue.severity == "error"; });
}

} // namespace millrace::session
