#include "topology/text/name_pattern.h"

namespace millrace::topology {

namespace {

constexpr std::uint32_t kMostSteps = 100'000;

} // namespace

NamePattern::NamePattern(const std::string& pattern) {
    auto compiled = java::JavaRegex::compile(pattern);
    if (!compiled) return;
    compiled->limitSteps(kMostSteps);
    regex_ = std::move(*compiled);
}

} // namespace millrace::topology
