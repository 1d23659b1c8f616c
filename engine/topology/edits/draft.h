#pragma once

#include "topology/document/document.h"
#include "topology/document/line_writer.h"
#include "topology/text/text_pieces.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace millrace::topology {

/// A document while an edit function changes it in several steps; take() gives them as one edit of the first document.
class Draft {
public:
    explicit Draft(const Document& document);

    /// The document as the steps so far have left it.
    const Document& now() const;
    const Graph& graph() const { return now().graph(); }

    void set(std::string_view key, std::string_view value, bool ours = false);
    /// Sets several keys of one node; new lines come in this order.
    void setAll(const NodeId& node, const std::vector<KeyValue>& values);
    void unset(std::string_view key, bool ours = false);
    /// Removes every line for which this is true.
    void removeEntries(const std::function<bool(const Entry&)>& which);
    /// Removes list entries (white space between) from the value; the whole line when nothing is left.
    void removeFromList(std::string_view key, const std::set<std::string>& names);
    void addToList(std::string_view key, std::string_view name);
    /// New lines side by side at the place of the first.
    void insertTogether(const std::vector<KeyValue>& lines, bool ours);
    void renamed(NodeId from, NodeId to);

    /// Precondition of change(): replacements rise and do not overlap.
    void change(std::vector<Replacement> replacements);
    Edit take();

private:
    std::string original_;
    mutable Document now_;                  ///< before `step_`
    mutable std::vector<Replacement> step_; ///< taken in when somebody asks: after the last step of an edit nobody does
    TextPieces pieces_;
    std::vector<Rename> renames_;
};

/// Error when the document is from a newer Millrace.
Status editable(const Document& document);

/// Replacements that take `names` out of a list's value; one that removes the lines when nothing is left.
std::vector<Replacement> withoutNames(const Document& document, const Entry& entry, const std::set<std::string>& names);

} // namespace millrace::topology
