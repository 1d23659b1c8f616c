#include "catalog/check_support.h"
#include "catalog/property_pattern.h"
#include "java/java_charset.h"
#include "java/java_number.h"
#include "java/java_regex_syntax.h"

#include <fmt/format.h>

#include <algorithm>

namespace millrace::catalog {
namespace {

using Effect = Finding::Effect;

/// Java int or long; everything else has no range.
std::optional<std::int64_t> parseNumber(PropertyType type, std::string_view value) {
    if (type == PropertyType::integer || type == PropertyType::port) return java::parseJavaInt(value);
    return java::parseJavaLong(value);
}

bool isNumber(PropertyType type) {
    switch (type) {
    case PropertyType::integer:
    case PropertyType::longInteger:
    case PropertyType::port:
    case PropertyType::duration:
    case PropertyType::bytes:
        return true;
    default:
        return false;
    }
}

/// What belongs to Flume's validation of the whole agent, not to configure().
bool isLeftToValidation(std::string_view name) {
    return name == "type" || name == "channels" || name == "channel" || name == "selector.type";
}

/// Checks the values of one component, or of a part, one by one.
class ValueCheck {
public:
    /// `late`: the component is made after configure(), so that Flume removes nothing.
    ValueCheck(const ComponentSpec& spec, const Properties& properties, bool late, std::vector<Finding>& findings)
        : spec_(spec), properties_(properties), reader_(properties), late_(late), findings_(findings) {}

    void run() {
        for (const PropertySpec& property : spec_.properties)
            checkPresence(property);
        for (const auto& [key, value] : properties_) {
            const PropertySpec* property = spec_.property(key);
            if (property == nullptr) {
                reportUnknown(key);
            } else if (!isLeftToValidation(key) && reader_.text(key)) {
                checkValue(*property, key, *reader_.text(key));
            }
        }
    }

private:
    Effect refusal() const { return late_ ? Effect::warning : Effect::componentRemoved; }
    std::string lateCode(std::string_view code) const { return fmt::format("{}{}", code, late_ ? "-late" : ""); }
    void report(Effect effect, const std::string& key, std::string_view code, std::vector<std::string> arguments,
                std::string suggestion = {}) {
        findings_.push_back(makeFinding(effect, key, code, std::move(arguments), std::move(suggestion)));
    }

    void checkPresence(const PropertySpec& property) {
        if (!property.required || property.isPattern() || isLeftToValidation(property.name)) return;
        const auto standsIn = [&](const PropertySpec& other) {
            return other.replacedBy == property.name && reader_.has(other.name);
        };
        if (reader_.has(property.name) || std::ranges::any_of(spec_.properties, standsIn)) return;
        const std::string key(property.name);
        if (property.lenient) return report(Effect::warning, key, "missing-required-late", {key});
        report(refusal(), key, lateCode("missing-required"), {key});
    }

    void reportUnknown(const std::string& key) {
        std::vector<std::string> filled;
        for (const PropertySpec& property : spec_.properties)
            filled.push_back(property.isPattern() ? fillPattern(property.name, key) : std::string(property.name));
        const std::vector<std::string_view> names(filled.begin(), filled.end());
        const std::string near = Catalog::nearest(key, names);
        if (near.empty()) {
            report(Effect::warning, key, "unknown-property", {key});
        } else {
            report(Effect::warning, key, "unknown-property-near", {key, near}, near);
        }
    }

    void checkValue(const PropertySpec& property, const std::string& key, const std::string& value) {
        if (property.deprecated) reportDeprecated(property, key);
        // Flume reads an old name only where the new one is absent.
        if (!property.replacedBy.empty() && reader_.has(property.replacedBy)) return;
        if (isNumber(property.type)) return checkNumber(property, key, value);
        if (property.type == PropertyType::decimal) return checkDecimal(property, key, value);
        if (property.type == PropertyType::boolean) return checkBoolean(key, value);
        if (property.type == PropertyType::choice) return checkChoice(property, key, value);
        if (property.type == PropertyType::className) return checkClass(property, key, value);
        if (property.type == PropertyType::charset) return checkCharset(property, key, value);
        if (property.type == PropertyType::regex) checkRegex(property, key, value);
    }

    void reportDeprecated(const PropertySpec& property, const std::string& key) {
        if (property.replacedBy.empty()) return report(Effect::information, key, "deprecated-property-plain", {key});
        report(Effect::information, key, "deprecated-property", {key, std::string(property.replacedBy)});
    }

