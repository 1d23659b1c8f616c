#pragma once

#include "session/sentences.h"
#include "session/session.h"
#include "topology/text/diagnostic.h"
#include "topology/checks/run_plan.h"

#include <filesystem>
#include <string>
#include <vector>

namespace millrace::session {

Issue issueOf(const topology::Diagnostic& diagnostic);
Issue issueOf(const Error& error, const std::string& node);
std::vector<Issue> issuesOf(const std::vector<topology::Diagnostic>& diagnostics);
bool hasError(const std::vector<Issue>& issues);

/// The run directory could not be made.
Issue runDirectoryUnusable(const Error& error, const std::filesystem::path& directory);
/// The request names a part that is not among the document's.
Issue nothingOfThatName(const std::string& name, const std::vector<topology::NodeId>& choices);
/// An embedded cluster did not start. Where its port is taken, a free one is offered.
Issue clusterFailed(const Error& error, const topology::PlannedCluster& cluster,
                    const std::filesystem::path& dataDirectory);
Issue topicRefused(const Error& error, const topology::PlannedTopic& topic);
Issue wouldLoseEvents(const std::string& channelId, const std::string& name, std::size_t events);

/// Writes an error into a snapshot's message, messageCode, messageArguments; one without a message clears them.
void tell(const Error& error, NodeSnapshot& node);
void tell(const Error& error, ClusterSnapshot& cluster);

} // namespace millrace::session
