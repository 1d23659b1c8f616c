#pragma once

#include "base/result.h"
#include "broker/settings/topic_configs.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// How clients of a listener prove who they are.
struct SaslSettings {
    std::vector<std::string> mechanisms;           ///< that they may choose
    std::map<std::string, std::string> plainUsers; ///< passwords by user, for PLAIN
    std::chrono::milliseconds sessionLifetime{0};  ///< after which they have to do it again; 0: never
    bool operator==(const SaslSettings&) const = default;
};

/// `value` gives what is set for the listener by its name, which may begin with that of a mechanism in small letters;
/// empty when nothing is. `wanted`: the listener asks clients who they are, so all has to be there. An error names what
/// to set, and no part of a password.
Result<SaslSettings> saslFrom(const std::function<std::string(std::string_view name)>& value, const std::string& prefix,
                              bool wanted);

} // namespace millrace::broker
