#include "base/environment.h"

#include "base/clock.h"

extern char** environ;

namespace millrace {

ProcessView lookAtProcess() {
    ProcessView view;
    view.epochMs = systemEpochMs();
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string::npos) view.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return view;
}

} // namespace millrace
