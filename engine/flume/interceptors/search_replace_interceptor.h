#pragma once

#include "flume/registry.h"
#include "java/java_charset.h"
#include "java/java_regex.h"
#include "java/java_replacement.h"

#include <optional>

namespace millrace::flume {

/// Java's replaceAll on each body (org.apache.flume.interceptor.SearchAndReplaceInterceptor).
class SearchReplaceInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    /// Between text and the bytes of bodies; absent: the pattern looks at the bytes themselves.
    struct Conversion {
        java::CharsetDecoder decoder;
        java::CharsetEncoder encoder;
    };
    SearchReplaceInterceptor(java::JavaRegex regex, java::JavaReplacement replacement,
                             std::optional<Conversion> conversion)
        : regex_(std::move(regex)), replacement_(std::move(replacement)), conversion_(std::move(conversion)) {}
    void intercept(EventRanges& events) override;

private:
    bool replaceAllAsText(std::string_view body, std::string& result);
    java::JavaRegex regex_;
    java::JavaReplacement replacement_;
    std::optional<Conversion> conversion_;
    std::string text_, replacedText_; ///< used again and again
};

} // namespace millrace::flume
