#pragma once

#include "topology/text/diagnostic.h"

#include <map>
#include <string>
#include <vector>

namespace millrace::session {

/// A broker's settings as a file of Kafka's has them, server.properties.
struct ServerProperties {
    /// By Kafka's names: those that the embedded broker knows, whether anything here depends on them or not.
    std::map<std::string, std::string> configs;
    /// In the order of the file: a value that is refused is an error, a name that nobody knows a warning, one without
    /// effect here an information.
    std::vector<topology::Diagnostic> remarks;

    bool refused() const;
};

/// `text` as java.util.Properties reads it; of two entries with one name the last counts, as in Kafka.
ServerProperties readServerProperties(std::string text);

} // namespace millrace::session
