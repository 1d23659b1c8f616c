#include "flume/serializers/text_serializers.h"

namespace millrace::flume {

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

} // namespace millrace::flume
