#pragma once

#include "session/session.h"
#include "topology/text/diagnostic.h"

#include <QString>

namespace millrace::studio {

/// What the engine says, in the language in force: the code is looked up in the translation context "diagnostics" and
/// filled with the arguments; the English message where there is no translation.
QString messageOf(const topology::Diagnostic& diagnostic);
QString messageOf(const session::Issue& issue);
QString messageOf(const session::NodeSnapshot& node);       ///< empty when all is well
QString messageOf(const session::ClusterSnapshot& cluster); ///< empty when all is well
QString messageOf(const Error& error);
/// The same for what a fix-it's button says.
QString titleOf(const topology::FixIt& fixIt);

} // namespace millrace::studio
