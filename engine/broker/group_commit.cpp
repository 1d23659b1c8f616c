#include "broker/group_commit.h"

#include <algorithm>

namespace millrace::broker {

void GroupCommit::commit(std::vector<std::shared_ptr<storage::PartitionLog>> logs, Done done) {
    for (auto& log : logs)
        if (std::find(next_.logs.begin(), next_.logs.end(), log) == next_.logs.end())
            next_.logs.push_back(std::move(log));
    next_.waiting.push_back(std::move(done));
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
    io_.post([this, round = std::make_shared<Round>(std::exchange(next_, {}))] {
        Status result = ok();
        for (const auto& log : round->logs) {
            auto flushed = log->flush();
            if (!flushed && result) result = flushed.error();
        }
        loop_.post([this, round, result] {
            start();
            for (const Done& done : round->waiting)
                done(result);
        });
    });
}

} // namespace millrace::broker
