#pragma once

#include <string_view>

namespace millrace::catalog {

/// Whether Kafka 3.9 takes this for a version of its formats: a release, as "0.10.2", "2.8" or "2.8.1", or one of the
/// steps on the way to it, as "3.0-IV1". What MetadataVersion.fromVersionString reads.
bool isFormatVersion(std::string_view text);

} // namespace millrace::catalog
