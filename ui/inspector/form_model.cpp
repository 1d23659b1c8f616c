#include "inspector/form_model.h"

#include <QHash>

#include <algorithm>

namespace millrace::studio {

namespace {

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

bool standsInTitle(const topology::Node& node, std::string_view key) {
    using topology::NodeKind;
    return key == "type" &&
           (node.kind == NodeKind::source || node.kind == NodeKind::channel || node.kind == NodeKind::sink);
}

FormField fieldOf(const QString& key, const catalog::PropertySpec* spec, const QList<const topology::Node*>& nodes) {
    FormField field{key, spec, {}, spec ? text(spec->defaultValue) : QString(), ValueState::unset};
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

/// The part of a pattern before what the user chooses.
QString prefixOf(const catalog::PropertySpec& spec) {
    const QString name = text(spec.name);
    const qsizetype placeholder = name.indexOf(QLatin1Char('<'));
    return placeholder >= 0 ? name.left(placeholder) : name.chopped(1);
}

const catalog::ComponentSpec* partSpec(const topology::Document& document, const topology::Node& node,
                                       catalog::ComponentKind kind, const std::string& typeKey) {
    const topology::Property* type = node.property(typeKey);
    return type ? document.catalog().find(kind, type->value) : nullptr;
}

} // namespace

const catalog::PropertySpec* declarationOf(const topology::Document& document, const topology::Node& node,
                                           std::string_view key) {
    const catalog::PropertySpec* own = node.spec ? node.spec->property(key) : nullptr;
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

void addDeclared(FormModel& model, const QList<const topology::Node*>& nodes) {
    const topology::Node& first = *nodes.front();
    for (const catalog::PropertySpec& spec : first.spec->properties) {
        if (standsInTitle(first, spec.name)) continue;
        const bool everywhere = std::all_of(nodes.begin(), nodes.end(), [&spec](const topology::Node* node) {
            const catalog::PropertySpec* theirs = node->spec ? node->spec->property(spec.name) : nullptr;
            return theirs && theirs->name == spec.name;
        });
        if (!everywhere) continue;
        if (spec.isPattern()) {
            if (nodes.size() == 1) model.patterns.append({&spec, prefixOf(spec), {}});
            continue;
        }
        const FormField field = fieldOf(text(spec.name), &spec, nodes);
        const bool upFront = spec.required || (spec.level == catalog::PropertyLevel::common && !spec.deprecated);
        (upFront || field.state != ValueState::unset ? model.shown : model.more).append(field);
    }
}

void addWritten(FormModel& model, const topology::Document& document, const topology::Node& node) {
    for (const topology::Property& property : node.properties) {
        if (standsInTitle(node, property.key)) continue;
        const catalog::PropertySpec* own = node.spec ? node.spec->property(property.key) : nullptr;
        if (own && !own->isPattern()) continue;
        const QString key = QString::fromStdString(property.key);
        const FormField field = fieldOf(key, declarationOf(document, node, property.key), {&node});
        if (!node.spec)
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
    if (first.spec) addDeclared(model, nodes);
    if (nodes.size() > 1) {
        model.more.clear();
        return model;
    }
    addWritten(model, document, first);
    if (first.kind == topology::NodeKind::note && !first.spec && !first.property("text"))
        model.shown.prepend({QStringLiteral("text"), nullptr, {}, {}, ValueState::unset});
    // Groups that hold nothing stand last: they are offers, not facts.
    std::stable_partition(model.patterns.begin(), model.patterns.end(),
                          [](const PatternGroup& group) { return !group.fields.isEmpty(); });
    return model;
}

} // namespace millrace::studio
