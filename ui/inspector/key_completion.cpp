#include "inspector/key_completion.h"

#include "inspector/form_model.h"
#include "inspector/offered_names.h"

#include <optional>

namespace millrace::studio {

namespace {

struct Section {
    const char* word;
    catalog::ComponentKind kind;
};
constexpr Section kSections[] = {{"sources", catalog::ComponentKind::source},
                                 {"channels", catalog::ComponentKind::channel},
                                 {"sinks", catalog::ComponentKind::sink},
                                 {"sinkgroups", catalog::ComponentKind::sinkProcessor}};

std::optional<Section> sectionOf(const QString& word) {
    for (const Section& section : kSections)
        if (word == QLatin1String(section.word)) return section;
    return {};
}

QStringList names(const topology::Document& document, const QString& agent, const QString& section) {
    QStringList found;
    for (const topology::Node* node : document.graph().partsOf(agent.toStdString())) {
        const QString id = QString::fromStdString(node->id);
        if (id.startsWith(agent + QLatin1Char('/') + section + QLatin1Char('/')))
            found.append(QString::fromStdString(node->name));
    }
    return found;
}

QStringList types(const topology::Document& document, catalog::ComponentKind kind) {
    QStringList found;
    for (const catalog::ComponentSpec* spec : document.catalog().ofKind(kind))
        found.append(QString::fromUtf8(spec->alias.empty() ? spec->className : spec->alias));
    return found;
}

const topology::Node* nodeOf(const topology::Document& document, const QStringList& parts) {
    return document.graph().find((parts[0] + QLatin1Char('/') + parts[1] + QLatin1Char('/') + parts[2]).toStdString());
}

QStringList keysOf(const topology::Document& document, const QStringList& parts) {
    const auto* node = nodeOf(document, parts);
    QStringList found;
    const auto* declared = node ? declarationOf(document, *node) : nullptr;
    const bool group = parts[1] == QLatin1String("sinkgroups");
    if (group && !(node && node->property("sinks"))) found.append(QStringLiteral("sinks"));
    if (!declared) return found << (group ? QStringLiteral("processor.type") : QStringLiteral("type"));
    for (const catalog::PropertySpec& spec : declared->properties) {
        QString name = QString::fromUtf8(stemOf(*node)) + QString::fromUtf8(spec.name);
        if (spec.isPattern())
            name = name.left(name.contains(QLatin1Char('<')) ? name.indexOf(QLatin1Char('<')) : name.size() - 1);
        // What stands in the file already is not offered a second time.
        if (!node->property(name.toStdString()) && !spec.deprecated) found.append(name);
    }
    return found;
}

QStringList keyWords(const topology::Document& document, const QString& typed) {
    const QStringList parts = typed.split(QLatin1Char('.'));
    QStringList found;
    if (parts.size() == 1) {
        for (const topology::Node* agent : document.graph().ofKind(topology::NodeKind::agent))
            found.append(QString::fromStdString(agent->name) + QLatin1Char('.'));
    } else if (parts.size() == 2) {
        for (const Section& section : kSections)
            found.append(parts[0] + QLatin1Char('.') + QLatin1String(section.word));
    } else if (parts.size() == 3) {
        for (const QString& name : names(document, parts[0], parts[1]))
            found.append(QStringList{parts[0], parts[1], name}.join(QLatin1Char('.')) + QLatin1Char('.'));
    } else if (sectionOf(parts[1])) {
        const QString stem = parts.mid(0, 3).join(QLatin1Char('.')) + QLatin1Char('.');
        for (const QString& key : keysOf(document, parts))
            found.append(stem + key);
    }
    return found;
}

QStringList valueWords(const topology::Document& document, const QString& key) {
    const QStringList parts = key.split(QLatin1Char('.'));
    if (parts.size() < 4) return {};
    const auto section = sectionOf(parts[1]);
    if (!section) return {};
    const QString property = parts.mid(3).join(QLatin1Char('.'));
    if (property == (section->kind == catalog::ComponentKind::sinkProcessor ? QLatin1String("processor.type")
                                                                            : QLatin1String("type")))
        return types(document, section->kind);
    const auto* node = nodeOf(document, parts);
    const auto refers = catalog::refersTo(section->kind, node ? node->spec : nullptr, property.toStdString());
    if (refers.to != catalog::Reference::nothing)
        return namesReferredTo(document.graph(), refers, parts[0].toStdString());
    if (property.startsWith(QLatin1String("interceptors.")) && property.endsWith(QLatin1String(".type")))
        return types(document, catalog::ComponentKind::interceptor);
    const auto* spec = node ? declarationOf(document, *node, property.toStdString()) : nullptr;
    if (!spec) return {};
    if (spec->type == catalog::PropertyType::boolean) return {QStringLiteral("true"), QStringLiteral("false")};
    QStringList found;
    for (const std::string_view choice : spec->choices)
        found.append(QString::fromUtf8(choice));
    if (found.isEmpty() && !spec->defaultValue.empty()) found.append(QString::fromUtf8(spec->defaultValue));
    return found;
}

} // namespace

Completions completionsAt(const topology::Document& document, const QString& line, int column) {
    const QString before = line.left(column);
    if (before.trimmed().startsWith(QLatin1Char('#')) || before.trimmed().startsWith(QLatin1Char('!'))) return {};
    const auto equals = static_cast<int>(before.indexOf(QLatin1Char('=')));
    int from = equals < 0 ? 0 : equals + 1;
    while (from < before.size() && before[from].isSpace())
        ++from;
    if (equals < 0) return {from, keyWords(document, before.mid(from))};
    // In a list each word is completed by itself.
    const auto blank = static_cast<int>(before.lastIndexOf(QLatin1Char(' ')));
    return {qMax(from, blank + 1), valueWords(document, before.left(equals).trimmed())};
}

} // namespace millrace::studio
