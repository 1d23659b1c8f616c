#include "inspector/form_model.h"

#include "words/node_words.h"

#include <QHash>

#include <algorithm>

namespace millrace::studio {

namespace {

bool standsInTitle(const topology::Node& node, std::string_view key) {
    return key == "type" && isPart(node.kind);
}

constexpr std::string_view kMembers = "sinks";

/// The sinks of a group: a key of the document, which no processor declares.
bool isMemberList(const topology::Node& node, std::string_view key) {
    return node.kind == topology::NodeKind::sinkGroup && key == kMembers;
}

FormField fieldOf(const QString& key, const catalog::PropertySpec* spec, const QList<const topology::Node*>& nodes) {
    FormField field{key, spec, {}, spec ? QString::fromUtf8(spec->defaultValue) : QString(), ValueState::unset};
    const std::string plain = key.toStdString();
    bool first = true, same = true, any = false;
    QString value;
    for (const topology::Node* node : nodes) {
        const topology::Property* property = node->property(plain);
        any |= property != nullptr;
        const QString one = property ? QString::fromStdString(property->value) : field.fallback;
        same &= first || one == value;
        value = one;
        first = false;
    }
    if (!same)
        field.state = ValueState::mixed;
    else if (any) {
        field.value = value;
        const bool equal = spec && !spec->defaultValue.empty() && value == field.fallback;
        field.state = equal ? ValueState::setToDefault : ValueState::set;
    }
    return field;
}

PatternGroup groupOf(const catalog::PropertySpec& spec, std::string_view stem) {
    const QString pattern = QString::fromUtf8(stem) + QString::fromUtf8(spec.name);
    const qsizetype placeholder = pattern.indexOf(QLatin1Char('<'));
    return {&spec, pattern, placeholder >= 0 ? pattern.left(placeholder) : pattern.chopped(1), {}};
}

const catalog::ComponentSpec* partSpec(const topology::Document& document, const topology::Node& node,
                                       catalog::ComponentKind kind, const std::string& typeKey) {
    const topology::Property* type = node.property(typeKey);
    return type ? document.catalog().find(kind, type->value) : nullptr;
}

} // namespace

const catalog::ComponentSpec* declarationOf(const topology::Document& document, const topology::Node& node) {
    // Without a type a group still offers the choice of one.
    if (node.kind == topology::NodeKind::sinkGroup && node.type.empty())
        return document.catalog().find(catalog::ComponentKind::sinkProcessor, "default");
    return node.spec;
}

std::string_view stemOf(const topology::Node& node) {
    return node.kind == topology::NodeKind::sinkGroup ? "processor." : "";
}

const catalog::PropertySpec* ownDeclarationOf(const topology::Document& document, const topology::Node& node,
                                              std::string_view key) {
    const catalog::ComponentSpec* spec = declarationOf(document, node);
    const std::string_view stem = stemOf(node);
    return spec && key.starts_with(stem) ? spec->property(key.substr(stem.size())) : nullptr;
}

const catalog::PropertySpec* declarationOf(const topology::Document& document, const topology::Node& node,
                                           std::string_view key) {
    const catalog::PropertySpec* own = ownDeclarationOf(document, node, key);
    if (own && !own->isPattern()) return own;
    const std::string_view interceptors = "interceptors.", selector = "selector.";
    const catalog::ComponentSpec* part = nullptr;
    std::string_view rest;
    if (key.starts_with(interceptors)) {
        const std::size_t dot = key.find('.', interceptors.size());
        if (dot == std::string_view::npos) return own;
        part = partSpec(document, node, catalog::ComponentKind::interceptor, std::string(key.substr(0, dot)) + ".type");
        rest = key.substr(dot + 1);
    } else if (key.starts_with(selector)) {
        part = partSpec(document, node, catalog::ComponentKind::channelSelector, "selector.type");
        rest = key.substr(selector.size());
    }
    const catalog::PropertySpec* inner = part ? part->property(rest) : nullptr;
    return inner ? inner : own;
}

namespace {

void addDeclared(FormModel& model, const topology::Document& document, const QList<const topology::Node*>& nodes) {
    const topology::Node& first = *nodes.front();
    const std::string_view stem = stemOf(first);
    for (const catalog::PropertySpec& spec : declarationOf(document, first)->properties) {
        if (standsInTitle(first, spec.name)) continue;
        const std::string key = std::string(stem) + std::string(spec.name);
        const bool everywhere = std::all_of(nodes.begin(), nodes.end(), [&](const topology::Node* node) {
            const catalog::PropertySpec* theirs = ownDeclarationOf(document, *node, key);
            return theirs && theirs->name == spec.name;
        });
        if (!everywhere) continue;
        if (spec.isPattern()) {
            if (nodes.size() == 1) model.patterns.append(groupOf(spec, stem));
            continue;
        }
        const FormField field = fieldOf(QString::fromUtf8(key), &spec, nodes);
        const bool upFront = spec.required || (spec.level == catalog::PropertyLevel::common && !spec.deprecated);
        (upFront || field.state != ValueState::unset ? model.shown : model.more).append(field);
    }
}

void addWritten(FormModel& model, const topology::Document& document, const topology::Node& node) {
    for (const topology::Property& property : node.properties) {
        if (standsInTitle(node, property.key)) continue;
        if (isMemberList(node, property.key)) continue;
        const catalog::PropertySpec* own = ownDeclarationOf(document, node, property.key);
        if (own && !own->isPattern()) continue;
        const QString key = QString::fromStdString(property.key);
        const FormField field = fieldOf(key, declarationOf(document, node, property.key), {&node});
        if (!declarationOf(document, node))
            model.shown.append(field);
        else if (!own)
            model.unknown.append(field);
        else
            for (PatternGroup& group : model.patterns)
                if (group.spec == own) group.fields.append(field);
    }
}

} // namespace

FormModel buildForm(const topology::Document& document, const QList<const topology::Node*>& nodes) {
    FormModel model;
    const topology::Node& first = *nodes.front();
    if (declarationOf(document, first)) addDeclared(model, document, nodes);
    if (nodes.size() > 1) {
        model.more.clear();
        return model;
    }
    if (isMemberList(first, kMembers)) model.shown.prepend(fieldOf(QString::fromUtf8(kMembers), nullptr, nodes));
    addWritten(model, document, first);
    if (first.kind == topology::NodeKind::note && !first.spec && !first.property("text"))
        model.shown.prepend({QStringLiteral("text"), nullptr, {}, {}, ValueState::unset});
    // Groups that hold nothing stand last: they are offers, not facts.
    std::stable_partition(model.patterns.begin(), model.patterns.end(),
                          [](const PatternGroup& group) { return !group.fields.isEmpty(); });
    return model;
}

} // namespace millrace::studio
