#pragma once

#include "topology/document/document.h"

#include <QStringList>

namespace millrace::studio {

struct Completions {
    int from = 0; ///< column where the completed word begins
    QStringList words;
};

/// What may stand at `column` of a line: keys of the component that the line belongs to, component names after
/// "agent.sources.", or values of the key (choices, true and false, types, channels). Empty when nothing is known.
Completions completionsAt(const topology::Document& document, const QString& line, int column);

} // namespace millrace::studio
