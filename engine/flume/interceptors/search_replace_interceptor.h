#pragma once

#include "flume/registry.h"
#include "java/java_charset.h"
#include "java/java_regex.h"

#include <optional>
#include <variant>

namespace millrace::flume {

/// Java's replaceAll on each body (org.apache.flume.interceptor.SearchAndReplaceInterceptor).
class SearchReplaceInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    using Piece = std::variant<std::string, std::size_t>; ///< text, or the number of a group
    /// Between text and the bytes of bodies; absent: the pattern looks at the bytes themselves.
    struct Conversion {
        java::CharsetDecoder decoder;
        java::CharsetEncoder encoder;
    };
    SearchReplaceInterceptor(java::JavaRegex regex, std::vector<Piece> replacement,
                             std::optional<Conversion> conversion)
        : regex_(std::move(regex)), replacement_(std::move(replacement)), conversion_(std::move(conversion)) {}
    void intercept(EventRanges& events) override;

    /// `$1`, `${name}` and `\x` as Matcher.appendReplacement reads them; its errors are ours.
    static Result<std::vector<Piece>> parseReplacement(std::string_view text, const java::JavaRegex& regex);

private:
    bool replaceAll(std::string_view body, std::string& result);
    bool replaceAllAsText(std::string_view body, std::string& result);
    java::JavaRegex regex_;
    std::vector<Piece> replacement_;
    std::optional<Conversion> conversion_;
    std::string text_, replacedText_; ///< used again and again
};

} // namespace millrace::flume
