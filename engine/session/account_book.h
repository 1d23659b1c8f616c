#pragma once

#include "session/snapshot.h"

#include <string>
#include <unordered_map>

namespace millrace::session {

/// The account of one run from snapshot to snapshot. What a component counted stays in it when the component is deleted
/// or begins its counters again; a renamed one goes on. Not thread-safe.
class AccountBook {
public:
    /// The account as of `snapshot`, the next one in time. A snapshot of nothing that runs leaves the account as it
    /// was, and the next run begins at zero.
    const Account& add(const Snapshot& snapshot);

private:
    struct Entry {
        std::int64_t startedMs = 0;
        Account counted; ///< without inFlight, which no component takes along
    };
    using Entries = std::unordered_map<std::string, Entry>;
    void keepWhatEnded(const Entries& now);

    Entries entries_; ///< of the snapshot before
    Account ended_;   ///< of components that are not there any more
    Account account_;
    bool running_ = false;
};

} // namespace millrace::session
