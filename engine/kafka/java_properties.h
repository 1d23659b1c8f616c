#pragma once

#include "base/result.h"
#include "kafka/connection_config.h"

#include <span>
#include <string_view>

namespace millrace::kafka {

/// What becomes of one property of the Java client.
enum class JavaFate {
    same,       ///< librdkafka knows it by this name and with these values
    renamed,    ///< other name, same values
    translated, ///< other name or other values: see JavaProperty::translate
    noEffect,   ///< nothing here corresponds to it, and nothing is lost by that
    impossible, ///< cannot be honoured: an error that says what to do
};

/// One row of the table from the Java client's property names to librdkafka's.
struct JavaProperty {
    std::string_view name; ///< a last '*' stands for any rest
    JavaFate fate = JavaFate::same;
    std::string_view target; ///< librdkafka's name (renamed), the advice (impossible)
    Status (*translate)(std::string_view value, const JavaProperties& all, ConnectionConfig& out) = nullptr;
    /// Which roles librdkafka accepts it for; others ignore it in silence as the Java clients do.
    bool producer = true;
    bool consumer = true;
    bool admin = true;

    bool appliesTo(ClientRole role) const;
};

std::span<const JavaProperty> javaProperties();
/// The row for a property; null when the Java client has none of that name.
const JavaProperty* findJavaProperty(std::string_view name);

} // namespace millrace::kafka
