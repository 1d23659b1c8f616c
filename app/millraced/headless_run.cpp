#include "headless_run.h"

#include "base/open_file_limit.h"
#include "commands.h"
#include "session/node_ids.h"

#include <fmt/core.h>

#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>
#include <optional>
#include <poll.h>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace millrace::app {

namespace {

constexpr int kWake = SIGUSR1; ///< "an answer has come", sent by ourselves

sigset_t ourSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, kWake}) sigaddset(&signals, signal);
    return signals;
}

void print(const session::Issue& issue, const TextPlaces& places) {
    if (const auto line = places.tell(issue)) fmt::print(stderr, "{}\n", *line);
}

/// Of the sources, the first that has not started yet: a listening one does not listen. Null: all have.
const session::NodeSnapshot* sourceBehind(const session::Snapshot& snapshot) {
    using session::State;
    for (const session::NodeSnapshot& node : snapshot.nodes) {
        const bool counts =
            session::componentKind(node.id) == "sources" && node.state != State::foreign && node.state != State::notRun;
        if (counts && node.startedMs == 0) return &node;
    }
    return nullptr;
}

/// Answers come on the session's thread; the main thread waits for signals. This is where they meet.
class Answers {
public:
    void attach(session::Session& session) {
        const pthread_t main = pthread_self();
        session.onAnswer([this, main](const session::Answer& answer) {
            {
                const std::lock_guard lock(mutex_);
                arrived_.push_back(answer);
            }
            pthread_kill(main, kWake);
        });
    }
    std::optional<session::Answer> take() {
        const std::lock_guard lock(mutex_);
        if (arrived_.empty()) return std::nullopt;
        session::Answer answer = std::move(arrived_.front());
        arrived_.erase(arrived_.begin());
        return answer;
    }

private:
    std::mutex mutex_;
    std::vector<session::Answer> arrived_;
};

/// Copies the session's log to stderr. Lines may come faster than stderr is read, or nobody reads it at all: each call
/// prints a page at most and waits for nobody, so that signals are taken between two.
class LogPrinter {
public:
    explicit LogPrinter(const LogLevels& levels) : levels_(levels) {}
    /// False: nothing is left to print, or nobody reads.
    bool printPage(const session::Session& session) {
        const session::LogPage page = session.logs(next_, kLinesAPage);
        const std::int64_t before = next_;
        for (const session::LogLine& line : page.lines) {
            if (!stderrTakesMore(next_ == before ? kPatienceMs : 0)) break;
            if (!levels_.shows(line.level, line.node)) {
                next_ = line.sequence;
                continue;
            }
            const std::int64_t skipped = next_ > 0 ? line.sequence - next_ - 1 : 0;
            fmt::print(stderr, "{}{} {}{}{}\n", skipped > 0 ? fmt::format("({} log lines skipped)\n", skipped) : "",
                       line.level, line.node, line.node.empty() ? "" : ": ", line.text);
            next_ = line.sequence;
        }
        return next_ != before;
    }

private:
    static bool stderrTakesMore(int patienceMs) {
        pollfd target{STDERR_FILENO, POLLOUT, 0};
        return ::poll(&target, 1, patienceMs) != 0;
    }
    static constexpr std::size_t kLinesAPage = 100;
    static constexpr int kPatienceMs = 100;
    const LogLevels& levels_;
    std::int64_t next_ = 0;
};

bool anyError(const session::Answer& answer) {
    for (const session::Issue& issue : answer.issues)
        if (issue.severity == "error") return true;
    return false;
}

class Runner {
public:
    explicit Runner(const HeadlessRun& run)
        : run_(run), session_(session::makeLocalSession(posixFileSystem())), log_(run.levels) {}

