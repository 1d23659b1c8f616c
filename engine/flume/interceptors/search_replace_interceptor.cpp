#include "flume/interceptors/search_replace_interceptor.h"

#include "flume/support/charset.h"

namespace millrace::flume {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

Error badReplacement(std::string_view text, std::string_view why) {
    return Error{ErrorCode::invalidArgument, fmt::format("replaceString '{}': {}", text, why), false};
}

} // namespace

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
    auto pieces = parseReplacement(replacement, *regex);
    if (!pieces) return pieces.error();
    regex->warnIn(*services.log, services.id);
    return std::unique_ptr<Interceptor>(
        std::make_unique<SearchReplaceInterceptor>(std::move(*regex), std::move(*pieces), std::move(conversion)));
}

Result<std::vector<SearchReplaceInterceptor::Piece>>
SearchReplaceInterceptor::parseReplacement(std::string_view text, const java::JavaRegex& regex) {
    std::vector<Piece> pieces;
    std::string literal;
    const auto addGroup = [&](std::size_t number) {
        if (!literal.empty()) pieces.emplace_back(std::exchange(literal, {}));
        pieces.emplace_back(number);
    };
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '\\') {
            if (i + 1 == text.size()) return badReplacement(text, "nothing follows the last backslash");
            literal += text[i + 1];
            i += 2;
        } else if (text[i] != '$') {
            literal += text[i++];
        } else if (text.substr(i + 1).starts_with('{')) {
            const std::size_t end = text.find('}', i);
            if (end == std::string_view::npos) return badReplacement(text, "${ is not closed");
            const std::size_t number = regex.groupNamed(std::string(text.substr(i + 2, end - i - 2)));
            if (number == 0) return badReplacement(text, "the pattern has no group of that name");
            addGroup(number);
            i = end + 1;
        } else {
            if (++i == text.size() || !isDigit(text[i])) return badReplacement(text, "a group number must follow $");
            auto number = static_cast<std::size_t>(text[i++] - '0');
            if (number > regex.groupCount())
                return badReplacement(text, fmt::format("the pattern has no group {}", number));
            // Java takes further digits only as long as there is such a group: $12 may be group 1 and the text 2.
            while (i < text.size() && isDigit(text[i])) {
                const std::size_t longer = number * 10 + static_cast<std::size_t>(text[i] - '0');
                if (longer > regex.groupCount()) break;
                number = longer;
                ++i;
            }
            addGroup(number);
        }
    }
    if (!literal.empty()) pieces.emplace_back(std::move(literal));
    return pieces;
}

bool SearchReplaceInterceptor::replaceAll(std::string_view body, std::string& result) {
    result.clear();
    std::size_t copied = 0;
    bool any = false;
    for (bool found = regex_.find(body); found; found = regex_.findNext()) {
        any = true;
        const std::size_t begin = regex_.groupBegin(0);
        result += regex_.text().substr(copied, begin - copied);
        for (const Piece& piece : replacement_) {
            if (const auto* text = std::get_if<std::string>(&piece))
                result += *text;
            else
                result += regex_.group(std::get<std::size_t>(piece));
        }
        copied = regex_.groupEnd(0);
    }
    if (any) result += regex_.text().substr(copied);
    return any;
}

bool SearchReplaceInterceptor::replaceAllAsText(std::string_view body, std::string& result) {
    if (!conversion_) return replaceAll(body, result);
    text_.clear();
    conversion_->decoder.decode(body, text_);
    conversion_->decoder.finish(text_);
    if (!replaceAll(text_, replacedText_)) return false;
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
