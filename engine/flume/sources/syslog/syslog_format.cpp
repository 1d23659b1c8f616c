#include "flume/sources/syslog/syslog_format.h"

namespace millrace::flume {
namespace {

enum Group : std::size_t { kPriority = 1, kVersion, kTimestamp, kHost, kBody };

} // namespace

SyslogFormatOptions readSyslogFormat(Settings& settings) {
    return {settings.text("format.regex"), settings.text("format.search"), settings.text("format.replace"),
            settings.text("format.dateFormat")};
}

Result<std::optional<SyslogFormat>> SyslogFormat::of(const SyslogFormatOptions& options,
                                                     const ComponentServices& services) {
    std::optional<SyslogFormat> none;
    if (options.regex.empty()) return none;
    auto regex = java::JavaRegex::compile(options.regex);
    if (!regex) return regex.error().in("format.regex");
    regex->warnIn(*services.log, services.id);
    SyslogFormat format(std::move(*regex));
    if (!options.search.empty()) {
        auto search = java::JavaRegex::compile(options.search);
        if (!search) return search.error().in("format.search");
        search->warnIn(*services.log, services.id);
        auto replacement = java::JavaReplacement::parse(options.replace, *search);
        if (!replacement) return replacement.error().in("format.replace");
        format.search_ = Search{std::move(*search), std::move(*replacement)};
    }
    if (!options.dateFormat.empty()) {
        auto time = java::JodaTime::of(options.dateFormat, services.clock->epochMs());
        if (!time) return time.error().in("format.dateFormat");
        format.time_ = std::move(*time);
    }
    return std::optional(std::move(format));
}

bool SyslogFormat::read(std::string_view line, SyslogFields& fields) {
    if (!regex_.matches(line)) return false;
    const auto group = [&](Group number) {
        return number <= regex_.groupCount() ? regex_.group(number) : std::string_view();
    };
    fields = {group(kPriority), group(kVersion), group(kTimestamp), group(kHost), group(kBody)};
    return true;
}

std::optional<std::int64_t> SyslogFormat::timestamp() {
    if (!time_ || regex_.groupCount() < kTimestamp) return {};
    const std::string_view text = regex_.group(kTimestamp);
    std::string replaced;
    const bool changed = search_ && search_->replacement.replaceAll(search_->regex, text, replaced);
    return time_->read(changed ? std::string_view(replaced) : text);
}

} // namespace millrace::flume
