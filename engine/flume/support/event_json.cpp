#include "flume/support/event_json.h"

#include "base/base64.h"
#include "base/utf8.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <utility>

namespace millrace::flume {

void appendJsonString(std::string_view text, std::string& out) {
    const std::string valid = validUtf8(text);
    out += boost::json::serialize(boost::json::string_view(valid.data(), valid.size()));
}

void appendHeadersJson(const HeaderSet& headers, std::string& out) {
    out += '{';
    bool first = true;
    for (const auto& [name, value] : headers.entries()) {
        if (!std::exchange(first, false)) out += ',';
        appendJsonString(name, out);
        out += ':';
        appendJsonString(value, out);
    }
    out += '}';
}

void appendEventJson(const HeaderSet& headers, std::string_view body, std::string& out) {
    out += "{\"headers\":";
    appendHeadersJson(headers, out);
    const bool isText = isUtf8(body);
    out += isText ? ",\"body\":" : ",\"body64\":";
    if (isText)
        appendJsonString(body, out);
    else
        out.append("\"").append(toBase64(body)).append("\"");
    out += '}';
}

} // namespace millrace::flume
