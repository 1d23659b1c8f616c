#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::topology {

/// The English sentence of a diagnostic's or fix-it's code, with %1 … %9 for the arguments.
struct DiagnosticText {
    std::string_view code;
    std::string_view text;
};

/// All codes of this folder, for translators; sorted by code. What the catalog finds has its own table
/// (catalog/finding_texts.h).
std::span<const DiagnosticText> allDiagnosticTexts();
/// The same for FixIt::code.
std::span<const DiagnosticText> allFixItTexts();

/// The sentence of `code` with the arguments filled in, long ones shortened. Precondition: the code is in a table.
std::string diagnosticText(std::string_view code, const std::vector<std::string>& arguments);
std::string fixItText(std::string_view code, const std::vector<std::string>& arguments);

} // namespace millrace::topology
