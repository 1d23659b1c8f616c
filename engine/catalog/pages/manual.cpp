#include "catalog/pages/manual.h"

#include "catalog/component_spec.h"
#include "catalog/kafka/kafka_setting.h"
#include "catalog/millrace/document_parts.h"

#include <fmt/format.h>

#include <algorithm>

namespace millrace::catalog {
namespace {

struct Chapter {
    ComponentKind kind;
    std::string_view fileName;
    std::string_view title;
    std::string_view introduction;
};

constexpr Chapter kChapters[] = {
    {ComponentKind::source, "sources.md", "Sources",
     "A source receives or reads events and puts them into its channels. Keys stand below `AGENT.sources.NAME.`."},
    {ComponentKind::channel, "channels.md", "Channels",
     "A channel keeps events until a sink has delivered them. Keys stand below `AGENT.channels.NAME.`."},
    {ComponentKind::sink, "sinks.md", "Sinks",
     "A sink takes events from one channel and delivers them. Keys stand below `AGENT.sinks.NAME.`."},
    {ComponentKind::interceptor, "interceptors.md", "Interceptors",
     "An interceptor changes or drops events of a source. Keys stand below `AGENT.sources.NAME.interceptors.NAME.`."},
    {ComponentKind::channelSelector, "selectors.md", "Channel selectors",
     "A selector decides to which channels of a source an event goes. Keys stand below "
     "`AGENT.sources.NAME.selector.`."},
    {ComponentKind::sinkProcessor, "processors.md", "Sink processors",
     "A processor decides which sink of a group works. Keys stand below `AGENT.sinkgroups.NAME.processor.`."},
    {ComponentKind::eventSerializer, "serializers.md", "Serializers",
     "A serializer writes events for a sink. Keys stand below the property of the sink that picks it."},
    {ComponentKind::deserializer, "deserializers.md", "Deserializers",
     "A deserializer cuts the files of a spooldir source into events. Keys stand below `deserializer.`."},
    {ComponentKind::httpHandler, "handlers.md", "HTTP handlers",
     "A handler turns requests of an http source into events. Keys stand below `handler.`."},
    {ComponentKind::configFilter, "config-filters.md", "Config filters",
     "A config filter fills in values written as `${NAME['KEY']}`. Keys stand below `AGENT.configfilters.NAME.`."},
    {ComponentKind::pathManager, "path-managers.md", "Path managers",
     "A path manager names the files of a file_roll sink. Keys stand below `sink.pathManager.`."},
    {ComponentKind::keyProvider, "key-providers.md", "Key providers",
     "A key provider holds the keys of an encrypted file channel. Keys stand below `encryption.keyProvider.`."},
    {ComponentKind::cipherProvider, "cipher-providers.md", "Cipher providers",
     "A cipher provider encrypts the events of a file channel."},
    {ComponentKind::monitor, "monitors.md", "Monitors",
     "A monitor publishes the counters of an agent. Keys are given at the start as `-Dflume.monitoring.KEY=VALUE`."},
    {ComponentKind::rpcClient, "clients.md", "Clients",
     "A client of the Flume SDK sends events from a program. An avro or thrift sink passes its keys on to one."},
};

std::string code(std::string_view text) {
    return "`" + std::string(text) + "`";
}

/// Text in a cell of a table: a bar would end it.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string codeList(std::span<const std::string_view> words) {
    std::string list;
    for (const std::string_view word : words)
        list += (list.empty() ? "" : ", ") + code(word);
    return list;
}

std::string_view typeName(PropertyType type) {
    switch (type) {
    case PropertyType::string:
        return "text";
    case PropertyType::integer:
    case PropertyType::longInteger:
        return "whole number";
    case PropertyType::decimal:
        return "number";
    case PropertyType::boolean:
        return "true or false";
    case PropertyType::choice:
        return "choice";
    case PropertyType::list:
        return "list";
    case PropertyType::path:
        return "path";
    case PropertyType::host:
        return "host";
    case PropertyType::port:
        return "port";
    case PropertyType::duration:
        return "time";
    case PropertyType::bytes:
        return "size";
    case PropertyType::password:
        return "password";
    case PropertyType::className:
        return "class";
    case PropertyType::regex:
        return "pattern";
    case PropertyType::charset:
        return "charset";
    }
    return "text";
}

std::string rangeText(const ValueRange& range) {
    constexpr ValueRange kAny;
    const bool lower = range.minimum != kAny.minimum, upper = range.maximum != kAny.maximum;
    if (lower && upper) return " From " + std::to_string(range.minimum) + " to " + std::to_string(range.maximum) + ".";
    if (lower) return " At least " + std::to_string(range.minimum) + ".";
    if (upper) return " At most " + std::to_string(range.maximum) + ".";
    return {};
}

std::string description(const PropertySpec& property) {
    std::string text(property.help);
    if (!property.unit.empty()) text += " Unit: " + std::string(property.unit) + ".";
    text += rangeText(property.range);
    if (!property.choices.empty()) {
        text += property.type == PropertyType::choice ? " One of " : " For example ";
        text += codeList(property.choices) + ".";
    }
    if (!property.replacedBy.empty()) text += " Use " + code(property.replacedBy) + " instead.";
    return text;
}

std::string row(const PropertySpec& property) {
    std::string name = code(property.name);
    if (property.required) name = "**" + name + "**";
    if (property.deprecated) name = "~~" + name + "~~";
    const std::string fallback = property.defaultValue.empty() ? "" : code(property.defaultValue);
    const std::string_view live = property.apply == ApplyClass::live ? "yes" : "";
    return "| " + cell(name) + " | " + std::string(typeName(property.type)) + " | " + cell(fallback) + " | " +
           std::string(live) + " | " + cell(description(property)) + " |\n";
}

std::string table(const std::vector<const PropertySpec*>& properties) {
    std::string text = "| Property | Type | Default | Live | Meaning |\n|---|---|---|---|---|\n";
    for (const PropertySpec* property : properties)
        text += row(*property);
    return text + "\n";
}

bool isSameIn(const ComponentSpec& spec, const PropertySpec& property) {
    return std::ranges::any_of(spec.properties, [&](const PropertySpec& other) {
        return other.name == property.name && other.help == property.help &&
               other.defaultValue == property.defaultValue;
    });
}

/// Properties that every component of a page has: printed once.
std::vector<const PropertySpec*> commonProperties(const std::vector<const ComponentSpec*>& specs) {
    std::vector<const PropertySpec*> common;
    if (specs.size() < 2) return common;
    for (const PropertySpec& property : specs.front()->properties) {
        const auto has = [&](const ComponentSpec* spec) { return isSameIn(*spec, property); };
        if (std::ranges::all_of(specs, has)) common.push_back(&property);
    }
    return common;
}

std::string endpointText(std::string_view what, const Endpoint& endpoint) {
    if (endpoint.portKey.empty()) return {};
    std::string keys = code(endpoint.portKey);
    if (!endpoint.hostKey.empty()) keys = code(endpoint.hostKey) + " and " + keys;
    return "- " + std::string(what) + " at " + keys + " (" + std::string(endpoint.protocol) + ").\n";
}

std::string facts(const ComponentSpec& spec) {
    std::string text;
    if (!spec.alias.empty()) text += "- Type " + code(spec.alias) + ", in any letter case.\n";
    if (!spec.className.empty()) text += "- Class " + code(spec.className) + " in " + code(spec.artifact) + ".\n";
    if (!spec.status.empty()) text += "- Note: " + std::string(spec.status) + ".\n";
    text += endpointText("Listens", spec.listens) + endpointText("Connects", spec.connects);
    if (!spec.batchProperty.empty()) {
        text += "- " + code(spec.batchProperty) + " must not exceed the transaction capacity of the channel.\n";
    }
    if (!spec.headersOut.empty()) text += "- Sets the headers " + codeList(spec.headersOut) + ".\n";
    if (!spec.counters.empty()) text += "- Counts " + codeList(spec.counters) + ".\n";
    return text.empty() ? text : text + "\n";
}

std::string section(const ComponentSpec& spec, const std::vector<const PropertySpec*>& common) {
    std::vector<const PropertySpec*> own;
    for (const PropertySpec& property : spec.properties) {
        const auto isCommon = [&](const PropertySpec* other) { return other->name == property.name; };
        if (std::ranges::none_of(common, isCommon)) own.push_back(&property);
    }
    std::string text = "## " + std::string(spec.title) + "\n\n" + std::string(spec.summary) + "\n\n" + facts(spec);
    return own.empty() ? text : text + table(own);
}

constexpr std::string_view kLegend =
    "Required properties are in bold, outdated ones struck through. *Live* properties change while the agent runs, "
    "without a restart of the component.\n\n";
constexpr std::string_view kOrigin =
    "<!-- Printed from the declarations in engine/catalog by `millraced manual`; do not edit. -->\n\n";

std::string page(std::string_view title, std::string_view introduction, const std::vector<const ComponentSpec*>& specs,
                 std::string_view everyOne) {
    const auto common = commonProperties(specs);
    std::string text = fmt::format("{}# {}\n\n{}\n\n{}", kOrigin, title, introduction, kLegend);
    if (!common.empty()) text += "## " + std::string(everyOne) + "\n\n" + table(common);
    for (const ComponentSpec* spec : specs)
        text += section(*spec, common);
    text.pop_back(); // the empty line after the last section
    return text;
}

std::string index(const std::vector<ManualPage>& pages) {
    std::string text = fmt::format("{}# Components\n\nEverything that a topology can hold, by kind.\n\n", kOrigin);
    for (const Chapter& chapter : kChapters) {
        text += "- [" + std::string(chapter.title) + "](" + std::string(chapter.fileName) + "):";
        std::string_view separator = " ";
        for (const ComponentSpec* spec : flumeCatalog().ofKind(chapter.kind)) {
            text += std::string(separator) + std::string(spec->title);
            separator = ", ";
        }
        text += "\n";
    }
    return text + "- [Beyond Flume](" + pages.back().fileName +
           "): clusters, topics, hosts, agents, traffic, notes\n"
           "- [Kafka settings](kafka-settings.md): of topics and of the embedded broker\n";
}

std::string_view typeName(KafkaType type) {
    switch (type) {
    case KafkaType::boolean:
        return typeName(PropertyType::boolean);
    case KafkaType::integer:
    case KafkaType::shortInteger:
    case KafkaType::longInteger:
        return typeName(PropertyType::integer);
    case KafkaType::real:
        return typeName(PropertyType::decimal);
    case KafkaType::list:
        return typeName(PropertyType::list);
    case KafkaType::password:
        return typeName(PropertyType::password);
    case KafkaType::string:
    case KafkaType::className:
        break;
    }
    return typeName(PropertyType::string);
}

std::string row(const KafkaSetting& setting) {
    std::string text(setting.help);
    if (!setting.unit.empty()) text += " Unit: " + std::string(setting.unit) + ".";
    text += rangeText(setting.range);
    if (!setting.choices.empty())
        text += (setting.type == KafkaType::list ? " Any of " : " One of ") + codeList(setting.choices) + ".";
    if (!setting.brokerName.empty()) text += " The broker's default: " + code(setting.brokerName) + ".";
    if (!setting.coarser.of.empty()) text += " Counts where " + code(setting.coarser.of) + " is not set.";
    if (setting.ofListener)
        text += " Of one listener: " + code("listener.name.NAME." + std::string(setting.name())) + ".";
    if (setting.outdated) text += " Gone in Kafka 4.0.";
    if (!setting.effective) text += " Kept, without effect in the embedded broker.";
    const std::string fallback = setting.fallback.empty() ? "" : code(setting.fallback);
    return fmt::format("| {} | {} | {} | {} |\n", code(setting.name()), typeName(setting.type), fallback, cell(text));
}

std::string kafkaSettings() {
    constexpr std::string_view kHead = "| Setting | Type | Default | Meaning |\n|---|---|---|---|\n";
    std::string text =
        fmt::format("{}# Kafka settings\n\nWhat topics and brokers can be set to, by the names that Kafka "
                    "gives it.\n\n## Of topics\n\n{}",
                    kOrigin, kHead);
    for (const KafkaSetting& setting : kafkaTopicSettings())
        text += row(setting);
    text +=
        fmt::format("\n## Of the embedded broker\n\nBeside the defaults for topics that are named above.\n\n{}", kHead);
    for (const KafkaSetting& setting : kafkaBrokerSettings())
        text += row(setting);
    return text;
}

} // namespace

std::vector<ManualPage> manualPages() {
    std::vector<ManualPage> pages;
    for (const Chapter& chapter : kChapters) {
        pages.push_back({std::string(chapter.fileName), page(chapter.title, chapter.introduction,
                                                             flumeCatalog().ofKind(chapter.kind), "In every one")});
    }
    const auto parts = documentParts();
    pages.push_back({"beyond-flume.md", page("Beyond Flume",
                                             "What Flume has no word for stands in comment lines that begin with `#@`, "
                                             "as `KIND.NAME.KEY = VALUE`.",
                                             {parts.begin(), parts.end()}, "In every one")});
    pages.insert(pages.begin(), {"README.md", index(pages)});
    pages.push_back({"kafka-settings.md", kafkaSettings()});
    return pages;
}

} // namespace millrace::catalog
