#pragma once

#include "topology/text/edit.h"

#include <optional>
#include <string>
#include <vector>

namespace millrace::topology {

enum class Severity { error, warning, information };
const char* toString(Severity severity);

/// One click that mends a problem: `title` says what it does, `edit` is applied as one undo step.
struct FixIt {
    std::string code; ///< stable, for translation: "set-value"
    std::vector<std::string> arguments;
    std::string title; ///< English: "Set transactionCapacity to 2000"
    Edit edit;
};

/// A problem of the document; the same everywhere: field, node, text margin, problem list, `millraced check`.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string code; ///< stable, kebab-case; the studio maps it to a translated sentence with `arguments`
    std::vector<std::string> arguments; ///< %1, %2 …
    std::string message;                ///< English: what, why ("Flume would remove this sink because …"), what to do
    NodeId node;                        ///< empty: the file as a whole
    std::string property;               ///< relative key ("channel"); empty: the node as a whole
    TextRange range;                    ///< what to underline; empty at 0 for the file as a whole
    int line = 1;                       ///< from 1
    int column = 1;                     ///< from 1, in characters (UTF-8 code points)
    std::vector<FixIt> fixIts;
};

/// The code says that Apache Flume runs the node or a part of it, and this version does not.
inline bool onlyFlumeRunsIt(std::string_view code) { return code.starts_with("foreign-") || code == "name-with-slash"; }

/// "weblog.conf:12:9: error: message", as on stderr.
std::string format(const Diagnostic& diagnostic, const std::string& fileName);

} // namespace millrace::topology
