#pragma once

#include "flume/registry.h"

#include <optional>

namespace millrace::flume {

/// The time in milliseconds (org.apache.flume.interceptor.TimestampInterceptor): one for each batch.
class TimestampInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    TimestampInterceptor(std::string header, bool preserve, const ThreadClock& clock)
        : header_(std::move(header)), preserve_(preserve), clock_(clock) {}
    void intercept(EventRanges& events) override;

private:
    std::string header_;
    bool preserve_;
    const ThreadClock& clock_;
};

/// A fixed header (org.apache.flume.interceptor.StaticInterceptor).
class StaticInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    StaticInterceptor(std::string key, std::string value, bool preserve)
        : key_(std::move(key)), value_(std::move(value)), preserve_(preserve) {}
    void intercept(EventRanges& events) override;

private:
    std::string key_, value_;
    bool preserve_;
};

/// This computer's address or name (org.apache.flume.interceptor.HostInterceptor), looked up with the first batch
/// because a lookup may take its time. Adds nothing when it fails.
class HostInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    HostInterceptor(std::string header, bool useIp, bool preserve)
        : header_(std::move(header)), useIp_(useIp), preserve_(preserve) {}
    void intercept(EventRanges& events) override;

private:
    std::string header_;
    bool useIp_, preserve_;
    std::optional<std::string> host_; ///< empty text: the lookup failed
};

} // namespace millrace::flume
