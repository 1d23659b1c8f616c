#pragma once

#include "base/result.h"
#include "topology/text/diagnostic.h"
#include "topology/graph/graph.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::topology {

/// How the bytes of the whole file are to be read (docs/file-format.md).
struct TextStyle {
    std::string lineEnd = "\n"; ///< that of most lines; new lines get it
    bool finalNewline = true;
    std::string separator = " = "; ///< what most lines have between key and value
    bool operator==(const TextStyle&) const = default;
};

struct PropertiesText;

/// A topology file: a Flume properties file plus `#@` lines. An immutable value: apply() gives a new one and shares
/// what it can. Any thread may read it. The text is the document: everything else is computed from it.
class Document {
public:
    /// Never fails: what cannot be understood becomes a diagnostic. `catalog` must outlive the document.
    static Document parse(std::string text, const catalog::Catalog& catalog);
    /// An empty topology with the `#@ version = 1` line.
    static Document empty(const catalog::Catalog& catalog);

    const std::string& text() const;
    const TextStyle& style() const;
    const Graph& graph() const;
    /// All rules: syntax, Flume's validation and instantiation, catalog checks, `#@` keys, wires. In text order.
    const std::vector<Diagnostic>& diagnostics() const;
    const catalog::Catalog& catalog() const;
    bool hasErrors() const;
    /// Not merely an equal text: the same value, so that what was worked out of it need not be again.
    bool isSameAs(const Document& other) const { return impl_ == other.impl_; }
    /// From a newer Millrace (`#@ version` above 1): may be looked at and run, not changed. edit functions refuse.
    bool readOnly() const;

    /// Every entry of the file with its places, duplicates too.
    const PropertiesText& properties() const;
    /// The property under its full key ("web.sources.access.type"; with `ours` "topic.weblog.name", without the "#@ "),
    /// as get prints it: the last of duplicates. Property::key is the full key.
    std::optional<Property> find(std::string_view fullKey, bool ours = false) const;

    struct Applied;
    /// Precondition: ranges lie in the text, rise and do not overlap (else invalidArgument). `inverse` undoes exactly.
    Result<Applied> apply(const Edit& edit) const;

    /// 1-based line and column (code points) of a byte offset.
    std::pair<int, int> lineColumn(std::size_t offset) const;

private:
    struct Impl;
    explicit Document(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    std::shared_ptr<const Impl> impl_;
};

struct Document::Applied {
    Document document;
    Edit inverse;
};

/// Reads a file for parse(); refuses above 64 MiB with a message that says so. The bytes are kept as they are.
Result<std::string> readDocumentFile(const std::string& path);
/// Writes beside and renames over; what was there stays on any error.
Status writeDocumentFile(const std::string& path, const std::string& text);

} // namespace millrace::topology
