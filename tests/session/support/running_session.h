#pragma once

#include "base/file_system.h"
#include "session/session.h"

#include <QTemporaryDir>
#include <QTest>

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <optional>

namespace millrace::session {

/// A session with a run directory of its own whose answers are kept by request.
class RunningSession {
public:
    /// `disk` outlives the session.
    explicit RunningSession(FileSystem& disk = posixFileSystem(), std::chrono::milliseconds patience = kEndPatience)
        : session_(makeLocalSession(disk, patience)) {
        session_->onAnswer([this](const Answer& answer) {
            const std::lock_guard lock(mutex_);
            answers_[answer.request] = answer;
        });
    }

    std::optional<Answer> answer(RequestId id) const {
        const std::lock_guard lock(mutex_);
        const auto found = answers_.find(id);
        return found == answers_.end() ? std::nullopt : std::optional(found->second);
    }
    Answer start(const std::string& document) {
        StartRequest request;
        request.document = document;
        return start(std::move(request));
    }
    /// In the session's own directory.
    Answer start(StartRequest request) {
        request.runDirectory = directory();
        return await(session_->start(request));
    }
    Answer apply(const std::string& document, std::vector<RenamePair> renames = {}) {
        return await(postApply(document, std::move(renames)));
    }
    RequestId postApply(const std::string& document, std::vector<RenamePair> renames = {}) {
        ApplyRequest request;
        request.document = document;
        request.renames = std::move(renames);
        return session_->apply(request);
    }
    Answer await(RequestId id) {
        const bool came = QTest::qWaitFor([&] { return answer(id).has_value(); }, 60'000);
        return came ? *answer(id) : Answer{};
    }
    std::int64_t heldBy(const std::string& channel) const {
        const auto snapshot = session_->snapshot();
        const NodeSnapshot* node = snapshot->node(channel);
        return node != nullptr && node->level ? node->level->events : -1;
    }
    void end() { session_.reset(); }
    Session* operator->() { return session_.get(); }
    std::string directory() const { return directory_.path().toStdString(); }

private:
    QTemporaryDir directory_;
    mutable std::mutex mutex_;
    std::map<RequestId, Answer> answers_;
    std::unique_ptr<Session> session_;
};

/// Fifty numbers that a source puts into a channel, and what stands behind it.
inline std::string fiftyNumbers(const std::string& agent, const std::string& channel, const std::string& sink) {
    std::string text = fmt::format("{0}.sources = s\n{0}.channels = {1}\n"
                                   "{0}.sources.s.type = seq\n{0}.sources.s.totalEvents = 50\n"
                                   "{0}.sources.s.batchSize = 10\n{0}.sources.s.channels = {1}\n"
                                   "{0}.channels.{1}.type = memory\n",
                                   agent, channel);
    if (!sink.empty()) text += fmt::format("{0}.sinks = k\n{0}.sinks.k.channel = {1}\n", agent, channel) + sink;
    return text;
}

inline QString textOf(const Answer& answer) {
    QString text;
    for (const Issue& issue : answer.issues)
        text += QString::fromStdString(issue.message) + '\n';
    return text;
}

} // namespace millrace::session
