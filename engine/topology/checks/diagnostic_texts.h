#pragma once

#include "base/sentences.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::topology {

/// The sentences of Diagnostic::code, sorted; what the catalog finds has its own table (catalog/finding_texts.h).
std::span<const Sentence> allDiagnosticTexts();
/// The same for FixIt::code.
std::span<const Sentence> allFixItTexts();

/// The sentence of `code` with the arguments filled in, long ones shortened. Precondition: the code is in a table.
std::string diagnosticText(std::string_view code, const std::vector<std::string>& arguments);
std::string fixItText(std::string_view code, const std::vector<std::string>& arguments);

} // namespace millrace::topology
