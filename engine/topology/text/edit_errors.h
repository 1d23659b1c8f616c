#pragma once

#include "base/sentences.h"
#include "topology/text/edit.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::topology {

/// What edits and the reading of files say when they refuse, sorted by code.
std::span<const Sentence> allRefusalTexts();

/// The refusal `code` of that table.
Error refusal(std::string_view code, std::vector<std::string> arguments = {},
              ErrorCode kind = ErrorCode::invalidArgument);
Error noSuchNode(const NodeId& node);   ///< notFound
Error nameTaken(std::string_view name); ///< alreadyExists

} // namespace millrace::topology
