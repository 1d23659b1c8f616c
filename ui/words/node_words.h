#pragma once

#include "look/icons.h"
#include "topology/graph/graph.h"

#include <QString>

namespace millrace::studio {

look::Glyph glyphOf(topology::NodeKind kind);
/// Stands in an agent: source, channel or sink.
bool isPart(topology::NodeKind kind);
/// What stands behind the last slash of an id: the name of what it is the id of.
QString nameInId(const QString& id);
/// "source", "sink group" … in the language in force.
QString wordOf(topology::NodeKind kind);
/// The type as it is called on the canvas ("kafka", "TAILDIR"); the written type when the catalog does not know it.
QString typeTitle(const topology::Node& node);
/// What stands under the name: "kafka sink in agent web".
QString describe(const topology::Node& node);
/// A unit of the catalog in the language in force.
QString unitText(std::string_view english);
/// A help sentence of the catalog in the language in force.
QString helpText(std::string_view english);

} // namespace millrace::studio
