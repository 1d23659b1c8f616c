#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <string>

namespace millrace::studio {

/// One of the topologies that come with the program.
struct Example {
    QString name; ///< of the file, without ending: "weblog"
    QString title;
    QString summary;
};

/// In the order of the gallery, in the language in force.
QList<Example> examples();
/// The text of an example; absent when there is none of that name.
std::optional<std::string> exampleText(const QString& name);

} // namespace millrace::studio
