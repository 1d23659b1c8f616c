// A topology file: entries, graph and checks of any bytes; an edit and its inverse give the same bytes back.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "catalog/component_spec.h"
#include "topology/document/document.h"
#include "topology/edits/edits.h"
#include "topology/text/properties_text.h"

namespace {

using namespace millrace;

void placesLieInside(const topology::Document& document) {
    const std::size_t size = document.text().size();
    for (const topology::Entry& entry : document.properties().entries)
        for (const topology::TextRange& range : {entry.lines, entry.keyRange, entry.valueRange})
            MILLRACE_ASSERT(range.begin <= range.end && range.end <= size, "{}..{} of {}", range.begin, range.end, size);
    for (const topology::Diagnostic& problem : document.diagnostics())
        MILLRACE_ASSERT(problem.range.begin <= problem.range.end && problem.range.end <= size, "{}: {}..{} of {}",
                        problem.code, problem.range.begin, problem.range.end, size);
}

void editComesBack(const topology::Document& document) {
    if (document.properties().entries.empty()) return;
    const topology::Entry& entry = document.properties().entries.front();
    const auto edit = topology::setProperty(document, entry.key, "a new value", entry.ours);
    if (!edit) return;
    const auto applied = document.apply(*edit);
    MILLRACE_ASSERT(applied.has_value(), "an edit of ours does not fit: {}", applied.error().message);
    const auto back = applied->document.apply(applied->inverse);
    MILLRACE_ASSERT(back && back->document.text() == document.text(), "the inverse does not give the text back");
}

} // namespace

MILLRACE_FUZZ_TARGET(properties_text) {
    const auto document = topology::Document::parse(std::string(reinterpret_cast<const char*>(data.data()), data.size()),
                                                    catalog::flumeCatalog());
    MILLRACE_ASSERT(document.text().size() == data.size(), "the text is not the file");
    (void)document.graph();
    placesLieInside(document);
    editComesBack(document);
}
