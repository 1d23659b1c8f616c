#include "flume/registry.h"

namespace millrace::flume {

/// Made by the build: calls what each MILLRACE_COMPONENT defines.
void registerAllComponents(Registry& registry);

const Registry& builtinRegistry() {
    static const Registry registry = [] {
        Registry all;
        registerAllComponents(all);
        return all;
    }();
    return registry;
}

} // namespace millrace::flume
