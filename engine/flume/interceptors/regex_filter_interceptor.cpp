#include "flume/interceptors/regex_filter_interceptor.h"

namespace millrace::flume {

Result<std::unique_ptr<Interceptor>> RegexFilterInterceptor::make(Settings& settings, const ComponentServices& services) {
    const std::string pattern = settings.text("regex");
    const bool exclude = settings.flag("excludeEvents");
    MILLRACE_TRY(settings.status());
    auto regex = java::JavaRegex::compile(pattern);
    if (!regex) return regex.error();
    regex->warnIn(*services.log, services.id);
    return std::unique_ptr<Interceptor>(std::make_unique<RegexFilterInterceptor>(std::move(*regex), exclude));
}

void RegexFilterInterceptor::intercept(EventRanges& events) {
    EventRanges kept;
    for (const EventRange& range : events) {
        std::uint32_t first = range.first; // of the run of kept events that is being read
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            if (regex_.find(range.batch->body(i)) != exclude_) continue;
            if (first < i) kept.push_back({range.batch, first, i});
            first = i + 1;
        }
        if (first < range.last) kept.push_back({range.batch, first, range.last});
    }
    events = std::move(kept);
}

MILLRACE_COMPONENT(RegexFilterInterceptor, "org.apache.flume.interceptor.RegexFilteringInterceptor$Builder", &RegexFilterInterceptor::make)

} // namespace millrace::flume
