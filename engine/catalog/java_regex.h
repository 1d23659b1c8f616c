#pragma once

#include <string>
#include <string_view>

namespace millrace::catalog {

/// Why java.util.regex would refuse `pattern`, as one clause ("a round bracket is not closed"), empty when it looks
/// well-formed. Looks at brackets, escapes and dangling quantifiers only: the mistakes people make.
std::string regexProblem(std::string_view pattern);

} // namespace millrace::catalog
