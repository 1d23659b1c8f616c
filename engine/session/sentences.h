#pragma once

#include "base/sentences.h"

#include <string>
#include <string_view>
#include <vector>

namespace millrace::session {

/// An error of the session's own: not running, directory of no use …
Error sessionError(std::string_view code, std::vector<std::string> arguments = {},
                   ErrorCode kind = ErrorCode::invalidArgument);

/// The error under a code and with arguments in any case: where it has no sentence of its own, those of its ErrorCode
/// ("timeout", with the English message for %1).
Error spoken(Error error);

/// Every sentence that an Issue, a NodeSnapshot or an error of this folder may name, but for the diagnostics of topology/
/// and catalog/. For translators.
std::vector<Sentence> allSentences();

} // namespace millrace::session