    int loop() {
        answers_.attach(*session_);
        sent_[session_->start(run_.request)] = run_.places;
        nextReload_ = std::chrono::steady_clock::now() + run_.reloadEvery;
        bool logFlows = false;
        while (!exitCode_) {
            const sigset_t signals = ourSignals();
            const timespec pause{0, logFlows ? 0 : 200'000'000}; // log lines reach the terminal this often
            const int signal = sigtimedwait(&signals, nullptr, &pause);
            if (signal == SIGINT || signal == SIGTERM) onStopSignal();
            while (const auto answer = answers_.take()) onAnswer(*answer);
            reloadIfChanged();
            if (awaited_ && !stopping_) lookWhetherAllRuns();
            if (!exitCode_) logFlows = log_.printPage(*session_);
        }
        session_.reset();
        return *exitCode_;
    }

private:
    void onStopSignal() {
        if (!running_) {
            exitCode_ = startFailed_ ? kErrors : kDrained;
            return;
        }
        session_->stop(run_.drainLimit); // before the message, which waits for whoever reads it
        fmt::print(stderr, "{}\n", stopping_ ? "Stopping at once." : "Stopping: channels empty through their sinks. Again stops at once.");
        stopping_ = true;
    }

    void onAnswer(const session::Answer& answer) {
        const auto places = sent_.extract(answer.request);
        for (const session::Issue& issue : answer.issues)
            print(issue, places ? places.mapped() : run_.places);
        if (answer.verb != "stop" && answer.ok && !anyError(answer)) onAccepted();
        if (answer.verb == "start") onStarted(answer);
        else if (answer.verb == "stop") onStopped(answer);
        else if (!answer.ok)
            fmt::print(stderr, "{}: the change was not applied; what ran before runs on\n", run_.places.files());
    }

    void onAccepted() {
        if (!run_.configuration) return;
        const Status kept = run_.configuration->accepted();
        if (!kept) fmt::print(stderr, "{}: no copy is kept: {}\n", run_.places.files(), kept.error().message);
    }

    void onStarted(const session::Answer& answer) {
        running_ = answer.ok;
        startFailed_ = !answer.ok || (anyError(answer) && !run_.request.keepGoing);
        awaited_ = answer.ok;
        if (!answer.ok) exitCode_ = kErrors;
        else if (run_.started) run_.started(*session_);
    }

    /// Whoever waits for the line sends events next.
    void lookWhetherAllRuns() {
        const auto snapshot = session_->snapshot();
        if (!snapshot->running) return; // from before the start
        const session::NodeSnapshot* behind = sourceBehind(*snapshot);
        awaited_ = behind != nullptr;
        if (!behind) {
            fmt::print(stderr, "Running. Ctrl-C stops.\n");
        } else if (behind->state == session::State::failing && behind->id != toldBehind_) {
            toldBehind_ = behind->id;
            fmt::print(stderr, "{} has not started yet and is tried again\n", toldBehind_);
        }
    }

    void onStopped(const session::Answer& answer) {
        while (log_.printPage(*session_)) {
        }
        for (const session::LeftEvents& left : answer.left) {
            fmt::print(stderr, "{}: {} events {}\n", left.node, left.events, left.lost ? "lost, memory channel" : "kept on disk");
            eventsLeft_ = eventsLeft_ || left.lost;
        }
        exitCode_ = eventsLeft_ ? kEventsLeft : startFailed_ ? kErrors : kDrained;
    }

    void reloadIfChanged() {
        if (run_.reloadEvery.count() == 0 || !running_ || stopping_) return;
        if (const auto now = std::chrono::steady_clock::now(); now >= nextReload_) {
            nextReload_ = now + run_.reloadEvery;
            run_.configuration->look();
        }
        auto text = run_.configuration->changed();
        if (!text) return;
        if (!*text) {
            fmt::print(stderr, "{}; what ran before runs on\n", text->error().message);
            return;
        }
        fmt::print(stderr, "{} has changed: applying it\n", run_.places.files());
        sent_[session_->apply({std::move((*text)->text), {}, true, run_.request.keepGoing})] =
            std::move((*text)->places);
    }

    const HeadlessRun& run_;
    std::unique_ptr<session::Session> session_;
    Answers answers_;
    LogPrinter log_;
    bool running_ = false, startFailed_ = false, stopping_ = false, eventsLeft_ = false;
    bool awaited_ = false;                          ///< the sources, for the line that says so
    std::string toldBehind_;                        ///< the source that was said not to have started
    std::map<session::RequestId, TextPlaces> sent_; ///< of the documents on their way
    std::optional<int> exitCode_;
    std::chrono::steady_clock::time_point nextReload_;
};

} // namespace

void blockSignals() {
    raiseOpenFileLimit();
    const sigset_t signals = ourSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

int runHeadless(const HeadlessRun& run) { return Runner(run).loop(); }

} // namespace millrace::app
