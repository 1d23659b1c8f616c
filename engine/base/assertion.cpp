#include "base/assertion.h"

#include <cstdio>
#include <cstdlib>

namespace millrace {

void assertionFailed(const char* file, int line, const char* condition, const std::string& values) {
    std::fprintf(stderr, "%s:%d: assertion failed: %s; %s\n", file, line, condition, values.c_str());
    std::abort();
}

} // namespace millrace
