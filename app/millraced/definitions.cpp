#include "definitions.h"

namespace millrace::app {

std::map<std::string, std::string, std::less<>> definitionsOf(const std::vector<std::string>& texts) {
    std::map<std::string, std::string, std::less<>> definitions;
    for (const std::string& text : texts) {
        const auto equals = text.find('=');
        definitions[text.substr(0, equals)] = equals == std::string::npos ? "" : text.substr(equals + 1);
    }
    return definitions;
}

} // namespace millrace::app
