#pragma once

#include "topology/document/document.h"

#include <QList>
#include <QString>

namespace millrace::studio {

enum class ValueState {
    unset,        ///< not in the file: the default counts
    set,          ///< in the file
    setToDefault, ///< in the file, with the value that would count anyway
    mixed,        ///< several nodes with different values
};

struct FormField {
    QString key;                                 ///< relative to its node
    const catalog::PropertySpec* spec = nullptr; ///< null: not declared
    QString value;                               ///< as in the file; empty when unset or mixed
    QString fallback;                            ///< the default; empty = none
    ValueState state = ValueState::unset;
};

/// Properties whose names the user chooses (`filegroups.<group>`, `kafka.producer.*`).
struct PatternGroup {
    const catalog::PropertySpec* spec = nullptr;
    QString pattern; ///< relative to the node: "filegroups.<group>"
    QString prefix;  ///< up to the chosen part: "filegroups."
    QList<FormField> fields;
};

/// What the property panel shows for one node, or for several at once: only the keys that all of them declare.
struct FormModel {
    QList<FormField> shown; ///< required, common or in the file
    QList<FormField> more;  ///< all others, at their defaults
    QList<PatternGroup> patterns;
    QList<FormField> unknown; ///< in the file, but not declared
};

/// `nodes` must not be empty. `type` of a component is left out: it stands in the title.
FormModel buildForm(const topology::Document& document, const QList<const topology::Node*>& nodes);

/// The declaration of a node: of a sink group it is that of its processor. Null when there is none.
const catalog::ComponentSpec* declarationOf(const topology::Document& document, const topology::Node& node);

/// What stands before the declared names in the keys of a node: "processor." for a sink group, else nothing.
std::string_view stemOf(const topology::Node& node);

/// What the node's own declaration says of a key, which may be a pattern. Null when undeclared.
const catalog::PropertySpec* ownDeclarationOf(const topology::Document& document, const topology::Node& node,
                                              std::string_view key);

/// The declaration of a key, looked up inside interceptors, selector and processor too. Null when undeclared.
const catalog::PropertySpec* declarationOf(const topology::Document& document, const topology::Node& node,
                                           std::string_view key);

} // namespace millrace::studio
