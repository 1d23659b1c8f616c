#include "flume/sources/syslog/syslog_parser.h"

#include "flume/sources/syslog/syslog_characters.h"

namespace millrace::flume {
namespace {

using syslog::isBlank;
using syslog::isDigit;

/// RFC 3164 and 5424: a priority has three digits at most.
constexpr std::size_t kMostPriorityDigits = 3;
/// RFC 5424: microseconds.
constexpr std::size_t kMostFractionDigits = 6;

/// The digits between "<" and ">" that `line` begins with; empty when it does not.
std::string_view priorityOf(std::string_view line) {
    if (!line.starts_with('<')) return {};
    std::size_t digits = 0;
    while (digits < kMostPriorityDigits && digits + 1 < line.size() && isDigit(line[digits + 1]))
        ++digits;
    const bool closed = digits + 1 < line.size() && line[digits + 1] == '>';
    return closed ? line.substr(1, digits) : std::string_view();
}

int numberOf(std::string_view digits) {
    int number = 0;
    for (const char c : digits)
        number = number * 10 + (c - '0');
    return number;
}

/// Takes the beginnings of what is left of a line.
class Rest {
public:
    explicit Rest(std::string_view text) : text_(text) {}
    std::string_view take(std::size_t length) {
        const auto taken = text_.substr(0, length);
        text_.remove_prefix(length);
        return taken;
    }
    bool takeBlank() {
        if (text_.empty() || !isBlank(text_.front())) return false;
        text_.remove_prefix(1);
        return true;
    }
    /// A host name, which may not begin with a dash, a dot or an at sign; empty: none.
    std::string_view takeHost() {
        const auto word = [](char c) {
            return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        };
        if (text_.empty() || !word(text_.front())) return {};
        std::size_t length = 1;
        while (length < text_.size() &&
               (word(text_[length]) || text_[length] == '.' || text_[length] == '@' || text_[length] == '-'))
            ++length;
        return take(length);
    }
    bool startsWith(char c) const { return text_.starts_with(c); }
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

enum class Form { rfc5424, rfc3164 };

/// A header behind its version. The fields are those of the line as far as it has the form.
bool readHeader(std::string_view text, Form form, SyslogFields& fields) {
    Rest rest(text);
    const std::size_t length =
        form == Form::rfc3164 ? length3164(rest.text()) : length5424(rest.text(), kMostFractionDigits);
    const bool dashes = form == Form::rfc5424;
    if (length == 0 && !(dashes && rest.startsWith('-'))) return false;
    fields.timestamp = rest.take(length);
    if (length == 0) rest.take(1);
    if (!rest.takeBlank()) return false;
    fields.host = rest.takeHost();
    if (fields.host.empty()) {
        if (!dashes || !rest.startsWith('-')) return false;
        rest.take(1);
    }
    if (!rest.takeBlank()) return false;
    fields.text = rest.text();
    return true;
}

/// The version is a digit, or nothing; a blank may follow.
bool readFields(std::string_view text, Form form, SyslogFields& fields) {
    const auto behindBlank = [](std::string_view of) { return !of.empty() && isBlank(of.front()) ? of.substr(1) : of; };
    if (!text.empty() && isDigit(text.front()) && readHeader(behindBlank(text.substr(1)), form, fields)) {
        fields.version = text.substr(0, 1);
        return true;
    }
    return readHeader(behindBlank(text), form, fields);
}

} // namespace

SyslogMessage SyslogParser::parse(std::string_view line, bool cut, std::int64_t now) {
    SyslogMessage message;
    message.body = line;
    SyslogFields fields;
    fields.priority = priorityOf(line);
    if (fields.priority.empty()) {
        message.facilityAndSeverity = 0;
        message.status = SyslogMessage::Status::invalid;
        return message;
    }
    message.facilityAndSeverity = numberOf(fields.priority);
    if (cut) message.status = SyslogMessage::Status::incomplete;
    const std::string_view behind = line.substr(fields.priority.size() + 2);
    if (format_ && format_->read(line, fields))
        message.timestamp = format_->timestamp();
    else if (readFields(behind, Form::rfc5424, fields)) {
        if (!fields.timestamp.empty()) message.timestamp = times_.read5424(fields.timestamp);
    } else if (readFields(behind, Form::rfc3164, fields))
        message.timestamp = times_.read3164(fields.timestamp, now);
    else
        return message;
    message.priority = fields.priority;
    message.version = fields.version;
    message.host = fields.host;
    message.body = syslogBody(kept_, fields, line, room_);
    return message;
}

} // namespace millrace::flume
