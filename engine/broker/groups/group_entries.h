#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "broker/common/live_journal.h"
#include "broker/consumers/consumer_entries.h"
#include "broker/groups/group.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace millrace::broker {

/// One committed offset, or its end.
struct OffsetEntry {
    std::string group;
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t offset = -1; ///< -1: forgotten
    std::int32_t leaderEpoch = -1;
    std::string metadata;
    EpochMs commitTime = 0;
    EpochMs expireTime = -1; ///< v1+; -1: as offsets.retention.minutes says

    static void fields(auto& io, auto& self, wire::Version v) {
        io.field(self.group);
        io.field(self.topic);
        io.field(self.partition);
        io.field(self.offset);
        io.field(self.leaderEpoch);
        io.field(self.metadata);
        io.field(self.commitTime);
        if (v >= 1) io.field(self.expireTime);
    }
};

/// A group as it was when its members last knew what each has, or when it became empty; or its end. What Kafka keeps in
/// a GroupMetadata record of __consumer_offsets.
struct GroupEntry {
    struct Protocol {
        std::string name;
        Bytes metadata;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.name);
            io.field(self.metadata);
        }
    };
    struct Member {
        std::string id;
        std::optional<std::string> instanceId;
        std::string clientId;
        std::string clientHost;
        std::int32_t sessionTimeoutMs = 0;
        std::int32_t rebalanceTimeoutMs = 0;
        std::vector<Protocol> protocols;
        Bytes assignment;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.id);
            io.field(self.instanceId);
            io.field(self.clientId);
            io.field(self.clientHost);
            io.field(self.sessionTimeoutMs);
            io.field(self.rebalanceTimeoutMs);
            io.field(self.protocols);
            io.field(self.assignment);
        }
    };
    std::string group;
    std::int32_t generation = -1; ///< -1: the group is gone
    std::string protocolType;
    std::optional<std::string> protocol;
    std::optional<std::string> leader;
    EpochMs emptySince = 0;
    std::vector<Member> members;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.group);
        io.field(self.generation);
        io.field(self.protocolType);
        io.field(self.protocol);
        io.field(self.leader);
        io.field(self.emptySince);
        io.field(self.members);
    }
};

GroupEntry entryOf(const Group& group);
GroupEntry endOf(const Group& group);
/// Makes `group` what the entry says of it, except for its offsets and timers.
void restore(Group& group, const GroupEntry& entry);
/// Changes it as the entry says; it is one of the consumer protocol then.
void restore(Group& group, const ConsumerEntry& entry);

/// What `offsets.journal` holds: offsets, many an entry, groups, each an entry of its own, and changes of groups of the
/// consumer protocol. It is synced soon after
/// it was written (D0): a commit that a power cut takes back leads to records read again, never lost, and a generation
/// that it takes back to a rebalance.
std::vector<std::vector<std::uint8_t>> encodedOffsets(std::span<const OffsetEntry> offsets);
/// outOfRange: the group is too large to be kept.
Result<std::vector<std::uint8_t>> encodedGroup(const GroupEntry& entry);
/// outOfRange: as entriesOf().
Result<std::vector<std::vector<std::uint8_t>>> encodedConsumers(const std::string& group, const ConsumerChange& change,
                                                                EpochMs emptySince, bool anew);

/// Who is told of what stands in an entry.
struct EntryReader {
    std::function<void(OffsetEntry)> offset;
    std::function<void(const GroupEntry&, const Bytes& content)> group; ///< `content`: that of the whole entry
    std::function<void(const ConsumerEntry&)> consumers;
    /// Entries of before groups were kept are read, too. Error: it is none, or one that a later version has written.
    Status read(std::span<const std::uint8_t> content) const;
};

Result<std::unique_ptr<LiveJournal>> openGroupJournal(FileSystem& disk, const std::filesystem::path& path, Log& log,
                                                      const EntryReader& learn);

} // namespace millrace::broker
