#include "session/run_planning.h"

#include "base/environment.h"
#include "flume/agent.h"
#include "flume/support/child_process.h"
#include "session/issues.h"
#include "topology/document/document.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <utility>

namespace millrace::session {

namespace {

/// A command of a config filter that says nothing for so long has failed.
constexpr std::chrono::seconds kLongestAnswer{60};
constexpr std::size_t kLongestLine = 1 << 20;

/// As Flume's ExternalProcessConfigFilter: what a command that ends well printed first.
Result<std::string> firstLineOf(const std::vector<std::string>& command, const std::string& directory) {
    std::mutex mutex;
    std::condition_variable changed;
    bool news = true;
    std::error_code none;
    const bool exists = std::filesystem::exists(directory, none);
    auto child = flume::ChildProcess::start(command, exists ? directory : ".", [&] {
        const std::lock_guard lock(mutex);
        news = true;
        changed.notify_one();
    });
    if (!child) return std::move(child).error();
    std::string text;
    flume::ChildProcess::Output output;
    while (!output.ended) {
        std::unique_lock lock(mutex);
        if (!changed.wait_for(lock, kLongestAnswer, [&] { return std::exchange(news, false); }))
            return Error{ErrorCode::timeout, fmt::format("{} does not end", command.front()), false};
        lock.unlock();
        output = (*child)->take();
        if (text.size() < kLongestLine) text += output.out;
    }
    const int code = (*child)->stop(std::chrono::seconds(1));
    if (code != 0) return Error{ErrorCode::io, fmt::format("{} ended with {}", command.front(), code), false};
    if (text.empty()) return Error{ErrorCode::notFound, fmt::format("{} printed nothing", command.front()), false};
    std::string line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

} // namespace

topology::RunPlan planOf(const std::string& document, const StartRequest& request) {
    topology::PlanOptions options;
    options.implemented = [](const catalog::ComponentSpec& spec) { return flume::builtinRegistry().implements(spec); };
    options.only.insert(request.only.begin(), request.only.end());
    for (const Override& change : request.overrides)
        options.overrides[change.key] = change.value;
    for (const Override& one : request.systemProperties)
        options.around.systemProperties[one.key] = one.value;
    ProcessView process = lookAtProcess();
    options.around.environment = std::move(process.variables);
    options.around.now = process.epochMs;
    options.askCommand = [directory = request.runDirectory](const std::vector<std::string>& command) {
        return firstLineOf(command, directory);
    };
    return topology::plan(topology::Document::parse(document, catalog::flumeCatalog()), options);
}

bool refuseUnmatched(const topology::RunPlan& plan, Answer& answer) {
    for (const std::string& wish : plan.unmatched)
        answer.issues.push_back(nothingOfThatName(wish, plan.choices));
    return !plan.unmatched.empty();
}

} // namespace millrace::session
