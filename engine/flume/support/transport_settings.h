#pragma once

#include "flume/settings.h"

#include <initializer_list>
#include <string_view>

namespace millrace::flume {

/// Reads the TLS properties of a component that cannot do TLS yet; an error that says so when `ssl` is on.
inline Status refuseTls(Settings& settings, std::initializer_list<std::string_view> others) {
    for (const auto key : others)
        (void)settings.textIfSet(key);
    if (!settings.flag("ssl")) return ok();
    return Error{ErrorCode::unsupported,
                 settings.who() + ": ssl = true, but TLS does not run in this version; set ssl = false or run this "
                                  "component in Apache Flume",
                 false};
}

} // namespace millrace::flume
