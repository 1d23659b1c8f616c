#include "flume/support/test_context.h"

#include "base/assertion.h"

#include <algorithm>

namespace millrace::flume::test {

void RecordingLog::write(LogLevel level, std::string_view node, std::string_view text) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(fmt::format("{} {}: {}", toString(level), node, text));
}

std::vector<std::string> RecordingLog::lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
}

bool RecordingLog::contains(std::string_view text) const {
    const std::lock_guard lock(mutex_);
    return std::any_of(lines_.begin(), lines_.end(),
                       [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

TestContext::TestContext(const catalog::ComponentSpec& spec, std::filesystem::path runDirectory, ThreadClock& clock)
    : wakeUp_(clock), counters_(spec.counters) {
    context_.agent = "a1";
    context_.id = "a1/test/" + std::string(spec.title);
    context_.runDirectory = std::move(runDirectory);
    context_.disk = &posixFileSystem();
    context_.log = &log_;
    context_.clock = &clock;
    context_.random = &random_;
    context_.registry = &builtinRegistry();
    context_.wakeUp = &wakeUp_;
    context_.counters = &counters_;
    context_.stopping = &stopping_;
}

std::int64_t TestContext::counter(std::string_view name) {
    const auto counter = flumeCounterNamed(name);
    MILLRACE_ASSERT(counter, "{} is no counter of Flume's", name);
    return counters_[*counter].get();
}

const catalog::ComponentSpec& specOf(catalog::ComponentKind kind, std::string_view type) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(kind, type);
    MILLRACE_ASSERT(spec, "the catalog has no {} {}", toString(kind), type);
    return *spec;
}

catalog::ComponentConfig makeConfig(catalog::ComponentKind kind, std::string name, std::string type,
                                    std::vector<std::pair<std::string, std::string>> properties) {
    catalog::ComponentConfig config;
    config.name = std::move(name);
    config.spec = &specOf(kind, type);
    config.properties["type"] = type;
    config.type = std::move(type);
    for (auto& [key, value] : properties)
        config.properties[key] = std::move(value);
    return config;
}

HeaderSetPtr makeHeaders(HeaderEntries entries) {
    return std::make_shared<const HeaderSet>(std::move(entries));
}

EventBatchPtr makeBatch(const std::vector<std::string>& bodies, HeaderEntries headers) {
    EventBatchBuilder builder;
    builder.setHeaders(makeHeaders(std::move(headers)));
    for (const std::string& body : bodies) {
        const bool added = builder.add(body);
        MILLRACE_ASSERT(added, "a test batch fits");
    }
    return builder.finish();
}

} // namespace millrace::flume::test
