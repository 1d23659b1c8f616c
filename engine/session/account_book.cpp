#include "session/account_book.h"

#include "session/node_samples.h"

namespace millrace::session {

namespace {

void addTo(Account& sum, const Account& part) {
    sum.in += part.in;
    sum.out += part.out;
    sum.failed += part.failed;
}

bool mayGoOn(const Account& before, const Account& now) {
    return now.in >= before.in && now.out >= before.out && now.failed >= before.failed;
}

} // namespace

const Account& AccountBook::add(const Snapshot& snapshot) {
    if (!snapshot.running) {
        running_ = false;
        return account_;
    }
    if (!running_) {
        entries_.clear();
        ended_ = {};
    }
    running_ = true;
    Entries now;
    account_ = {};
    for (const NodeSnapshot& node : snapshot.nodes) {
        const Account counted = accountOf(node);
        addTo(account_, counted);
        if (node.level) account_.inFlight += node.level->events;
        now.emplace(node.id, Entry{node.startedMs, counted});
    }
    keepWhatEnded(now);
    addTo(account_, ended_);
    entries_ = std::move(now);
    return account_;
}

// A rename is not told here: who has appeared with the start of one who is gone, and has counted as much, is the same.
void AccountBook::keepWhatEnded(const Entries& now) {
    std::unordered_multimap<std::int64_t, const Entry*> appeared;
    for (const auto& [id, entry] : now)
        if (!entries_.contains(id)) appeared.emplace(entry.startedMs, &entry);
    for (const auto& [id, before] : entries_) {
        if (const auto still = now.find(id); still != now.end()) {
            if (still->second.startedMs != before.startedMs) addTo(ended_, before.counted);
            continue;
        }
        auto [first, last] = appeared.equal_range(before.startedMs);
        while (first != last && !mayGoOn(before.counted, first->second->counted))
            ++first;
        if (first == last)
            addTo(ended_, before.counted);
        else
            appeared.erase(first);
    }
}

} // namespace millrace::session
