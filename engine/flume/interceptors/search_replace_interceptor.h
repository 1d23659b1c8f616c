#pragma once

#include "java/java_regex.h"
#include "flume/registry.h"

#include <variant>

namespace millrace::flume {

/// Java's replaceAll on each body (org.apache.flume.interceptor.SearchAndReplaceInterceptor).
class SearchReplaceInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    using Piece = std::variant<std::string, std::size_t>; ///< text, or the number of a group
    SearchReplaceInterceptor(java::JavaRegex regex, std::vector<Piece> replacement)
        : regex_(std::move(regex)), replacement_(std::move(replacement)) {}
    void intercept(EventRanges& events) override;

    /// `$1`, `${name}` and `\x` as Matcher.appendReplacement reads them; its errors are ours.
    static Result<std::vector<Piece>> parseReplacement(std::string_view text, const java::JavaRegex& regex);

private:
    bool replaceAll(std::string_view body, std::string& result);
    java::JavaRegex regex_;
    std::vector<Piece> replacement_;
};

} // namespace millrace::flume
