#include "flume/interceptors/regex_extractor_interceptor.h"

namespace millrace::flume {

Result<std::unique_ptr<Interceptor>> RegexExtractorInterceptor::make(Settings& settings,
                                                                     const ComponentServices& services) {
    const std::string pattern = settings.text("regex");
    const std::vector<std::string> serializers = settings.list("serializers");
    const auto details = settings.group("serializers");
    MILLRACE_TRY(settings.status());
    auto regex = java::JavaRegex::compile(pattern);
    if (!regex) return regex.error();
    regex->warnIn(*services.log, services.id);
    std::vector<std::string> headers;
    for (const std::string& serializer : serializers) {
        const auto name = details.find(serializer + ".name");
        if (name == details.end())
            return Error{ErrorCode::invalidArgument, fmt::format("serializers.{}.name is missing", serializer), false};
        const auto type = details.find(serializer + ".type");
        if (type != details.end() && type->second != "DEFAULT" &&
            type->second != "org.apache.flume.interceptor.RegexExtractorInterceptorPassThroughSerializer")
            return Error{
                ErrorCode::unsupported,
                fmt::format("serializers.{}.type = {} is not implemented here; DEFAULT is, in capitals as in Flume",
                            serializer, type->second),
                false};
        headers.push_back(name->second);
    }
    if (headers.size() > regex->groupCount()) {
        services.log->warning(services.id,
                             "the pattern '{}' has {} groups for {} serializers; the last ones are not used", pattern,
                             regex->groupCount(), headers.size());
        headers.resize(regex->groupCount());
    }
    return std::unique_ptr<Interceptor>(
        std::make_unique<RegexExtractorInterceptor>(std::move(*regex), std::move(headers)));
}

HeaderSetPtr RegexExtractorInterceptor::extract(std::string_view body, const HeaderSetPtr& before) {
    if (!regex_.find(body)) return before;
    HeaderSet headers = *before;
    for (std::size_t i = 0; i < headers_.size(); ++i)
        if (const std::string_view found = regex_.group(i + 1); found.data())
            headers = headers.with(headers_[i], found);
    return std::make_shared<const HeaderSet>(std::move(headers));
}

void RegexExtractorInterceptor::intercept(EventRanges& events) {
    for (EventRange& range : events) {
        // Nearly every event has headers of its own afterwards, so only the range's events get a table.
        EventBatchBuilder builder(range.bodyBytes(), range.size());
        const bool whole = range.first == 0 && range.last == range.batch->size();
        std::vector<HeaderSetPtr> sets;
        std::vector<std::uint32_t> indexes;
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            HeaderSetPtr set = extract(range.batch->body(i), range.batch->headerSet(i));
            if (!whole) {
                builder.setHeaders(std::move(set));
                if (!builder.add(range.batch->body(i))) break;
                continue;
            }
            if (sets.empty() || sets.back() != set) sets.push_back(std::move(set));
            indexes.push_back(static_cast<std::uint32_t>(sets.size() - 1));
        }
        range.batch = whole ? range.batch->withHeaders(std::move(sets), std::move(indexes)) : builder.finish();
        range.first = 0;
        range.last = static_cast<std::uint32_t>(range.batch->size());
    }
}

MILLRACE_COMPONENT(RegexExtractorInterceptor, "org.apache.flume.interceptor.RegexExtractorInterceptor$Builder", &RegexExtractorInterceptor::make)

} // namespace millrace::flume
