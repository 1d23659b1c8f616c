#include "flume/support/charset.h"

#include "java/java_utf8.h"

namespace millrace::flume {

Result<const java::JavaCharset*> charsetOf(Settings& settings, std::string_view key) {
    const std::string name = settings.text(key);
    MILLRACE_TRY(settings.status());
    const std::string where = fmt::format("{}: {} = {}", settings.who(), key, name);
    const java::JavaCharset* charset = java::findCharset(name);
    if (charset == nullptr) return Error{ErrorCode::invalidArgument, where + ": Java knows no such charset", false};
    if (isPassedOn(*charset)) return charset;
    const auto decoder = java::CharsetDecoder::of(*charset);
    if (!decoder) return decoder.error().in(where);
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
