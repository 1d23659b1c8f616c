#include "session/issues.h"

#include "net/address.h"

#include <algorithm>

namespace millrace::session {

namespace {

/// A port beside `taken` that is free: one that says what it replaces is easier to remember (9092 → 19092).
std::string freeAddressFor(const net::Address& taken) {
    net::Address offer = taken;
    const int shifted = 10'000 + taken.port;
    if (const auto free = net::freePort(taken.host)) offer.port = *free;
    if (shifted <= 65'535) {
        net::Address candidate{taken.host, static_cast<std::uint16_t>(shifted)};
        if (net::canBind(candidate)) offer = candidate;
    }
    return offer.toString();
}

/// What the operating system said, without the path that the sentence around it names: "Permission denied".
std::string reasonOf(const Error& error) {
    return error.sentence == "system-refused" && error.arguments.size() == 2 ? error.arguments[1] : error.message;
}

/// `code` says %1 = the directory, %2 = the reason; a full disk says so itself.
Error directoryError(std::string_view code, const Error& error, const std::filesystem::path& directory) {
    if (error.code == ErrorCode::noSpace) return sessionError("disk-full", {directory.string()}, error.code);
    return sessionError(code, {directory.string(), reasonOf(error)}, error.code);
}

template <typename Part>
void tellPart(const Error& error, Part& part) {
    if (error.message.empty()) return;
    Error said = spoken(error);
    part.message = std::move(said.message);
    part.messageCode = std::move(said.sentence);
    part.messageArguments = std::move(said.arguments);
}

} // namespace

Issue issueOf(const topology::Diagnostic& diagnostic) {
    Issue issue;
    issue.severity = topology::toString(diagnostic.severity);
    issue.code = diagnostic.code;
    issue.arguments = diagnostic.arguments;
    issue.node = diagnostic.node;
    issue.message = diagnostic.message;
    issue.line = diagnostic.line;
    issue.column = diagnostic.column;
    return issue;
}

Issue issueOf(const Error& error, const std::string& node) {
    Error said = spoken(error);
    Issue issue;
    issue.severity = "error";
    issue.code = std::move(said.sentence);
    issue.arguments = std::move(said.arguments);
    issue.node = node;
    issue.message = std::move(said.message);
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

Issue runDirectoryUnusable(const Error& error, const std::filesystem::path& directory) {
    return issueOf(directoryError("run-directory-unusable", error, directory), {});
}

Issue nothingOfThatName(const std::string& name, const std::vector<topology::NodeId>& choices) {
    if (choices.empty()) return issueOf(sessionError("nothing-to-choose", {name}, ErrorCode::notFound), {});
    std::string all;
    for (const topology::NodeId& choice : choices)
        all += (all.empty() ? "" : ", ") + choice;
    return issueOf(sessionError("choice-unknown", {name, all}, ErrorCode::notFound), {});
}

Issue clusterFailed(const Error& error, const topology::PlannedCluster& cluster,
                    const std::filesystem::path& dataDirectory) {
    const std::string node = "cluster/" + cluster.id;
    const auto listen = net::parseAddress(cluster.listen);
    switch (error.code) {
    case ErrorCode::addressInUse: {
        if (!listen) break;
        const std::string free = freeAddressFor(*listen);
        Issue issue = issueOf(sessionError("port-taken", {cluster.listen, free}, error.code), node);
        issue.takenAddress = cluster.listen;
        issue.freeAddress = free;
        return issue;
    }
    case ErrorCode::alreadyExists: // another process holds its lock
        return issueOf(sessionError("broker-directory-in-use", {dataDirectory.string()}, error.code), node);
    case ErrorCode::io:
    case ErrorCode::noSpace:
    case ErrorCode::denied:
        if (error.sentence != "system-refused") break; // it names what was refused already
        return issueOf(directoryError("broker-directory-unusable", error, dataDirectory), node);
    default:
        break;
    }
    return issueOf(error, node);
}

Issue topicRefused(const Error& error, const topology::PlannedTopic& topic) {
    return issueOf(sessionError("topic-refused", {topic.name, error.message}, error.code), "topic/" + topic.id);
}

Issue wouldLoseEvents(const std::string& channelId, const std::string& name, std::size_t events) {
    Issue issue = issueOf(sessionError("would-lose-events", {name, std::to_string(events)}), channelId);
    issue.severity = "warning";
    return issue;
}

void tell(const Error& error, NodeSnapshot& node) {
    tellPart(error, node);
}
void tell(const Error& error, ClusterSnapshot& cluster) {
    tellPart(error, cluster);
}

} // namespace millrace::session
