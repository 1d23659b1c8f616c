#include "flume/serializers/text_serializers.h"

#include "flume/registry.h"

namespace millrace::flume {

namespace {

template <typename Text>
Result<MakeSerializer> makeText(Settings& settings, const ComponentServices&) {
    const bool newline = settings.flag("appendNewline");
    MILLRACE_TRY(settings.status());
    return MakeSerializer([newline] { return std::make_unique<Text>(newline); });
}

} // namespace

void BodyTextSerializer::add(const HeaderSet&, std::string_view body, std::string& out) {
    out += body;
    if (appendNewline_) out += '\n';
}

void HeaderAndBodyTextSerializer::add(const HeaderSet& headers, std::string_view body, std::string& out) {
    appendHeadersAsJavaMap(headers, out);
    out += ' ';
    out += body;
    if (appendNewline_) out += '\n';
}

void appendHeadersAsJavaMap(const HeaderSet& headers, std::string& out) {
    out += '{';
    bool first = true;
    for (const auto& [name, value] : headers.entries()) {
        if (!first) out += ", ";
        first = false;
        out += name;
        out += '=';
        out += value;
    }
    out += '}';
}

MILLRACE_COMPONENT(BodyTextSerializer, "org.apache.flume.serialization.BodyTextEventSerializer$Builder",
                   &makeText<BodyTextSerializer>)
MILLRACE_COMPONENT(HeaderAndBodyTextSerializer,
                   "org.apache.flume.serialization.HeaderAndBodyTextEventSerializer$Builder",
                   &makeText<HeaderAndBodyTextSerializer>)

} // namespace millrace::flume
