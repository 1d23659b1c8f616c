#include "base/utf8.h"
#include "flume/event_serializer.h"
#include "flume/registry.h"
#include "flume/sinks/elasticsearch_time.h"
#include "flume/support/event_json.h"
#include "java/java_number.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace millrace::flume {

namespace {

/// An object stands as one where it is one (org.apache.flume.sink.elasticsearch.ContentBuilderUtil); everything else
/// is text.
void appendContent(std::string_view bytes, std::string& out) {
    const auto first = std::find_if(bytes.begin(), bytes.end(),
                                    [](char c) { return c != ' ' && c != '\t' && c != '\n' && c != '\r'; });
    if (first != bytes.end() && *first == '{' && isUtf8(bytes)) {
        boost::system::error_code error;
        const auto value = boost::json::parse(boost::json::string_view(bytes.data(), bytes.size()), error);
        if (!error) {
            out += boost::json::serialize(value);
            return;
        }
    }
    appendJsonString(bytes, out);
}

/// DocumentMembers of one object, each with its comma.
class DocumentMembers {
public:
    explicit DocumentMembers(std::string& out) : out_(out) { out_ += '{'; }
    void content(std::string_view name, std::string_view bytes) {
        begin(name);
        appendContent(bytes, out_);
    }
    void text(std::string_view name, std::string_view text) {
        begin(name);
        appendJsonString(text, out_);
    }
    std::string& begin(std::string_view name) {
        if (!std::exchange(first_, false)) out_ += ',';
        appendJsonString(name, out_);
        out_ += ':';
        return out_;
    }
    void end() { out_ += '}'; }

private:
    std::string& out_;
    bool first_ = true;
};

bool isBlank(const std::string* text) {
    return !text || java::javaTrim(*text).empty();
}

/// org.apache.flume.sink.elasticsearch.ElasticSearchLogStashEventSerializer.
class LogStashSerializer final : public EventSerializer {
public:
    void add(const HeaderSet& headers, std::string_view body, std::string& out) override {
        DocumentMembers document(out);
        document.content("@message", body);
        const std::string* timestamp = headers.find("timestamp");
        const auto time = isBlank(timestamp) ? std::nullopt : java::parseJavaLong(*timestamp);
        const std::string iso = time && isBlank(headers.find("@timestamp")) ? isoTime(*time) : std::string();
        if (!iso.empty()) document.text("@timestamp", iso);
        constexpr std::pair<std::string_view, std::string_view> kNames[] = {
            {"source", "@source"}, {"type", "@type"}, {"host", "@source_host"}, {"src_path", "@source_path"}};
        for (const auto& [header, name] : kNames) {
            const std::string* value = headers.find(header);
            if (!isBlank(value) && isBlank(headers.find(name))) document.content(name, *value);
        }
        DocumentMembers fields(document.begin("@fields"));
        for (const auto& [name, value] : headers.entries())
            fields.content(name, value);
        fields.end();
        document.end();
    }
};

/// org.apache.flume.sink.elasticsearch.ElasticSearchDynamicSerializer.
class DynamicSerializer final : public EventSerializer {
public:
    void add(const HeaderSet& headers, std::string_view body, std::string& out) override {
        DocumentMembers document(out);
        document.content("body", body);
        for (const auto& [name, value] : headers.entries())
            document.content(name, value);
        document.end();
    }
};

template <typename Made>
Result<MakeSerializer> makeDocuments(Settings&, const ComponentServices&) {
    return MakeSerializer([] { return std::make_unique<Made>(); });
}

} // namespace

MILLRACE_COMPONENT(ElasticSearchLogStashSerializer,
                   "org.apache.flume.sink.elasticsearch.ElasticSearchLogStashEventSerializer",
                   &makeDocuments<LogStashSerializer>)
MILLRACE_COMPONENT(ElasticSearchDynamicSerializer, "org.apache.flume.sink.elasticsearch.ElasticSearchDynamicSerializer",
                   &makeDocuments<DynamicSerializer>)

} // namespace millrace::flume
