#pragma once

#include "configuration_source.h"
#include "configuration_text.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::app {

/// The files of an agent, by path or address, laid over each other in their order. One thread, as ConfigurationSource.
class Configuration {
public:
    /// The arguments are openConfiguration()'s, one of `places` each. Precondition: there is one.
    static Result<Configuration> open(const std::vector<std::string>& places, const ConfigurationUser& user,
                                      const std::string& backup);
    /// All as they are now. Error: one cannot be had, which Flume does not start without either.
    Result<ConfigurationText> read();
    void look();
    /// As ConfigurationSource::changed(): all of them, when one is another by now.
    std::optional<Result<ConfigurationText>> changed();
    /// Error: that of the first which could not be kept.
    Status accepted();
    /// How often Flume looks: every 30 s, and every 5 min where servers have all.
    std::chrono::seconds pollInterval() const;

private:
    struct Part {
        std::string place;
        std::unique_ptr<ConfigurationSource> source;
        std::string text; ///< the one that was read last
    };
    ConfigurationText joined() const;
    std::vector<Part> parts_;
};

} // namespace millrace::app
