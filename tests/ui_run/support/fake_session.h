#pragma once

#include "session/session.h"

#include <deque>
#include <map>

namespace millrace::test {

/// A Session that runs nothing: it notes what is asked and plays the snapshots, answers and tap pages that a test makes
/// up. Answers come when the test says so, in its own thread.
class FakeSession : public session::Session {
public:
    void onAnswer(std::function<void(const session::Answer&)> listener) override { listener_ = std::move(listener); }
    session::Capabilities capabilities() const override { return {true, true, true, true, true, true, true}; }

    session::RequestId start(const session::StartRequest& request) override {
        starts.push_back(request);
        return asked("start");
    }
    session::RequestId apply(const session::ApplyRequest& request) override {
        applies.push_back(request);
        return asked("apply");
    }
    session::RequestId stop(std::chrono::milliseconds) override { return asked("stop"); }
    session::RequestId startNode(const std::string& id) override {
        nodesStarted.push_back(id);
        return asked("startNode");
    }
    session::RequestId stopNode(const std::string& id) override {
        nodesStopped.push_back(id);
        return asked("stopNode");
    }
    session::RequestId burst(const std::string& trafficId, double, std::chrono::milliseconds) override {
        bursts.push_back(trafficId);
        return asked("burst");
    }
    std::shared_ptr<const session::Snapshot> snapshot() const override { return current; }
    Result<session::TapPage> tap(const std::string& id, std::int64_t after, std::size_t, std::size_t) override {
        tapped.push_back(id);
        if (after < 0) return Error{ErrorCode::invalidArgument, "a cursor begins at 0"};
        session::TapPage page = tapPages[id];
        std::erase_if(page.events, [after](const session::TapEvent& event) { return event.sequence <= after; });
        return page;
    }
    session::LogPage logs(std::int64_t after, std::size_t) const override {
        session::LogPage page = log;
        std::erase_if(page.lines, [after](const session::LogLine& line) { return line.sequence <= after; });
        return page;
    }

    /// Answers the oldest request that has no answer yet.
    void answer(bool ok = true, std::vector<session::Issue> issues = {}) { answer(ok, std::move(issues), {}); }
    /// The same, with what was left of a stop.
    void answerLeft(std::vector<session::LeftEvents> left) { answer(true, {}, std::move(left)); }
    void answer(bool ok, std::vector<session::Issue> issues, std::vector<session::LeftEvents> left) {
        session::Answer answer;
        answer.left = std::move(left);
        answer.request = open.front().first;
        answer.verb = open.front().second;
        answer.ok = ok;
        answer.issues = std::move(issues);
        open.pop_front();
        listener_(answer);
    }
    /// Publishes the next snapshot, 100 ms after the one before.
    void play(session::Snapshot next) {
        next.revision = current->revision + 1;
        next.monotonicUs = current->monotonicUs + 100'000;
        current = std::make_shared<const session::Snapshot>(std::move(next));
    }

    std::vector<session::StartRequest> starts;
    std::vector<session::ApplyRequest> applies;
    std::vector<std::string> nodesStarted, nodesStopped, bursts, tapped;
    std::map<std::string, session::TapPage> tapPages;
    session::LogPage log;
    std::deque<std::pair<session::RequestId, std::string>> open; ///< without an answer: id, verb
    std::shared_ptr<const session::Snapshot> current = std::make_shared<const session::Snapshot>();

private:
    session::RequestId asked(const char* verb) {
        open.emplace_back(++last_, verb);
        return last_;
    }
    std::function<void(const session::Answer&)> listener_;
    session::RequestId last_ = 0;
};

} // namespace millrace::test
