#include "catalog/millrace/document_parts.h"

namespace millrace::catalog {

std::span<const ComponentSpec* const> documentParts() {
    static constexpr const ComponentSpec* kParts[] = {&kClusterPart, &kTopicPart,   &kHostPart,
                                                      &kAgentPart,   &kTrafficPart, &kNotePart};
    return kParts;
}

} // namespace millrace::catalog
