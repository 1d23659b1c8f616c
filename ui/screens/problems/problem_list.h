#pragma once

#include "topology/text/diagnostic.h"

#include <QString>

#include <vector>

namespace millrace::studio {

class DocumentStore;
class RunController;

/// One thing that is wrong, of the document or of its last start or change, in the language in force.
struct Problem {
    topology::Severity severity = topology::Severity::information;
    QString message, place;
    QString node, property; ///< where a click leads; may be empty
    QString remedy;         ///< what its button says; empty: there is none
    topology::Edit fix;     ///< the remedy is this edit of the document as it was when the list was made
    QString taken, free;    ///< or, when these are not empty, another address

    /// The same problem, though it may have moved in the text.
    bool sameAs(const Problem& other) const {
        return severity == other.severity && message == other.message && node == other.node &&
               property == other.property && remedy == other.remedy;
    }
};

/// Those of the run first, then the worst. A list that is too long ends with how many more there are.
std::vector<Problem> listProblems(const DocumentStore& store, const RunController& run);

/// Errors and warnings of the document, and of its last start or change; hints are not counted. Every count that the
/// window shows is this one.
int countProblems(const DocumentStore& store, const RunController& run);

} // namespace millrace::studio
