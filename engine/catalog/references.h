#pragma once

#include "catalog/component_spec.h"

namespace millrace::catalog {

/// What the value of a property names.
enum class Reference {
    nothing,
    channel, ///< of the same agent
    sink,    ///< of the same agent
    cluster, ///< of the document
    topicId, ///< of the document, by its id
    topic,   ///< by its name in Kafka; there may be others than the document's
};

struct RefersTo {
    Reference to = Reference::nothing;
    char separator = '\0'; ///< between several names; 0: it is one
};

/// `key`: relative to the component; of a sink group with "processor." before what its processor declares. `spec` may
/// be null: the type is not known.
RefersTo refersTo(ComponentKind kind, const ComponentSpec* spec, std::string_view key);

} // namespace millrace::catalog
