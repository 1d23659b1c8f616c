#include "flume/interceptors/header_interceptors.h"

#include "flume/interceptors/header_mapping.h"
#include "flume/interceptors/local_host.h"

namespace millrace::flume {

Result<std::unique_ptr<Interceptor>> TimestampInterceptor::make(Settings& settings,
                                                                const ComponentServices& services) {
    const std::string header = settings.text("headerName");
    const bool preserve = settings.flag("preserveExisting");
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<Interceptor>(std::make_unique<TimestampInterceptor>(header, preserve, *services.clock));
}

void TimestampInterceptor::intercept(EventRanges& events) {
    putHeader(events, header_, std::to_string(clock_.epochMs()), preserve_);
}

Result<std::unique_ptr<Interceptor>> StaticInterceptor::make(Settings& settings, const ComponentServices&) {
    const std::string key = settings.text("key");
    const std::string value = settings.text("value");
    const bool preserve = settings.flag("preserveExisting");
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<Interceptor>(std::make_unique<StaticInterceptor>(key, value, preserve));
}

void StaticInterceptor::intercept(EventRanges& events) {
    putHeader(events, key_, value_, preserve_);
}

Result<std::unique_ptr<Interceptor>> HostInterceptor::make(Settings& settings, const ComponentServices&) {
    const std::string header = settings.text("hostHeader");
    const bool useIp = settings.flag("useIP");
    const bool preserve = settings.flag("preserveExisting");
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<Interceptor>(std::make_unique<HostInterceptor>(header, useIp, preserve));
}

void HostInterceptor::intercept(EventRanges& events) {
    if (!host_) host_ = useIp_ ? localAddress() : localName();
    if (!host_->empty()) putHeader(events, header_, *host_, preserve_);
}

MILLRACE_COMPONENT(TimestampInterceptor, "org.apache.flume.interceptor.TimestampInterceptor$Builder", &TimestampInterceptor::make)
MILLRACE_COMPONENT(HostInterceptor, "org.apache.flume.interceptor.HostInterceptor$Builder", &HostInterceptor::make)
MILLRACE_COMPONENT(StaticInterceptor, "org.apache.flume.interceptor.StaticInterceptor$Builder", &StaticInterceptor::make)

} // namespace millrace::flume
