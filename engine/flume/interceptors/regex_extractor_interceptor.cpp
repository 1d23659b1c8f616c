#include "flume/interceptors/regex_extractor_interceptor.h"

#include "flume/interceptors/header_mapping.h"

#include <utility>

namespace millrace::flume {

namespace {

constexpr std::string_view kPassThrough = "org.apache.flume.interceptor.RegexExtractorInterceptorPassThroughSerializer";
constexpr std::string_view kMillis = "org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer";

} // namespace

Result<std::unique_ptr<Interceptor>> RegexExtractorInterceptor::make(Settings& settings,
                                                                     const ComponentServices& services) {
    const std::string pattern = settings.text("regex");
    const std::vector<std::string> serializers = settings.list("serializers");
    const auto details = settings.group("serializers");
    MILLRACE_TRY(settings.status());
    auto regex = java::JavaRegex::compile(pattern);
    if (!regex) return regex.error();
    regex->warnIn(*services.log, services.id);
    std::vector<Target> targets;
    for (const std::string& serializer : serializers) {
        auto target = readTarget(serializer, details, services.clock->epochMs());
        MILLRACE_TRY(target);
        targets.push_back(std::move(*target));
    }
    if (targets.size() > regex->groupCount()) {
        services.log->warning(services.id,
                              "the pattern '{}' has {} groups for {} serializers; the last ones are not used", pattern,
                              regex->groupCount(), targets.size());
        targets.erase(targets.begin() + static_cast<std::ptrdiff_t>(regex->groupCount()), targets.end());
    }
    return std::unique_ptr<Interceptor>(
        std::make_unique<RegexExtractorInterceptor>(std::move(*regex), std::move(targets), services));
}

Result<RegexExtractorInterceptor::Target>
RegexExtractorInterceptor::readTarget(const std::string& serializer, const std::map<std::string, std::string>& details,
                                      EpochMs now) {
    const auto valueOf = [&](const char* key) {
        const auto found = details.find(fmt::format("{}.{}", serializer, key));
        return found == details.end() ? std::string() : found->second;
    };
    Target target{valueOf("name"), std::nullopt};
    if (target.header.empty())
        return Error{ErrorCode::invalidArgument, fmt::format("serializers.{}.name is missing", serializer), false};
    const std::string type = valueOf("type");
    if (type.empty() || type == "DEFAULT" || type == kPassThrough) return target;
    if (type != kMillis)
        return Error{
            ErrorCode::unsupported,
            fmt::format("serializers.{}.type = {} is not implemented here; DEFAULT, in capitals, {} and {} are",
                        serializer, type, kPassThrough, kMillis),
            false};
    auto time = java::JodaTime::of(valueOf("pattern"), now);
    if (!time) return time.error().in(fmt::format("serializers.{}.pattern", serializer));
    target.time = std::move(*time);
    return target;
}

void RegexExtractorInterceptor::store(const Target& target, std::string_view found, HeaderSet& headers) {
    if (!target.time) {
        headers = headers.with(target.header, found);
    } else if (const auto millis = target.time->read(found)) {
        headers = headers.with(target.header, std::to_string(*millis));
    } else if (!std::exchange(toldOfTime_, true)) {
        log_.warning(id_, "'{}' is no time by the pattern of header {}, which such events do not get", found,
                     target.header);
    }
}

HeaderSetPtr RegexExtractorInterceptor::extract(std::string_view body, const HeaderSetPtr& before) {
    if (!regex_.find(body)) return before;
    HeaderSet headers = *before;
    for (std::size_t i = 0; i < targets_.size(); ++i)
        if (const std::string_view found = regex_.group(i + 1); found.data()) store(targets_[i], found, headers);
    return std::make_shared<const HeaderSet>(std::move(headers));
}

void RegexExtractorInterceptor::intercept(EventRanges& events) {
    mapEachEvent(events, [this](std::string_view body, const HeaderSetPtr& set) { return extract(body, set); });
}

MILLRACE_COMPONENT(RegexExtractorInterceptor, "org.apache.flume.interceptor.RegexExtractorInterceptor$Builder", &RegexExtractorInterceptor::make)

} // namespace millrace::flume
