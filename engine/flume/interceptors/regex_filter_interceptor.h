#pragma once

#include "java/java_regex.h"
#include "flume/registry.h"

namespace millrace::flume {

/// Keeps the events in whose body the pattern is found, or with `excludeEvents` the others
/// (org.apache.flume.interceptor.RegexFilteringInterceptor).
class RegexFilterInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    RegexFilterInterceptor(java::JavaRegex regex, bool exclude) : regex_(std::move(regex)), exclude_(exclude) {}
    void intercept(EventRanges& events) override;

private:
    java::JavaRegex regex_;
    bool exclude_;
};

} // namespace millrace::flume
