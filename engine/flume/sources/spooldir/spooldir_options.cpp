#include "flume/sources/spooldir/spooldir_source.h"

#include "flume/registry.h"
#include "flume/support/charset.h"

#include <fmt/format.h>

#include <algorithm>

namespace millrace::flume {
namespace {

std::string inLowerCase(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// Which of the words the property is, in any letter case as Flume has it.
Result<std::size_t> wordAt(Settings& settings, const char* key, std::initializer_list<std::string_view> words) {
    const std::string given = settings.text(key);
    MILLRACE_TRY(settings.status());
    const auto found = std::ranges::find(words, inLowerCase(given));
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    return Error{ErrorCode::invalidArgument,
                 fmt::format("{}: {} = {} is none of: {}", settings.who(), key, given, fmt::join(words, ", ")), false};
}

Status readPolicies(Settings& settings, SpooldirOptions& options) {
    const auto deletes = wordAt(settings, "deletePolicy", {"never", "immediate"});
    MILLRACE_TRY(deletes);
    const auto tracking = wordAt(settings, "trackingPolicy", {"rename", "tracker_dir"});
    MILLRACE_TRY(tracking);
    const auto order = wordAt(settings, "consumeOrder", {"oldest", "youngest", "random"});
    MILLRACE_TRY(order);
    const auto errors = wordAt(settings, "decodeErrorPolicy", {"fail", "replace", "ignore"});
    MILLRACE_TRY(errors);
    options.deletes = *deletes == 1;
    options.directory.marksInTracker = *tracking == 1 && !options.deletes;
    options.directory.order = static_cast<ConsumeOrder>(*order);
    options.decodeErrors = static_cast<DecodeErrors>(*errors);
    return ok();
}

Status readDeserializer(Settings& settings, const ComponentServices& services, SpooldirOptions& options) {
    const std::string type = settings.text("deserializer");
    auto own = settings.group("deserializer");
    // The names of Flume 1.3: the longest line counts for LINE, and the buffer for nothing.
    const auto oldLength = settings.numberIfSet("bufferMaxLineLength");
    (void)settings.number("bufferMaxLines");
    MILLRACE_TRY(settings.status());
    if (oldLength && type == "LINE") own["maxLineLength"] = std::to_string(*oldLength);
    auto made = deserializerMaker(type, {own.begin(), own.end()}, services);
    if (!made) return made.error().in(settings.who() + ": deserializer");
    options.deserializer = std::move(*made);
    return ok();
}

std::optional<std::string> headerAt(Settings& settings, const char* flag, const char* key) {
    const std::string name = settings.text(key);
    return settings.flag(flag) ? std::optional(name) : std::nullopt;
}

} // namespace

Result<SpooldirOptions> readSpooldirOptions(Settings& settings, const ComponentServices& services) {
    SpooldirOptions options;
    SpoolDirectoryOptions& directory = options.directory;
    directory.directory = services.resolve(settings.text("spoolDir")).lexically_normal();
    if (!directory.directory.has_filename()) directory.directory = directory.directory.parent_path();
    const std::filesystem::path tracker(settings.text("trackerDir"));
    directory.trackerDirectory = (tracker.is_absolute() ? tracker : directory.directory / tracker).lexically_normal();
    directory.suffix = settings.text("fileSuffix");
    directory.includePattern = settings.text("includePattern");
    directory.ignorePattern = settings.text("ignorePattern");
    directory.recursive = settings.flag("recursiveDirectorySearch");
    options.fileHeader = headerAt(settings, "fileHeader", "fileHeaderKey");
    options.basenameHeader = headerAt(settings, "basenameHeader", "basenameHeaderKey");
    options.pollDelay = std::max(std::chrono::milliseconds(1), settings.duration("pollDelay"));
    directory.settled = options.pollDelay;
    (void)settings.duration("maxBackoff"); // an upper bound that is never reached
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batchSize")));
    MILLRACE_TRY(readPolicies(settings, options));
    const std::string charset = settings.text("inputCharset");
    MILLRACE_TRY(settings.status());
    const auto found = charsetOfLines(settings.who() + ": inputCharset", charset);
    MILLRACE_TRY(found);
    options.charset = *found;
    MILLRACE_TRY(readDeserializer(settings, services, options));
    MILLRACE_TRY(settings.status());
    return options;
}

Result<std::unique_ptr<Source>> makeSpooldirSource(Settings& settings, const ComponentServices& services) {
    auto options = readSpooldirOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<SpooldirSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(SpooldirSource, "org.apache.flume.source.SpoolDirectorySource", &makeSpooldirSource)

} // namespace millrace::flume
