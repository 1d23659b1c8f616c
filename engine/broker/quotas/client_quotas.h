#pragma once

#include "base/clock.h"
#include "broker/common/call.h"
#include "broker/common/kept_changes.h"
#include "broker/quotas/byte_rate.h"
#include "broker/quotas/quota_table.h"
#include "wire/float64.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace millrace::broker {

/// One line of `quotas.journal`: a limit that is there from now on, or is no more.
struct QuotaEntry {
    struct Part {
        std::string kind;
        std::optional<std::string> name;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.kind);
            io.field(self.name);
        }
    };
    std::vector<Part> entity;
    std::string key;
    wire::Float64 value;
    bool removed = false;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.entity);
        io.field(self.key);
        io.field(self.value);
        io.field(self.removed);
    }
};

/// The limits that clients have set, and how much of them is used. Loop thread only.
class ClientQuotas {
public:
    /// All outlive it.
    ClientQuotas(Clock& clock, Executor& loop, Executor& slow, Log& log);
    /// May wait for the disk: before the loop serves.
    Status open(FileSystem& disk, const std::filesystem::path& directory);

    const QuotaTable& limits() const { return limits_; }
    /// See KeptChanges.
    void change(KeptChanges<QuotaEntry>::Plan plan, KeptChanges<QuotaEntry>::Done done) {
        kept_.change(std::move(plan), std::move(done));
    }

    /// Counts `bytes` against the client's limit and says for how long it has to be silent. What it fetches beyond the
    /// limit it is not to get, and is not counted.
    std::chrono::milliseconds charge(const Call& call, Quota quota, std::size_t bytes);
    /// The most that one answer to a fetch can have so that it can ever be sent.
    std::size_t largestFetch(const Call& call) const;

private:
    using Key = std::tuple<Quota, std::string, std::string>; ///< user and client id, as QuotaTable::Limit says
    std::optional<QuotaTable::Limit> limitFor(const Call& call, Quota quota) const;
    ByteRate& rateOf(Key key, MonotonicTime now);

    Clock& clock_;
    QuotaTable limits_;
    KeptChanges<QuotaEntry> kept_;
    std::map<Key, ByteRate> rates_;
    MonotonicTime swept_{}; ///< when those that were idle were last forgotten
};

} // namespace millrace::broker
