#pragma once

#include "broker/context.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace millrace::broker {

/// What both APIs that alter configs share: one resource with the configs it shall have, or why not.
struct ConfigAlteration {
    std::int8_t resourceType = 0;
    std::string resourceName;
    std::int16_t error = 0;
    std::string message;
    ConfigMap configs; ///< all the topic shall set itself

    void refuse(std::int16_t code, std::string why) { error = code, message = std::move(why); }
};

/// Starts one: finds the topic and its present configs, or says why the resource cannot be altered.
ConfigAlteration beginAlteration(std::int8_t resourceType, const std::string& resourceName, const Context& context);
/// Checks and applies them all; `done` gets them back with what became of each.
void alter(std::vector<ConfigAlteration> alterations, bool validateOnly, Context& context,
           std::function<void(std::vector<ConfigAlteration>)> done);

} // namespace millrace::broker
