#include "catalog/check_support.h"
#include "catalog/kafka/topic_settings.h"
#include "catalog/millrace/document_parts.h"

#include <algorithm>
#include <array>

namespace millrace::catalog {
namespace {

constexpr PropertySpec kOwnProperties[] = {
    {.name = "cluster", .required = true, .help = "Cluster that holds the topic."},
    {.name = "name", .help = "Name of the topic in Kafka, by default its name in this document."},
    {.name = "partitions",
     .type = PropertyType::integer,
     .defaultValue = "1",
     .range = {.minimum = 1, .maximum = 100000},
     .apply = ApplyClass::live,
     .help = "Parts of the topic that consumers of a group share, a number that can only grow."},
};
constexpr PropertySpec kAnyOther{
    .name = "config.*",
    .level = PropertyLevel::expert,
    .apply = ApplyClass::live,
    .help = "Any other setting of the topic, under the name that Kafka gives it.",
};

constexpr PropertyType typeOf(const KafkaSetting& setting) {
    if (setting.field.shown) return setting.field.type;
    switch (setting.type) {
    case KafkaType::integer:
        return PropertyType::integer;
    case KafkaType::longInteger:
        return PropertyType::longInteger;
    case KafkaType::boolean:
        return PropertyType::boolean;
    case KafkaType::real:
        return PropertyType::decimal;
    case KafkaType::list:
    case KafkaType::string:
    case KafkaType::password:
        break;
    }
    return PropertyType::string;
}

constexpr PropertySpec propertyOf(const KafkaSetting& setting) {
    return {.name = setting.key,
            .type = typeOf(setting),
            .defaultValue = setting.fallback,
            .unit = setting.unit,
            .range = setting.range,
            .choices = setting.field.choices.empty() ? setting.choices : setting.field.choices,
            .level = setting.field.level,
            .apply = ApplyClass::live,
            .help = setting.help};
}

template <bool shown>
constexpr auto kSettings = [] {
    std::array<PropertySpec, std::ranges::count(kTopicSettings, shown, [](auto& s) { return s.field.shown; })> some;
    auto at = some.begin();
    for (const KafkaSetting& setting : kTopicSettings)
        if (setting.field.shown == shown) *at++ = propertyOf(setting);
    return some;
}();

constexpr auto kProperties = [] {
    std::array<PropertySpec, std::size(kOwnProperties) + kSettings<true>.size() + 1> all;
    auto at = std::ranges::copy(kOwnProperties, all.begin()).out;
    *std::ranges::copy(kSettings<true>, at).out = kAnyOther;
    return all;
}();

constinit const ComponentSpec kOtherSettings{.kind = ComponentKind::topic, .properties = kSettings<false>};

/// What stands behind "config.*".
void checkTopic(const Properties& properties, std::vector<Finding>& findings) {
    Properties others;
    for (auto it = properties.lower_bound(KafkaSetting::kTopicPrefix);
         it != properties.end() && it->first.starts_with(KafkaSetting::kTopicPrefix); ++it) {
        if (findProperty(kSettings<false>, it->first)) {
            others.insert(*it);
        } else if (!findProperty(kSettings<true>, it->first)) {
            const std::string name = it->first.substr(KafkaSetting::kTopicPrefix.size());
            findings.push_back(makeFinding(Finding::Effect::warning, it->first, "topic-config-unknown", {name}));
        }
    }
    std::ranges::move(checkProperties(kOtherSettings, others), std::back_inserter(findings));
}

} // namespace

constinit const ComponentSpec kTopicPart{
    .kind = ComponentKind::topic,
    .title = "topic",
    .summary = "A Kafka topic that is made before the run when it does not exist.",
    .properties = kProperties,
    .check = checkTopic,
};

} // namespace millrace::catalog
