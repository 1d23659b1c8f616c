#pragma once

#include "base/result.h"

#include <memory>
#include <optional>
#include <string>

namespace millrace::app {

/// Where the text of a configuration comes from. One thread, which never waits but in read().
class ConfigurationSource {
public:
    virtual ~ConfigurationSource() = default;
    /// The text as it is now.
    virtual Result<std::string> read() = 0;
    /// Begins to find out whether it is another text by now.
    virtual void look() = 0;
    /// What was found out since: the new text, or why there is none to be had; nothing while nothing is new.
    virtual std::optional<Result<std::string>> changed() = 0;
};

/// Who asks, for a server that wants to know (RFC 7617).
struct ConfigurationUser {
    std::string name; ///< empty: nobody in particular
    std::string password;
};

/// A server's, no path.
bool isConfigurationAddress(const std::string& place);

/// By path, or for "http://…" and "https://…" from a server, which is asked for changes only (If-None-Match,
/// If-Modified-Since; RFC 9110 §13). Error: the address is none.
Result<std::unique_ptr<ConfigurationSource>> openConfiguration(const std::string& place, const ConfigurationUser& user);

} // namespace millrace::app
