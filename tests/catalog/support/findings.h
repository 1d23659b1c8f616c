#pragma once

#include "catalog/component_spec.h"

#include <QtTest>

namespace millrace::catalog::test {

/// "port = 1 | bind = x", values may be empty.
Properties parse(const QString& text);

/// One line a finding: "removed port: message [suggestion]".
QString print(const std::vector<Finding>& findings);

/// Columns and check of a data-driven test: the type of a component, its properties and what is found in them.
void addColumns();
void compare(ComponentKind kind);

} // namespace millrace::catalog::test
