#pragma once

#include "topology/text/document.h"

namespace millrace::topology {

/// All diagnostics of a document, in text order.
std::vector<Diagnostic> checkDocument(const Document& document);

} // namespace millrace::topology
