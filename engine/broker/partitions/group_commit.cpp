#include "broker/partitions/group_commit.h"

namespace millrace::broker {

void GroupCommit::commit(Logs logs, Done done) {
    for (const auto& log : logs)
        next_.outcomes.try_emplace(log);
    next_.waiting.push_back({std::move(logs), std::move(done)});
    if (running_) return;
    running_ = true;
    // Not at once: what else this turn of the loop appends shall be in the same round.
    loop_.post([this] { start(); });
}

void GroupCommit::start() {
    if (next_.waiting.empty()) {
        running_ = false;
        return;
    }
    sync_.post([this, round = std::make_shared<Round>(std::exchange(next_, {}))] {
        for (auto& [log, outcome] : round->outcomes)
            if (auto flushed = log->flush(); !flushed) outcome = flushed.error();
        loop_.post([this, round] {
            start();
            for (const Waiter& waiter : round->waiting) {
                std::vector<Status> own;
                for (const auto& log : waiter.logs)
                    own.push_back(round->outcomes.at(log));
                waiter.done(own);
            }
        });
    });
}

} // namespace millrace::broker
