#pragma once

#include "topology/document/document.h"
#include "topology/text/properties_text.h"

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace millrace::topology {

/// What is computed from the text: the entries at once, graph and diagnostics when first asked for. For document/ and
/// for the checks, which fill in the diagnostics.
struct Document::Impl {
    std::string text;
    const catalog::Catalog* catalog;
    PropertiesText properties;
    TextStyle style;
    std::unordered_map<std::string_view, std::size_t> flumeIndex, ourIndex;
    mutable std::once_flag graphOnce, diagnosticsOnce;
    mutable Graph graph;
    mutable std::vector<Diagnostic> diagnostics;

    Impl(std::string bytes, const catalog::Catalog& declarations);
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
};

} // namespace millrace::topology
