#include "shell/trust.h"

#include "topology/graph/graph_builder.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>

#include <algorithm>
#include <optional>

namespace millrace::studio {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Trust)
};

bool isCommand(const topology::Node& node, const std::string& key) {
    const bool exec = node.spec && node.spec->kind == catalog::ComponentKind::source && node.spec->alias == "exec";
    const bool filter = node.kind == topology::NodeKind::agent && key.starts_with("configfilters.");
    return (exec && (key == "command" || key == "shell")) || (filter && key.ends_with(".command"));
}

/// A value as it will run, and whether it takes anything from outside of the file: what stands there is known to nobody
/// who reads the file.
struct Filled {
    std::string value;
    bool fromOutside = false;
};

Filled filledIn(const std::string& value, const topology::ValueMap& fileValues) {
    Filled filled;
    const topology::Lookup ofFile = [&fileValues](const std::string& key) -> std::optional<std::string> {
        const auto found = fileValues.find(key);
        return found == fileValues.end() ? std::nullopt : std::optional(found->second);
    };
    filled.value = topology::substitute(value, [&](const std::string& name) {
        const QString whole = QString::fromStdString(name);
        for (const char* prefix : {"env:", "sys:"})
            filled.fromOutside |= whole.startsWith(QLatin1String(prefix), Qt::CaseInsensitive);
        return topology::lookUp(name, {}, ofFile);
    });
    // Config filters take their turn at what is left: ${filter[NAME]}.
    const std::size_t left = filled.value.find("${");
    filled.fromOutside |= left != std::string::npos && filled.value.find('[', left) != std::string::npos;
    return filled;
}

/// Any value that names an absolute place counts, whatever the property is called: a type that the catalog does not
/// know may do anything with it.
QString outsidePath(const QString& value, const QString& ownFolder) {
    QString path = value;
    // As Hadoop reads it, with a host or without: file:/x, file:///x.
    if (path.startsWith(QLatin1String("file:"))) path = path.mid(5);
    if (path.startsWith(QLatin1String("//")))
        path = path.mid(std::max<qsizetype>(path.indexOf(QLatin1Char('/'), 2), 0));
    if (path.startsWith(QLatin1String("~"))) path = QDir::homePath() + path.mid(1);
    if (!path.startsWith(QLatin1Char('/'))) {
        const QString climbed = QDir::cleanPath(path);
        return climbed == QLatin1String("..") || climbed.startsWith(QLatin1String("../")) ? value : QString();
    }
    const QString clean = QDir::cleanPath(path);
    const bool inside = !ownFolder.isEmpty() && (clean == ownFolder || clean.startsWith(ownFolder + QLatin1Char('/')));
    return inside ? QString() : value;
}

} // namespace

QByteArray fingerprintOf(const std::string& text) {
    return QCryptographicHash::hash(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())),
                                    QCryptographicHash::Sha256)
        .toHex();
}

QStringList reachOf(const topology::Document& document, const QString& ownFolder) {
    QStringList lines;
    const topology::ValueMap fileValues = topology::flumeValues(document.properties());
    for (const topology::Node& node : document.graph().nodes) {
        for (const topology::Property& property : node.properties) {
            const Filled filled = filledIn(property.value, fileValues);
            const QString value = QString::fromStdString(filled.value);
            const QString id = QString::fromStdString(node.id);
            QString line;
            if (isCommand(node, property.key))
                line = Texts::tr("%1 starts the command: %2").arg(id, value);
            else if (filled.fromOutside)
                line = Texts::tr("%1 uses what is set on this computer: %2").arg(id, value);
            else if (const QString path = outsidePath(value, ownFolder); !path.isEmpty())
                line = Texts::tr("%1 uses the path: %2").arg(id, path);
            if (!line.isEmpty() && !lines.contains(line)) lines.append(line);
        }
    }
    return lines;
}

} // namespace millrace::studio
