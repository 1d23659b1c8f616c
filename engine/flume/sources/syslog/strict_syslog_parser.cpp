#include "flume/sources/syslog/strict_syslog_parser.h"

#include "base/utf8.h"
#include "flume/sources/syslog/syslog_characters.h"

#include <cstring>

namespace millrace::flume {
namespace {

/// "<" and so many digits at most.
constexpr std::size_t kStrictPriorityDigits = 5;
/// Any fraction is read, though only milliseconds are kept.
constexpr std::size_t kAnyFractionDigits = 100;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool isAscii(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080;
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + sizeof seen <= text.size(); at += sizeof seen) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, sizeof word);
        seen |= word;
    }
    for (; at < text.size(); ++at)
        seen |= static_cast<unsigned char>(text[at]);
    return (seen & kHighBits) == 0;
}

/// The number in "<…>" that `rest` begins with, which is taken; nothing when it does not.
std::optional<int> takePriority(std::string_view& rest, SyslogFields& fields) {
    const std::size_t end = rest.substr(0, kStrictPriorityDigits + 2).find('>');
    if (!rest.starts_with('<') || end == std::string_view::npos || end == 1) return {};
    int number = 0;
    for (const char c : rest.substr(1, end - 1)) {
        if (!syslog::isDigit(c)) return {};
        number = number * 10 + (c - '0');
    }
    fields.priority = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    return number;
}

/// What is in front of the next blank, which is taken with it.
std::optional<std::string_view> takeWord(std::string_view& rest) {
    const std::size_t end = rest.find(' ');
    if (end == std::string_view::npos) return {};
    const auto word = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return word;
}

} // namespace

Result<std::unique_ptr<StrictSyslogParser>> StrictSyslogParser::make(KeptFields kept,
                                                                     const java::JavaCharset& charset) {
    std::optional<java::CharsetDecoder> decoder;
    if (charset.name != "UTF-8") {
        auto made = java::CharsetDecoder::of(charset);
        if (!made) return std::move(made).error();
        decoder = std::move(*made);
    }
    return std::unique_ptr<StrictSyslogParser>(new StrictSyslogParser(kept, std::move(decoder)));
}

bool StrictSyslogParser::isText(std::string_view line) {
    if (isAscii(line)) return true;
    if (!decoder_) return isUtf8(line);
    decoded_.clear();
    decoder_->decode(line, decoded_);
    decoder_->finish(decoded_);
    return decoded_.find(kReplacement) == std::string::npos;
}

bool StrictSyslogParser::readTime(std::string_view& rest, std::int64_t now, SyslogFields& fields,
                                  SyslogMessage& message) {
    if (rest.starts_with("- ")) {
        fields.timestamp = *takeWord(rest);
        message.timestamp = now;
        return true;
    }
    if (const std::size_t length = length3164(rest); length > 0 && length < rest.size() && rest[length] == ' ') {
        fields.timestamp = rest.substr(0, length);
        message.timestamp = times_.read3164(fields.timestamp, now);
        rest.remove_prefix(length + 1);
        return true;
    }
    const auto word = takeWord(rest);
    // A time has a zone: it does not end with a digit of the second or its fraction.
    if (!word || word->empty() || length5424(*word, kAnyFractionDigits) != word->size()) return false;
    const bool hasZone = word->back() == 'Z' || word->find_first_of("+-", word->find('T')) != std::string_view::npos;
    if (!hasZone) return false;
    fields.timestamp = *word;
    message.timestamp = times_.read5424(*word);
    return true;
}

SyslogMessage StrictSyslogParser::parse(std::string_view line, bool cut, std::int64_t now) {
    SyslogMessage invalid;
    invalid.body = line;
    invalid.status = SyslogMessage::Status::invalid;
    if (!isText(line)) return invalid;

    SyslogMessage message;
    SyslogFields fields;
    std::string_view rest = line;
    message.facilityAndSeverity = takePriority(rest, fields);
    if (!message.facilityAndSeverity) return invalid;
    if (rest.starts_with("1 ")) fields.version = takeWord(rest).value();
    if (!readTime(rest, now, fields, message)) return invalid;
    const auto host = takeWord(rest);
    if (!host) return invalid;
    fields.host = *host;
    fields.text = rest;

    message.priority = fields.priority;
    message.version = fields.version;
    message.host = fields.host;
    if (decoder_ && !isAscii(fields.host)) {
        host_.clear();
        decoder_->decode(fields.host, host_);
        decoder_->finish(host_);
        message.host = host_;
    }
    message.body = fields.text.empty() ? line : syslogBody(kept_, fields, line, room_);
    if (cut) message.status = SyslogMessage::Status::incomplete;
    return message;
}

} // namespace millrace::flume
