#pragma once

#include "topology/document/document.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace millrace::studio {

/// Identifies a text; equal texts have equal fingerprints.
QByteArray fingerprintOf(const std::string& text);

/// What a document from elsewhere would do to this computer when run: the commands it starts, and the paths it reads or
/// writes that are absolute and outside `ownFolder`, and what it takes from the environment. One line each, with the
/// `${…}` of the file filled in.
QStringList reachOf(const topology::Document& document, const QString& ownFolder);

} // namespace millrace::studio
