#pragma once

#include "base/result.h"
#include "topology/text/edit.h"

#include <string>
#include <string_view>

namespace millrace::topology {

struct EditedText {
    std::string text;
    Edit inverse; ///< undoes it exactly
};

/// An edit's doing on the text alone. Precondition: ranges lie in the text, rise and do not overlap (else
/// invalidArgument).
Result<EditedText> applyTo(std::string_view before, const Edit& edit);

} // namespace millrace::topology
