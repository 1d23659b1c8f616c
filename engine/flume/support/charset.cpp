#include "flume/support/charset.h"

#include "java/java_utf8.h"

namespace millrace::flume {

namespace {

bool endsLinesAsAscii(const java::JavaCharset& charset) {
    auto encoder = java::CharsetEncoder::of(charset);
    std::string bytes;
    if (encoder) encoder->encode("\n", bytes);
    return bytes == "\n";
}

Result<const java::JavaCharset*> charsetNamed(const std::string& where, const std::string& name) {
    const std::string what = fmt::format("{} = {}", where, name);
    const java::JavaCharset* charset = java::findCharset(name);
    if (charset == nullptr) return Error{ErrorCode::invalidArgument, what + ": Java knows no such charset", false};
    if (isPassedOn(*charset)) return charset;
    const auto decoder = java::CharsetDecoder::of(*charset);
    if (!decoder) return decoder.error().in(what);
    return charset;
}

} // namespace

Result<const java::JavaCharset*> charsetOf(Settings& settings, std::string_view key) {
    const std::string name = settings.text(key);
    MILLRACE_TRY(settings.status());
    return charsetNamed(fmt::format("{}: {}", settings.who(), key), name);
}

Result<const java::JavaCharset*> charsetOfLines(const std::string& where, const std::string& name) {
    auto charset = charsetNamed(where, name);
    if (charset && !isPassedOn(**charset) && !endsLinesAsAscii(**charset))
        return Error{ErrorCode::unsupported,
                     fmt::format("{} = {}: lines of this charset cannot be read here", where, (*charset)->name), false};
    return charset;
}

bool isPassedOn(const java::JavaCharset& charset) {
    return charset.name == "UTF-8" || charset.name == "US-ASCII";
}

std::size_t javaLength(std::string_view text) {
    std::size_t length = 0;
    for (const char c : text) {
        // Beyond the first plane: a surrogate pair.
        if (!java::isUtf8Continuation(c)) length += static_cast<unsigned char>(c) >= 0xf0 ? 2 : 1;
    }
    return length;
}

} // namespace millrace::flume
