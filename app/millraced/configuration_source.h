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
    /// What was given last runs: it may be kept for a time when there is none to be had. Error: it could not be kept.
    virtual Status accepted() { return ok(); }
};

/// Who asks, for a server that wants to know (RFC 7617).
struct ConfigurationUser {
    std::string name; ///< empty: nobody in particular
    std::string password;
};

/// A server's, no path.
bool isConfigurationAddress(const std::string& place);

/// By path, or for "http://…" and "https://…" from a server, which is asked for changes only (If-None-Match,
/// If-Modified-Since; RFC 9110 §13). What was accepted from a server is kept in the directory `backup`, unless that is
/// empty, and read there when the server has nothing at the start. Error: the address is none.
Result<std::unique_ptr<ConfigurationSource>> openConfiguration(const std::string& place, const ConfigurationUser& user,
                                                               const std::string& backup);

} // namespace millrace::app
