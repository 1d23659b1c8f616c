#include "java/java_utf8.h"

namespace millrace::java {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kSurrogateBytes = 3;

std::size_t bytesOf(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0; // a continuation, or an overlong form of ASCII
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

/// What a lead byte leaves to its second one (RFC 3629): neither overlong nor beyond Unicode.
bool fits(unsigned char lead, unsigned char second) {
    if (lead == 0xE0) return second >= 0xA0;
    if (lead == 0xF0) return second >= 0x90;
    return lead != 0xF4 || second < 0x90;
}

/// The bytes of the sequence that begins the text, which is not empty: those of one character, or those that Java
/// replaces together.
struct Sequence {
    std::size_t size;
    bool valid;
};
Sequence firstOf(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t wanted = bytesOf(at(0));
    std::size_t size = 1;
    while (size < wanted && size < text.size() && isUtf8Continuation(text[size]) && (size > 1 || fits(at(0), at(1))))
        ++size;
    const bool surrogate = size == kSurrogateBytes && at(0) == 0xED && at(1) >= 0xA0;
    return {size, size == wanted && !surrogate};
}

} // namespace

std::string withoutMalformedUtf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + kReplacement.size());
    while (!bytes.empty()) {
        const Sequence sequence = firstOf(bytes);
        text += sequence.valid ? bytes.substr(0, sequence.size) : kReplacement;
        bytes.remove_prefix(sequence.size);
    }
    return text;
}

} // namespace millrace::java
