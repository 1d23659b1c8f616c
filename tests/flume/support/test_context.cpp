#include "flume/support/test_context.h"

#include "base/assertion.h"

#include <algorithm>
#include <array>

namespace millrace::flume::test {

namespace {

/// What components without a place in Flume's /metrics count.
constexpr std::array<std::string_view, 4> kPlainCounters{"EventReceivedCount", "EventAcceptedCount",
                                                         "EventDrainAttemptCount", "EventDrainSuccessCount"};

std::span<const std::string_view> counterNames(const catalog::ComponentSpec& spec) {
    return spec.counters.empty() ? std::span<const std::string_view>(kPlainCounters) : spec.counters;
}

} // namespace

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

TestContext::TestContext(const catalog::ComponentSpec& spec, std::filesystem::path runDirectory)
    : counters_(counterNames(spec)) {
    context_.agent = "a1";
    context_.id = "a1/test/" + std::string(spec.title);
    context_.runDirectory = std::move(runDirectory);
    context_.disk = &posixFileSystem();
    context_.log = &log_;
    context_.wakeUp = &wakeUp_;
    context_.counters = &counters_;
    context_.stopping = &stopping_;
}

std::int64_t TestContext::counter(std::string_view name) {
    return counters_[name].get();
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
