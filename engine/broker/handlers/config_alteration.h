#pragma once

#include "broker/common/call.h"
#include "broker/requests/context.h"

#include <functional>
#include <string>
#include <vector>

namespace millrace::broker {

inline constexpr std::int8_t kTopicResource = 2, kBrokerResource = 4;

/// What both APIs that alter configs share: one resource and what shall become of its configs, or why nothing can.
struct ConfigAlteration {
    std::int8_t resourceType = 0;
    std::string resourceName;
    ConfigEdit edit;
    Refusal refusal = {};
};

/// Applies all that the client may alter; `done` gets them back with what became of each.
void alter(std::vector<ConfigAlteration> alterations, bool validateOnly, const Call& call, Context& context,
           std::function<void(std::vector<ConfigAlteration>)> done);

} // namespace millrace::broker
