#pragma once

#include "broker/server/snapshot.h"
#include "session/shared_broker.h"

#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::session {

/// What embedded brokers tell of themselves. One that does not answer in time is waited for once, for a second; from
/// then on it is only seen whether it has answered, and until it has, what it told last stands. One thread.
class BrokerLooks {
public:
    struct Embedded {
        std::string id;
        std::shared_ptr<const SharedBroker> broker;
    };
    struct Look {
        std::string id;
        std::string address;
        std::vector<std::string> listeners;
        bool silent = false;                                ///< `told` is old, or empty when it never told anything
        std::shared_ptr<const broker::BrokerSnapshot> told; ///< never null
    };
    /// At all of them, in their order, but for those that have ended. The others are forgotten.
    std::vector<Look> look(const std::vector<Embedded>& brokers);

private:
    struct Asked {
        std::weak_ptr<const SharedBroker> broker;
        Look last;
        std::future<broker::BrokerSnapshot> answer; ///< invalid: not asked since the last answer
    };
    using AskedById = std::map<std::string, Asked>;

    /// False: it has ended.
    static bool ask(const Embedded& embedded, Asked& asked);
    static bool hear(Asked& asked, std::chrono::steady_clock::time_point deadline);

    AskedById asked_;
};

} // namespace millrace::session
