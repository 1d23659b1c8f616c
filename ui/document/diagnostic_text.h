#pragma once

#include "topology/diagnostic.h"

#include <QString>

namespace millrace::studio {

/// The sentence of a diagnostic in the language in force: its code looked up in the translation context "diagnostics"
/// and filled with its arguments; the English message where there is no translation.
QString messageOf(const topology::Diagnostic& diagnostic);
/// The same for what a fix-it's button says.
QString titleOf(const topology::FixIt& fixIt);

} // namespace millrace::studio
