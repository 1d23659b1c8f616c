#include "topology/text/escapes.h"

#include "base/utf8.h"
#include "java/java_utf16.h"

#include <fmt/format.h>

#include <cstdint>

namespace millrace::topology {
namespace {

void appendUtf8(std::string& out, std::uint32_t c) {
    const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

/// Collects UTF-16 units, so that `\uD83D\uDE00` becomes one character; a lone half becomes U+FFFD.
class Utf16Sink {
public:
    explicit Utf16Sink(std::string& out) : out_(out) {}
    void unit(std::uint32_t u) {
        if (high_ != 0 && u >= 0xDC00 && u <= 0xDFFF) {
            appendUtf8(out_, 0x10000 + ((high_ - 0xD800) << 10) + (u - 0xDC00));
            high_ = 0;
            return;
        }
        flush();
        if (u >= 0xD800 && u <= 0xDBFF) {
            high_ = u;
        } else {
            appendUtf8(out_, u >= 0xDC00 && u <= 0xDFFF ? 0xFFFD : u);
        }
    }
    void flush() {
        if (high_ != 0) appendUtf8(out_, 0xFFFD);
        high_ = 0;
    }

private:
    std::string& out_;
    std::uint32_t high_ = 0;
};

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Reads the four digits behind `\u` at `at`; -1 when they are not there.
int readHex(std::string_view raw, std::size_t at) {
    if (at + 4 > raw.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const int digit = hexDigit(raw[i]);
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

void note(std::size_t& place, std::size_t at) {
    if (place == std::string::npos) place = at;
}

bool isPlain(std::string_view raw) {
    for (const char c : raw) {
        if (c == '\\' || (c & 0x80) != 0) return false;
    }
    return true;
}

std::string encode(std::string_view text, std::string_view escaped) {
    std::string out;
    out.reserve(text.size() + 8);
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '\n' || c == '\r' || c == '\t' || c == '\f') {
            out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : "\\f";
            ++at;
        } else if (c >= ' ' && c < 0x7F) {
            if (escaped.find(c) != std::string_view::npos) out += '\\';
            out += c;
            ++at;
        } else {
            std::uint32_t point = nextCodePoint(text, at);
            if (point == kBrokenUtf8) point = 0xFFFD;
            if (point >= 0x10000) {
                point -= 0x10000;
                out += fmt::format("\\u{:04X}\\u{:04X}", 0xD800 + (point >> 10), 0xDC00 + (point & 0x3FF));
            } else {
                out += fmt::format("\\u{:04X}", point);
            }
        }
    }
    return out;
}

} // namespace

std::string decodeProperties(std::string_view raw, DecodeNotes* notes) {
    if (isPlain(raw)) return std::string(raw);
    std::string out;
    out.reserve(raw.size() + 8);
    Utf16Sink sink(out);
    for (std::size_t at = 0; at < raw.size(); ++at) {
        if (raw[at] != '\\' || at + 1 == raw.size()) {
            sink.unit(static_cast<unsigned char>(raw[at]));
            continue;
        }
        const char c = raw[++at];
        if (c == 'u') {
            const int value = readHex(raw, at + 1);
            if (value >= 0) {
                sink.unit(static_cast<std::uint32_t>(value));
                at += 4;
            } else {
                if (notes != nullptr) note(notes->malformedEscape, at - 1);
                sink.unit('\\');
                sink.unit('u');
            }
            continue;
        }
        const std::string_view harmless = "\\ \t\f=:#!\"'";
        if (c == 't' || c == 'n' || c == 'r' || c == 'f') {
            sink.unit(static_cast<std::uint32_t>(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : '\f'));
        } else {
            if (notes != nullptr && harmless.find(c) == std::string_view::npos) note(notes->droppedBackslash, at - 1);
            sink.unit(static_cast<unsigned char>(c));
        }
    }
    sink.flush();
    return out;
}

std::string decodeOurs(std::string_view raw, DecodeNotes* notes) {
    if (raw.find('\\') == std::string_view::npos) return std::string(raw);
    std::string out;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        if (raw[at] != '\\' || at + 1 == raw.size()) {
            out += raw[at];
            continue;
        }
        const char c = raw[at + 1];
        if (c == 'u' && readHex(raw, at + 2) >= 0) {
            Utf16Sink sink(out);
            while (at + 1 < raw.size() && raw[at] == '\\' && raw[at + 1] == 'u' && readHex(raw, at + 2) >= 0) {
                sink.unit(static_cast<std::uint32_t>(readHex(raw, at + 2)));
                at += 6;
            }
            sink.flush();
            --at;
            continue;
        }
        if (c == 'u' && notes != nullptr) note(notes->malformedEscape, at);
        if (c == 'n' || c == '\\') {
            out += c == 'n' ? '\n' : '\\';
            ++at;
        } else {
            out += '\\';
        }
    }
    return out;
}

std::string asciiProperties(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size(); ++at) {
        // A backslash before such a character is dropped by Java; kept, it would take away the meaning of the escape.
        const bool escaped = raw[at] == '\\' && at + 1 < raw.size();
        const char c = raw[escaped ? at + 1 : at];
        if ((c & 0x80) != 0) {
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out += raw.substr(at, escaped ? 2 : 1);
        }
        at += escaped ? 1 : 0;
    }
    return out;
}

std::string encodeValue(std::string_view value, bool afterBlank) {
    std::string out = encode(value, "\\");
    if (afterBlank && !out.empty() && (out.front() == '=' || out.front() == ':')) out.insert(out.begin(), '\\');
    return out;
}

std::string encodeKey(std::string_view key) {
    std::string out = encode(key, "\\ =:");
    if (!out.empty() && (out.front() == '#' || out.front() == '!')) out.insert(out.begin(), '\\');
    return out;
}

std::string encodeOurs(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (c == '\n' || c == '\\') {
            out += c == '\n' ? "\\n" : "\\\\";
        } else if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) {
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
        text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
        text.remove_suffix(1);
    return text;
}

void trimInPlace(std::string& text) {
    const std::string_view kept = trimmed(text);
    if (kept.size() == text.size()) return;
    text = std::string(kept);
}

std::string latin1AsUtf8(std::string_view text) {
    std::string bytes;
    for (const char16_t unit : java::toUtf16(text)) {
        if (unit > 0xFF) return std::string(text);
        bytes += static_cast<char>(unit);
    }
    return isUtf8(bytes) ? bytes : std::string(text);
}

} // namespace millrace::topology
