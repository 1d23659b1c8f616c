#pragma once

#include "java/java_regex.h"
#include "flume/registry.h"

#include <optional>

namespace millrace::flume {

/// Takes headers away by name, by list or by pattern on the whole name
/// (org.apache.flume.interceptor.RemoveHeaderInterceptor).
class RemoveHeaderInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    RemoveHeaderInterceptor(std::vector<std::string> names, std::optional<java::JavaRegex> matching)
        : names_(std::move(names)), matching_(std::move(matching)) {}
    void intercept(EventRanges& events) override;

private:
    bool goes(const std::string& name);
    std::vector<std::string> names_;
    std::optional<java::JavaRegex> matching_;
};

} // namespace millrace::flume
