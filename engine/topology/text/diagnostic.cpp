#include "topology/text/diagnostic.h"

#include <fmt/format.h>

namespace millrace::topology {

const char* toString(Severity severity) {
    switch (severity) {
    case Severity::error:
        return "error";
    case Severity::warning:
        return "warning";
    case Severity::information:
        return "information";
    }
    return "error";
}

std::string format(const Diagnostic& diagnostic, const std::string& fileName) {
    return fmt::format("{}:{}:{}: {}: {}", fileName, diagnostic.line, diagnostic.column, toString(diagnostic.severity),
                       diagnostic.message);
}

} // namespace millrace::topology
