#pragma once

#include "catalog/agent_config.h"

namespace millrace::flume {

/// What differs between two configurations of one component, by what it takes to follow.
struct ComponentChange {
    bool any = false;     ///< else the two are alike
    bool wiring = false;  ///< channels, selector, interceptors: the runner is wired anew
    bool live = false;    ///< handed to reconfigure()
    bool rebuild = false; ///< type, or a property that only a new component takes up
};

/// Of two configurations under the same name.
ComponentChange changeBetween(const catalog::ComponentConfig& before, const catalog::ComponentConfig& after);

} // namespace millrace::flume
