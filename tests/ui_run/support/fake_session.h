#pragma once

#include "session/history_recorder.h"
#include "session/session.h"

#include <deque>
#include <map>

namespace millrace::test {

/// A Session that runs nothing: it notes what is asked and plays the snapshots, answers and tap pages that a test makes
/// up. Answers come when the test says so, in its own thread; those to requests that only look at once, to taps unless
/// `tapsStuck`. History is what was played.
class FakeSession : public session::Session {
public:
    void onAnswer(std::function<void(const session::Answer&)> listener) override { listener_ = std::move(listener); }
    session::Capabilities capabilities() const override { return session::Capabilities::all(); }
    session::RequestId send(session::Request request) override {
        ++last_;
        if (!session::onlyLooks(request)) open.emplace_back(last_, session::verbOf(request));
        std::visit([this](const auto& one) { note(one); }, request);
        return last_;
    }
    std::shared_ptr<const session::Snapshot> snapshot() const override { return current; }
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
        publish(std::move(next));
    }
    /// The same, at a moment of the test's.
    void playAt(session::Snapshot next, std::int64_t nowMs) {
        next.revision = current->revision + 1;
        next.monotonicUs = nowMs * 1000;
        publish(std::move(next));
    }

    std::vector<session::StartRequest> starts;
    std::vector<session::ApplyRequest> applies;
    std::vector<std::string> nodesStarted, nodesStopped, bursts, tapped;
    std::map<std::string, session::TapPage> tapPages;
    std::vector<session::HistoryRequest> historyAsked;
    bool tapsStuck = false; ///< taps get no answer
    session::LogPage log;
    std::deque<std::pair<session::RequestId, std::string>> open; ///< without an answer: id, verb
    std::shared_ptr<const session::Snapshot> current = std::make_shared<const session::Snapshot>();

private:
    void note(const session::StartRequest& request) { starts.push_back(request); }
    void note(const session::ApplyRequest& request) { applies.push_back(request); }
    void note(const session::StartNodeRequest& request) { nodesStarted.push_back(request.node); }
    void note(const session::StopNodeRequest& request) { nodesStopped.push_back(request.node); }
    void note(const session::BurstRequest& request) { bursts.push_back(request.traffic); }
    void note(const session::TapRequest& request) {
        tapped.push_back(request.node);
        if (tapsStuck) return;
        session::Answer answer;
        answer.request = last_;
        answer.verb = request.kVerb;
        answer.ok = true;
        answer.tap = tapPages[request.node];
        std::erase_if(answer.tap->events,
                      [&](const session::TapEvent& event) { return event.sequence <= request.after; });
        listener_(answer);
    }
    void note(const session::HistoryRequest& request) {
        historyAsked.push_back(request);
        session::Answer answer;
        answer.request = last_;
        answer.verb = request.kVerb;
        answer.ok = true;
        answer.history = recorder_.page(request);
        listener_(answer);
    }
    template <typename Request>
    void note(const Request&) {} // `open` has its verb
    void publish(session::Snapshot next) {
        recorder_.add(next);
        current = std::make_shared<const session::Snapshot>(std::move(next));
    }

    session::HistoryRecorder recorder_;

    std::function<void(const session::Answer&)> listener_;
    session::RequestId last_ = 0;
};

} // namespace millrace::test
