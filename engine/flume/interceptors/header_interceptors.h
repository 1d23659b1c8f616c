#pragma once

#include "base/clock.h"
#include "flume/registry.h"

#include <optional>

namespace millrace::flume {

/// The time in milliseconds (org.apache.flume.interceptor.TimestampInterceptor): one for each batch.
class TimestampInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentContext& context);
    TimestampInterceptor(std::string header, bool preserve, EpochMs (*now)() = &systemEpochMs)
        : header_(std::move(header)), preserve_(preserve), now_(now) {}
    void intercept(EventRanges& events) override;

private:
    std::string header_;
    bool preserve_;
    EpochMs (*now_)();
};

/// A fixed header (org.apache.flume.interceptor.StaticInterceptor).
class StaticInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentContext& context);
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
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentContext& context);
    HostInterceptor(std::string header, bool useIp, bool preserve)
        : header_(std::move(header)), useIp_(useIp), preserve_(preserve) {}
    void intercept(EventRanges& events) override;

private:
    std::string header_;
    bool useIp_, preserve_;
    std::optional<std::string> host_; ///< empty text: the lookup failed
};

} // namespace millrace::flume
