#pragma once

#include "java/java_regex.h"
#include "flume/registry.h"

namespace millrace::flume {

/// Copies the groups of the first find in the body into headers
/// (org.apache.flume.interceptor.RegexExtractorInterceptor). A group that took no part adds no header: Flume stores a
/// null there, which later breaks Avro.
class RegexExtractorInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    /// `headers`: names for the groups 1, 2, …; at most as many as there are groups.
    RegexExtractorInterceptor(java::JavaRegex regex, std::vector<std::string> headers)
        : regex_(std::move(regex)), headers_(std::move(headers)) {}
    void intercept(EventRanges& events) override;

private:
    HeaderSetPtr extract(std::string_view body, const HeaderSetPtr& before);
    java::JavaRegex regex_;
    std::vector<std::string> headers_;
};

} // namespace millrace::flume