    void checkNumber(const PropertySpec& property, const std::string& key, const std::string& value) {
        const auto number = parseNumber(property.type, value);
        if (!number) return reportNoNumber(property, key, value);
        if (property.type == PropertyType::port && (*number < 0 || *number > 65535)) {
            return report(Effect::warning, key, "not-a-port", {key, value});
        }
        if (*number < property.range.minimum)
            reportRange(property, key, value, "below-minimum", property.range.minimum);
        if (*number > property.range.maximum)
            reportRange(property, key, value, "above-maximum", property.range.maximum);
    }

    void checkDecimal(const PropertySpec& property, const std::string& key, const std::string& value) {
        const auto number = java::parseJavaDouble(value);
        if (!number) return reportNoNumber(property, key, value);
        if (*number < static_cast<double>(property.range.minimum))
            reportRange(property, key, value, "below-minimum", property.range.minimum);
        if (*number > static_cast<double>(property.range.maximum))
            reportRange(property, key, value, "above-maximum", property.range.maximum);
    }

    void reportNoNumber(const PropertySpec& property, const std::string& key, const std::string& value) {
        const std::string fallback(property.defaultValue);
        if (!property.lenient) return report(refusal(), key, lateCode("not-a-number"), {key, value}, fallback);
        if (fallback.empty()) return report(Effect::warning, key, "not-a-number-ignored", {key, value});
        report(Effect::warning, key, "not-a-number-default", {key, value, fallback}, fallback);
    }

    void reportRange(const PropertySpec& property, const std::string& key, const std::string& value,
                     const std::string& code, std::int64_t bound) {
        const std::string limit = std::to_string(bound), fallback(property.defaultValue);
        if (property.lenient && !fallback.empty()) {
            return report(Effect::warning, key, code + "-default", {key, value, limit, fallback}, limit);
        }
        if (property.strict && !late_) {
            return report(Effect::componentRemoved, key, code + "-refused", {key, value, limit}, limit);
        }
        report(Effect::warning, key, code, {key, value, limit}, limit);
    }

    void checkBoolean(const std::string& key, const std::string& value) {
        if (equalsIgnoringCase(value, "true") || equalsIgnoringCase(value, "false")) return;
        report(Effect::warning, key, "not-a-boolean", {key, value}, "true");
    }

    void checkChoice(const PropertySpec& property, const std::string& key, const std::string& value) {
        const auto isValue = [&](std::string_view choice) { return equalsIgnoringCase(choice, value); };
        if (std::ranges::any_of(property.choices, isValue)) return;
        std::string all;
        for (const std::string_view choice : property.choices)
            all += (all.empty() ? "" : ", ") + std::string(choice);
        const std::string near = Catalog::nearest(value, {property.choices.begin(), property.choices.end()});
        const bool refused = property.strict && !late_;
        report(refused ? Effect::componentRemoved : Effect::warning, key,
               refused ? "not-a-choice-refused" : "not-a-choice", {key, value, all}, near);
    }

    /// What Flume calls this class: an alias in any letter case, a class of its own by its exact name.
    bool isOwnClass(const PropertySpec& property, const std::string& value) const {
        const auto names = [&](std::string_view name) {
            return name.find('.') != std::string_view::npos ? name == value : equalsIgnoringCase(name, value);
        };
        if (std::ranges::any_of(property.choices, names) || names(property.defaultValue)) return true;
        const ComponentPart* part = partPickedBy(property);
        const ComponentSpec* spec = part != nullptr ? flumeCatalog().find(part->kind, value) : nullptr;
        return spec != nullptr && Catalog::exactClass(*spec, value);
    }

    const ComponentPart* partPickedBy(const PropertySpec& property) const {
        const auto found = std::ranges::find(spec_.parts, property.name, &ComponentPart::key);
        return found == spec_.parts.end() ? nullptr : &*found;
    }

    /// A bare word that is no alias cannot be loaded, and neither can a class that Flume does not bring along; where
    /// Flume takes its classes from elsewhere (a database driver) every class will do.
    void checkClass(const PropertySpec& property, const std::string& key, const std::string& value) {
        if (isOwnClass(property, value)) return;
        const bool isWord = value.find('.') == std::string::npos;
        if (!isWord && !property.strict && partPickedBy(property) == nullptr) return;
        const std::string near = Catalog::nearest(value, {property.choices.begin(), property.choices.end()});
        const bool refused = property.strict && !late_;
        const std::string code = isWord ? "not-a-class" : "class-not-in-flume";
        report(refused ? Effect::componentRemoved : Effect::warning, key, refused ? code + "-refused" : code,
               {key, value}, near);
    }

