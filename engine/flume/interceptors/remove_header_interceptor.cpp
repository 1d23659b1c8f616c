#include "flume/interceptors/remove_header_interceptor.h"

#include "flume/interceptors/header_mapping.h"

#include <algorithm>

namespace millrace::flume {

Result<std::unique_ptr<Interceptor>> RemoveHeaderInterceptor::make(Settings& settings, const ComponentServices& services) {
    std::vector<std::string> names;
    if (const auto name = settings.textIfSet("withName")) names.push_back(*name);
    const auto list = settings.textIfSet("fromList");
    const std::string separator = settings.text("fromListSeparator");
    const auto pattern = settings.textIfSet("matching");
    MILLRACE_TRY(settings.status());
    if (list) {
        auto regex = java::JavaRegex::compile(separator);
        if (!regex) return regex.error();
        for (std::string& name : java::splitBy(*regex, *list))
            names.push_back(std::move(name));
    }
    std::optional<java::JavaRegex> matching;
    if (pattern) {
        auto regex = java::JavaRegex::compile(*pattern);
        if (!regex) return regex.error();
        regex->warnIn(*services.log, services.id);
        matching = std::move(*regex);
    }
    return std::unique_ptr<Interceptor>(
        std::make_unique<RemoveHeaderInterceptor>(std::move(names), std::move(matching)));
}

bool RemoveHeaderInterceptor::goes(const std::string& name) {
    return std::find(names_.begin(), names_.end(), name) != names_.end() || (matching_ && matching_->matches(name));
}

void RemoveHeaderInterceptor::intercept(EventRanges& events) {
    mapHeaders(events, [this](const HeaderSetPtr& set) -> HeaderSetPtr {
        std::vector<std::pair<std::string, std::string>> kept;
        for (const auto& entry : set->entries())
            if (!goes(entry.first)) kept.push_back(entry);
        return kept.size() == set->size() ? set : std::make_shared<const HeaderSet>(std::move(kept));
    });
}

MILLRACE_COMPONENT(RemoveHeaderInterceptor, "org.apache.flume.interceptor.RemoveHeaderInterceptor$Builder", &RemoveHeaderInterceptor::make)

} // namespace millrace::flume
