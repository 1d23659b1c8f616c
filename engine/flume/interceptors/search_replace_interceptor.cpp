#include "flume/interceptors/search_replace_interceptor.h"

#include "flume/support/charset.h"

namespace millrace::flume {

Result<std::unique_ptr<Interceptor>> SearchReplaceInterceptor::make(Settings& settings,
                                                                    const ComponentServices& services) {
    const std::string pattern = settings.text("searchPattern");
    const std::string replacement = settings.text("replaceString");
    const auto charset = charsetOf(settings, "charset");
    MILLRACE_TRY(charset);
    const bool bytes = (*charset)->name == "ISO-8859-1" || (*charset)->name == "US-ASCII";
    std::optional<Conversion> conversion;
    if (!bytes && !isPassedOn(**charset)) {
        auto decoder = java::CharsetDecoder::of(**charset);
        if (!decoder) return std::move(decoder).error();
        auto encoder = java::CharsetEncoder::of(**charset);
        if (!encoder) return std::move(encoder).error();
        conversion.emplace(Conversion{std::move(*decoder), std::move(*encoder)});
    }
    auto regex = java::JavaRegex::compile(pattern, bytes ? java::JavaRegex::Text::bytes : java::JavaRegex::Text::utf8);
    if (!regex) return regex.error();
    auto pieces = java::JavaReplacement::parse(replacement, *regex);
    if (!pieces) return pieces.error().in("replaceString");
    regex->warnIn(*services.log, services.id);
    return std::unique_ptr<Interceptor>(
        std::make_unique<SearchReplaceInterceptor>(std::move(*regex), std::move(*pieces), std::move(conversion)));
}

bool SearchReplaceInterceptor::replaceAllAsText(std::string_view body, std::string& result) {
    if (!conversion_) return replacement_.replaceAll(regex_, body, result);
    text_.clear();
    conversion_->decoder.decode(body, text_);
    conversion_->decoder.finish(text_);
    if (!replacement_.replaceAll(regex_, text_, replacedText_)) return false;
    result.clear();
    conversion_->encoder.encode(replacedText_, result);
    return true;
}

void SearchReplaceInterceptor::intercept(EventRanges& events) {
    std::string replaced;
    for (EventRange& range : events) {
        EventBatchBuilder builder(range.bodyBytes(), range.size());
        bool changed = false;
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            const std::string_view body = range.batch->body(i);
            const bool any = replaceAllAsText(body, replaced);
            changed = changed || any;
            builder.setHeaders(range.batch->headerSet(i));
            if (!builder.add(any ? std::string_view(replaced) : body))
                throw std::length_error("search_replace makes more than 4 GiB of one batch");
        }
        if (!changed) continue;
        range.batch = builder.finish();
        range.first = 0;
        range.last = static_cast<std::uint32_t>(range.batch->size());
    }
}

MILLRACE_COMPONENT(SearchReplaceInterceptor, "org.apache.flume.interceptor.SearchAndReplaceInterceptor$Builder", &SearchReplaceInterceptor::make)

} // namespace millrace::flume
