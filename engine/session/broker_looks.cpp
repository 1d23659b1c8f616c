#include "session/broker_looks.h"

#include <utility>

namespace millrace::session {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// Far more than a loop that turns needs even on a busy computer.
constexpr std::chrono::seconds kPatience{1};

} // namespace

bool BrokerLooks::ask(const Embedded& embedded, Asked& asked) {
    if (asked.broker.lock() != embedded.broker)
        asked = {embedded.broker, {embedded.id, {}, {}, false, std::make_shared<const broker::BrokerSnapshot>()}, {}};
    if (asked.answer.valid()) return true;
    return embedded.broker->look([&asked](const broker::Broker& broker) {
        asked.last.address = broker.address().toString();
        asked.last.listeners = broker.listeners();
        asked.answer = broker.askSnapshot();
    });
}

bool BrokerLooks::hear(Asked& asked, SteadyClock::time_point deadline) {
    const bool came =
        asked.answer.wait_until(asked.last.silent ? SteadyClock::now() : deadline) == std::future_status::ready;
    asked.last.silent = !came;
    if (!came) return true;
    try {
        asked.last.told = std::make_shared<const broker::BrokerSnapshot>(asked.answer.get());
    } catch (const std::future_error&) {
        return false;
    }
    return true;
}

std::vector<BrokerLooks::Look> BrokerLooks::look(const std::vector<Embedded>& brokers) {
    AskedById before = std::exchange(asked_, {});
    for (const Embedded& embedded : brokers) {
        Asked asked = std::move(before[embedded.id]);
        if (ask(embedded, asked)) asked_.emplace(embedded.id, std::move(asked));
    }
    // All have been asked before the first is waited for.
    const auto deadline = SteadyClock::now() + kPatience;
    std::vector<Look> looks;
    for (const Embedded& embedded : brokers) {
        const auto asked = asked_.find(embedded.id);
        if (asked == asked_.end()) continue;
        if (hear(asked->second, deadline))
            looks.push_back(asked->second.last);
        else
            asked_.erase(asked);
    }
    return looks;
}

} // namespace millrace::session
