#pragma once

#include "catalog/component_spec.h"

#include <span>
#include <string_view>
#include <vector>

namespace millrace::catalog {

/// The sentence behind a Finding::code, with %1 … %9 for its arguments.
struct FindingText {
    std::string_view code;
    std::string_view text;
};

/// All codes that checks of this folder report, for translators; sorted by code.
std::span<const FindingText> findingTexts();

/// A finding whose message is the text of `code` with `arguments` filled in, long ones shortened. `code` must stand in
/// findingTexts().
Finding makeFinding(Finding::Effect effect, std::string_view property, std::string_view code,
                    std::vector<std::string> arguments, std::string suggestion = {});

} // namespace millrace::catalog
