#include "flume/sources/jms/jms_converter.h"

#include "flume/support/header_limit.h"
#include "java/java_utf8.h"

#include <proton/codec.h>
#include <proton/error.h>

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace millrace::flume {
namespace {

std::string textOf(pn_bytes_t bytes) {
    return bytes.size == 0 ? std::string() : std::string(bytes.start, bytes.size);
}

/// As Double.toString(), Float.toString(): the shortest digits that tell the number, at least one behind the point.
template <typename Number>
std::string javaReal(Number value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    const Number size = std::abs(value);
    if (size == 0 || (size >= Number(1e-3) && size < Number(1e7))) {
        std::string text = fmt::format("{}", value);
        return text.find('.') == std::string::npos ? text + ".0" : text;
    }
    std::array<char, 64> shortest{};
    const char* end =
        std::to_chars(shortest.data(), shortest.data() + shortest.size(), value, std::chars_format::scientific).ptr;
    const std::string_view text(shortest.data(), static_cast<std::size_t>(end - shortest.data()));
    std::string digits(text.substr(0, text.find('e')));
    if (digits.find('.') == std::string::npos) digits += ".0";
    return digits + "E" + std::to_string(std::atoi(text.data() + text.find('e') + 1));
}

/// A property's value as getStringProperty() gives it; nothing for what is no property of JMS.
std::optional<std::string> propertyText(pn_data_t* data) {
    switch (pn_data_type(data)) {
    case PN_STRING:
        return textOf(pn_data_get_string(data));
    case PN_SYMBOL:
        return textOf(pn_data_get_symbol(data));
    case PN_BOOL:
        return pn_data_get_bool(data) ? "true" : "false";
    case PN_BYTE:
        return std::to_string(pn_data_get_byte(data));
    case PN_SHORT:
        return std::to_string(pn_data_get_short(data));
    case PN_INT:
        return std::to_string(pn_data_get_int(data));
    case PN_LONG:
        return std::to_string(pn_data_get_long(data));
    case PN_UBYTE:
        return std::to_string(pn_data_get_ubyte(data));
    case PN_USHORT:
        return std::to_string(pn_data_get_ushort(data));
    case PN_UINT:
        return std::to_string(pn_data_get_uint(data));
    case PN_ULONG:
        return std::to_string(pn_data_get_ulong(data));
    case PN_TIMESTAMP:
        return std::to_string(pn_data_get_timestamp(data));
    case PN_FLOAT:
        return javaReal(pn_data_get_float(data));
    case PN_DOUBLE:
        return javaReal(pn_data_get_double(data));
    default:
        return std::nullopt;
    }
}

std::vector<std::pair<std::string, std::string>> headersOf(pn_data_t* properties) {
    std::vector<std::pair<std::string, std::string>> headers;
    pn_data_rewind(properties);
    if (!pn_data_next(properties) || pn_data_type(properties) != PN_MAP || !pn_data_enter(properties)) return headers;
    while (pn_data_next(properties)) {
        const auto key = propertyText(properties);
        if (!pn_data_next(properties)) break;
        const auto value = propertyText(properties);
        if (key && value) headers.emplace_back(*key, *value);
    }
    return headers;
}

} // namespace

JmsConverter::JmsConverter(std::optional<java::CharsetEncoder> encoder)
    : message_(pn_message()), encoder_(std::move(encoder)) {}

Result<JmsConverter> JmsConverter::of(const java::JavaCharset* charset) {
    if (charset == nullptr) return JmsConverter(std::nullopt);
    auto encoder = java::CharsetEncoder::of(*charset);
    if (!encoder) return encoder.error();
    return JmsConverter(std::move(*encoder));
}

Result<JmsEvent> JmsConverter::convert(std::string_view encoded) {
    // Proton aborts on nothing at all.
    if (encoded.empty() || pn_message_decode(message_.get(), encoded.data(), encoded.size()) != 0)
        return Error{ErrorCode::protocol, fmt::format("{} bytes are no message of AMQP", encoded.size())};
    JmsEvent event;
    event.headers = headersOf(pn_message_properties(message_.get()));
    MILLRACE_TRY(checkHeaderCount(event.headers.size()));
    event.body = bodyOf(pn_message_body(message_.get()));
    return event;
}

std::string JmsConverter::bodyOf(pn_data_t* body) {
    pn_data_rewind(body);
    if (!pn_data_next(body)) return {};
    if (pn_data_type(body) == PN_BINARY) return textOf(pn_data_get_binary(body));
    if (pn_data_type(body) != PN_STRING) return {};
    const std::string text = textOf(pn_data_get_string(body));
    if (!encoder_) return text;
    std::string bytes;
    encoder_->encode(java::withoutMalformedUtf8(text), bytes);
    return bytes;
}

} // namespace millrace::flume
