#include "session/server_properties.h"

#include "broker/settings/broker_settings.h"
#include "topology/document/document.h"
#include "topology/text/properties_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace millrace::session {

namespace {

using topology::Severity;

/// Where values come from that stand elsewhere: without it a `${…}` would be taken for the value itself.
constexpr std::string_view kProviders = "config.providers";

std::string nearestSetting(std::string_view name) {
    std::vector<std::string_view> names;
    for (const catalog::KafkaSetting& setting : catalog::kafkaBrokerSettings())
        names.push_back(setting.name());
    for (const catalog::KafkaSetting& setting : catalog::kafkaTopicSettings())
        if (!setting.brokerName.empty()) names.push_back(setting.brokerName);
    return catalog::Catalog::nearest(name, names);
}

class Reader {
public:
    explicit Reader(std::string text)
        : document_(topology::Document::parse(std::move(text), catalog::flumeCatalog())) {}

    ServerProperties read() && {
        const auto& properties = document_.properties();
        if (properties.byteOrderMark)
            remark(Severity::error, 0, 1,
                   "the file begins with a byte order mark, which Java takes for a part of the first name: save it "
                   "without one");
        for (const topology::Entry& entry : properties.entries)
            if (!entry.ours) counting_[entry.key] = &entry;
        for (const topology::Entry& entry : properties.entries)
            if (!entry.ours) take(entry);
        return std::move(result_);
    }

private:
    void remark(Severity severity, std::size_t begin, std::size_t end, std::string message) {
        topology::Diagnostic& said = result_.remarks.emplace_back();
        said.severity = severity;
        said.message = std::move(message);
        said.range = {begin, end};
        std::tie(said.line, said.column) = document_.lineColumn(begin);
    }
    void remark(Severity severity, topology::TextRange range, std::string message) {
        remark(severity, range.begin, range.end, std::move(message));
    }

    void take(const topology::Entry& entry) {
        if (entry.malformedEscape != std::string::npos)
            remark(Severity::error, entry.malformedEscape, entry.malformedEscape + 1,
                   "\\u needs four hexadecimal digits; Java loses the whole file here: write \\\\ for a backslash");
        if (entry.droppedBackslash != std::string::npos)
            remark(Severity::warning, entry.droppedBackslash, entry.droppedBackslash + 1,
                   "this backslash is dropped, as Java does it: write \\\\ for one");
        if (const auto* counting = counting_.at(entry.key); counting != &entry)
            return remark(Severity::warning, entry.keyRange,
                          fmt::format("{} is set again in line {}, which counts", entry.key, counting->line));
        if (entry.key == kProviders && !entry.value.empty())
            return remark(Severity::error, entry.keyRange,
                          "config.providers is not available in this broker: write the values themselves");
        takeSetting(entry);
    }

    void takeSetting(const topology::Entry& entry) {
        const catalog::KafkaSetting* setting = broker::findBrokerConfig(entry.key);
        if (!setting) return remark(Severity::warning, entry.keyRange, unknown(entry.key));
        const auto settled = catalog::settledKafkaValue(*setting, entry.value);
        if (!settled)
            return remark(Severity::error, entry.value.empty() ? entry.keyRange : entry.valueRange,
                          setting->name() == entry.key ? settled.error().message
                                                       : settled.error().in(entry.key).message);
        if (!setting->effective)
            remark(Severity::information, entry.keyRange,
                   fmt::format("{} has no effect here{}", entry.key,
                               setting->outdated ? ", nor in Kafka 4.0" : ": it is kept and told to clients"));
        result_.configs[entry.key] = *settled;
    }

    static std::string unknown(const std::string& name) {
        const std::string nearest = nearestSetting(name);
        return fmt::format("Kafka's brokers have no setting {}: it has no effect{}", name,
                           nearest.empty() ? "" : "; did you mean " + nearest + "?");
    }

    topology::Document document_;
    std::map<std::string, const topology::Entry*> counting_; ///< of those with one name the last
    ServerProperties result_;
};

} // namespace

bool ServerProperties::refused() const {
    return std::ranges::any_of(remarks, [](const auto& remark) { return remark.severity == Severity::error; });
}

ServerProperties readServerProperties(std::string text) {
    return Reader(std::move(text)).read();
}

} // namespace millrace::session