    void checkCharset(const PropertySpec& property, const std::string& key, const std::string& value) {
        const java::JavaCharset* charset = java::findCharset(value);
        if (charset != nullptr && charset->converter.empty())
            return report(Effect::warning, key, "charset-java-only", {key, value});
        if (charset != nullptr) return;
        const bool refused = property.strict && !late_;
        report(refused ? Effect::componentRemoved : Effect::warning, key,
               refused ? "not-a-charset-refused" : "not-a-charset", {key, value}, std::string(property.defaultValue));
    }

    void checkRegex(const PropertySpec& property, const std::string& key, const std::string& value) {
        // Java fills in a text about itself, which is a pattern; only its being no number is certain.
        if (holdsLookup(value, "java")) return;
        const auto problem = java::regexProblem(value);
        if (!problem) return checkOwnSyntax(key, value);
        const bool refused = property.strict && !late_;
        report(refused ? Effect::componentRemoved : Effect::warning, key,
               refused ? "regex-malformed-refused" : "regex-malformed",
               {key, std::string(1, problem->character), std::to_string(problem->position)});
    }

    void checkOwnSyntax(const std::string& key, const std::string& value) {
        if (const auto found = java::javaOnlySyntax(value))
            report(Effect::warning, key, "regex-java-only",
                   {key, found->character == '&' ? "&&" : "[", std::to_string(found->position)});
    }

    const ComponentSpec& spec_;
    const Properties& properties_;
    PropertyReader reader_;
    bool late_;
    std::vector<Finding>& findings_;
};

/// A part's own check speaks of refusal too; a part made late takes nothing away.
void runOwnCheck(const ComponentSpec& spec, const Properties& properties, bool late, std::vector<Finding>& findings) {
    if (spec.check == nullptr) return;
    const std::size_t before = findings.size();
    spec.check(properties, findings);
    if (!late) return;
    for (std::size_t i = before; i < findings.size(); ++i) {
        if (findings[i].effect == Effect::componentRemoved) findings[i].effect = Effect::warning;
    }
}

/// The finding of a part as its owner reports it: keys get the part's prefix.
Finding relocated(const Finding& finding, std::string_view prefix) {
    const auto full = [&](const std::string& key) { return std::string(prefix) + key; };
    const bool namesAnotherKey = finding.code == "unknown-property-near";
    std::vector<std::string> arguments = finding.arguments;
    if (!arguments.empty() && arguments[0] == finding.property) arguments[0] = full(arguments[0]);
    if (namesAnotherKey) arguments[1] = full(arguments[1]);
    return makeFinding(finding.effect, full(finding.property), finding.code, std::move(arguments),
                       namesAnotherKey ? full(finding.suggestion) : finding.suggestion);
}

void checkPart(const ComponentSpec& owner, const ComponentPart& part, const Properties& properties,
               std::vector<Finding>& findings) {
    const PropertySpec* picks = owner.property(part.key);
    const PropertyReader reader(properties);
    if (reader.has(part.key) && !reader.text(part.key)) return; // not to be judged
    const std::string type = reader.textOr(part.key, picks ? picks->defaultValue : std::string_view{});
    const ComponentSpec* spec = flumeCatalog().find(part.kind, type);
    if (spec == nullptr) return; // a class of the user's
    Properties own;
    for (const std::string& key : reader.keysBelow(part.prefix)) {
        // A key that the owner declares itself is already checked.
        const PropertySpec* declared = owner.property(key);
        if (declared == nullptr || declared->isPattern()) {
            own.emplace(key.substr(part.prefix.size()), properties.find(key)->second);
        }
    }
    const std::size_t before = findings.size();
    const bool late = !part.madeByConfigure;
    ValueCheck(*spec, own, late, findings).run();
    runOwnCheck(*spec, own, late, findings);
    for (std::size_t i = before; i < findings.size(); ++i)
        findings[i] = relocated(findings[i], part.prefix);
}

} // namespace

std::vector<Finding> checkProperties(const ComponentSpec& spec, const Properties& properties) {
    std::vector<Finding> findings;
    ValueCheck(spec, properties, false, findings).run();
    runOwnCheck(spec, properties, false, findings);
    for (const ComponentPart& part : spec.parts)
        if (!part.checkedByOwner) checkPart(spec, part, properties, findings);
    return findings;
}

} // namespace millrace::catalog
