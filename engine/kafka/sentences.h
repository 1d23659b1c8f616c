#pragma once

#include "base/sentences.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::kafka {

/// What this folder says of failures that a user meets while a topology runs; sorted by code.
std::span<const Sentence> sentences();

/// One of them, as an error after which the same is tried again.
Error failure(ErrorCode kind, std::string_view code, std::vector<std::string> arguments = {});

} // namespace millrace::kafka
