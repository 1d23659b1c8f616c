#pragma once

#include "catalog/component_spec.h"
#include "topology/document/document.h"
#include "topology/edits/edits.h"

#include <QtTest>

#include <string>

namespace millrace::topology::test {

inline Document parse(std::string text) {
    return Document::parse(std::move(text), catalog::flumeCatalog());
}

/// The text after an edit; "error: …" when the edit was refused or does not fit.
inline std::string after(const Document& document, const Result<Edit>& edit) {
    if (!edit) return "error: " + edit.error().message;
    auto applied = document.apply(edit.value());
    return applied ? applied.value().document.text() : "error: " + applied.error().message;
}

inline Document applied(const Document& document, const Edit& edit) {
    auto result = document.apply(edit);
    if (!result) qFatal("the edit does not fit: %s", result.error().message.c_str());
    return result.value().document;
}

/// The wires of a graph, one a line: "sourceToChannel web/sources/a -> web/channels/c [label] optional".
std::string wiresOf(const Document& document);
/// A file of tests/topology/data.
std::string dataFile(const std::string& name);
/// A file of resources/examples.
std::string exampleFile(const std::string& name);

} // namespace millrace::topology::test
