#pragma once

#include <string>
#include <vector>

namespace millrace::catalog {

/// One page of the reference that is printed from the declarations.
struct ManualPage {
    std::string fileName; ///< "sources.md"
    std::string text;     ///< Markdown, ends with a line end
};

/// An index ("README.md"), then one page for each kind of component, and one of Kafka's settings, as they lie in
/// docs/components/.
std::vector<ManualPage> manualPages();

} // namespace millrace::catalog
