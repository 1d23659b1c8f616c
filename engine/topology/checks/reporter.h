#pragma once

#include "topology/text/diagnostic.h"
#include "topology/document/document.h"
#include "topology/text/properties_text.h"
#include "topology/graph/settings.h"

#include <string>
#include <vector>

namespace millrace::topology {

/// What sentences call that which stands in a section: "source", "sink group" …
const char* wordFor(Section section);

/// Where a problem is.
struct Site {
    NodeId node;
    std::string property;         ///< relative key; empty = the node
    const Entry* entry = nullptr; ///< null = the file
    enum class Part { value, key, line } part = Part::value;
};

/// Collects diagnostics and writes their fix-its against the document's text.
class Reporter {
public:
    explicit Reporter(const Document& document) : document_(document) {}

    Diagnostic& report(Severity severity, std::string_view code, std::vector<std::string> arguments, const Site& site);
    /// What a check of the catalog found; `prefix` stands before its keys within `part`.
    Diagnostic& report(const catalog::Finding& finding, const Site& site);
    /// The one that only knows a range.
    Diagnostic& reportRange(Severity severity, std::string_view code, std::vector<std::string> arguments,
                            TextRange range);

    void fixBySetting(Diagnostic& diagnostic, const std::string& fullKey, const std::string& value, bool ours = false);
    void fixByRenaming(Diagnostic& diagnostic, const Entry& entry, std::string_view newFullKey);
    void fixByAdding(Diagnostic& diagnostic, const std::string& listKey, const std::string& name);
    /// Makes the last two fix-its one click that does both, called like the first.
    void mergeLastFixIts(Diagnostic& diagnostic);
    void fix(Diagnostic& diagnostic, std::string_view code, std::vector<std::string> arguments,
             std::vector<Replacement> edit);

    const Document& document() const { return document_; }
    /// In text order; on the same place errors first.
    std::vector<Diagnostic> take();

private:
    void place(Diagnostic& diagnostic, TextRange range) const;
    const Document& document_;
    std::vector<Diagnostic> diagnostics_;
};

} // namespace millrace::topology
