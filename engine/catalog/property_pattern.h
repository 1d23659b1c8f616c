#pragma once

#include <string>
#include <string_view>

namespace millrace::catalog {

/// True when `key` is one of the keys that the declared name `pattern` stands for (see PropertySpec::name).
bool matchesPattern(std::string_view pattern, std::string_view key);

/// `pattern` with the user-chosen parts of `key` filled in, so that both can be compared: `filegroups.<group>` and
/// `filegroup.log` give `filegroups.log`. Empty when the two are not of one shape.
std::string fillPattern(std::string_view pattern, std::string_view key);

} // namespace millrace::catalog
