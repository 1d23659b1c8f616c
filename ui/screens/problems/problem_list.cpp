#include "screens/problems/problem_list.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "words/messages.h"
#include "words/node_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace millrace::studio {

namespace {

using topology::Severity;

constexpr std::size_t kMost = 300; ///< a broken file of a megabyte must not make a list of a million buttons

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Problems)
};

Severity severityOf(const session::Issue& issue) {
    return issue.severity == "error"     ? Severity::error
           : issue.severity == "warning" ? Severity::warning
                                         : Severity::information;
}

QString placeOf(const topology::Graph& graph, const std::string& nodeId) {
    if (nodeId.empty()) return Texts::tr("run");
    const topology::Node* node = graph.find(nodeId);
    if (!node) return QString::fromStdString(nodeId);
    return Texts::tr("%1 %2", "kind and name of a node").arg(wordOf(node->kind), QString::fromStdString(node->name));
}

Problem problemOf(const session::Issue& issue, const topology::Graph& graph) {
    Problem problem;
    problem.severity = severityOf(issue);
    problem.message = messageOf(issue);
    problem.place = placeOf(graph, issue.node);
    problem.node = QString::fromStdString(issue.node);
    if (issue.freeAddress.empty()) return problem;
    problem.taken = QString::fromStdString(issue.takenAddress);
    problem.free = QString::fromStdString(issue.freeAddress);
    problem.remedy = Texts::tr("Use %1 instead").arg(problem.free);
    return problem;
}

Problem problemOf(const topology::Diagnostic& diagnostic) {
    Problem problem;
    problem.severity = diagnostic.severity;
    problem.message = messageOf(diagnostic);
    problem.place = Texts::tr("line %1").arg(diagnostic.line);
    problem.node = QString::fromStdString(diagnostic.node);
    problem.property = QString::fromStdString(diagnostic.property);
    if (diagnostic.fixIts.empty()) return problem;
    problem.remedy = titleOf(diagnostic.fixIts.front());
    problem.fix = diagnostic.fixIts.front().edit;
    return problem;
}

} // namespace

std::vector<Problem> listProblems(const DocumentStore& store, const RunController& run) {
    std::vector<Problem> problems;
    for (const session::Issue& issue : run.furtherIssues())
        problems.push_back(problemOf(issue, store.graph()));
    std::vector<const topology::Diagnostic*> sorted;
    for (const topology::Diagnostic& one : store.diagnostics())
        sorted.push_back(&one);
    std::ranges::stable_sort(sorted, {}, [](const topology::Diagnostic* one) { return one->severity; });
    for (std::size_t i = 0; i < std::min(sorted.size(), kMost); ++i)
        problems.push_back(problemOf(*sorted[i]));
    if (sorted.size() > kMost) {
        Problem rest;
        rest.message = Texts::tr("%n more", nullptr, static_cast<int>(sorted.size() - kMost));
        problems.push_back(std::move(rest));
    }
    return problems;
}

int countProblems(const DocumentStore& store, const RunController& run) {
    const auto ofDocument = std::ranges::count_if(store.diagnostics(), [](const topology::Diagnostic& one) {
        return one.severity != Severity::information;
    });
    const auto ofRun = std::ranges::count_if(
        run.furtherIssues(), [](const session::Issue& one) { return severityOf(one) != Severity::information; });
    return static_cast<int>(ofDocument + ofRun);
}

} // namespace millrace::studio
