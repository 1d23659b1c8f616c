#pragma once

#include "base/sentences.h"
#include "catalog/component_spec.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::catalog {

/// The sentences behind Finding::code; sorted by code.
std::span<const Sentence> findingTexts();

/// A finding whose message is the text of `code` with `arguments` filled in, long ones shortened. `code` must stand in
/// findingTexts().
Finding makeFinding(Finding::Effect effect, std::string_view property, std::string_view code,
                    std::vector<std::string> arguments, std::string suggestion = {});

} // namespace millrace::catalog
