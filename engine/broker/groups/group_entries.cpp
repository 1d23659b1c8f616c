#include "broker/groups/group_entries.h"

#include "storage/journal.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

namespace {

// The first entries were nothing but an array of offsets, which does not begin with 0 unless it is null.
constexpr std::uint8_t kMark = 0;
enum Kind : std::uint8_t { kOffsets = 1, kGroup = 2, kConsumers = 3 };
constexpr wire::Version kFirstVersion = 0, kVersion = 1;

// What is written must be readable again: Journal bounds the bytes of an entry, and Reader what it is in memory.
constexpr std::size_t kOffsetsPerEntry = 1000;
constexpr std::size_t kTextPerEntry = 1024 * 1024;

wire::Writer begun(Kind kind) {
    wire::Writer writer(kVersion, true);
    writer.field(kMark);
    writer.field(static_cast<std::uint8_t>(kind));
    return writer;
}

std::size_t decodedBytes(const GroupEntry& entry) {
    std::size_t bytes = entry.members.size() * sizeof(GroupEntry::Member);
    for (const auto& member : entry.members)
        bytes += member.protocols.size() * sizeof(GroupEntry::Protocol);
    return bytes;
}

std::int32_t inMs(std::chrono::milliseconds time) {
    return static_cast<std::int32_t>(time.count()); // as it came in a request
}

} // namespace

GroupEntry entryOf(const Group& group) {
    GroupEntry entry{group.id, group.generation, group.protocolType, group.protocol, group.leader, group.emptySince,
                     {}};
    for (const auto& member : group.members) {
        auto& kept = entry.members.emplace_back();
        kept.id = member->id;
        kept.instanceId = member->instanceId;
        kept.clientId = member->clientId;
        kept.clientHost = member->clientHost;
        kept.sessionTimeoutMs = inMs(member->sessionTimeout);
        kept.rebalanceTimeoutMs = inMs(member->rebalanceTimeout);
        for (const auto& protocol : member->protocols)
            kept.protocols.push_back({protocol.name, protocol.metadata});
        kept.assignment = member->assignment;
    }
    return entry;
}

GroupEntry endOf(const Group& group) {
    GroupEntry entry;
    entry.group = group.id;
    return entry;
}

void restore(Group& group, const GroupEntry& entry) {
    group.id = entry.group;
    group.consumers.reset();
    group.members.clear();
    group.state = entry.members.empty() ? GroupState::empty : GroupState::stable;
    group.generation = std::max(entry.generation, 0);
    group.protocolType = entry.protocolType;
    group.protocol = entry.protocol;
    group.leader = entry.leader;
    group.emptySince = entry.emptySince;
    for (const auto& kept : entry.members) {
        auto& member = *group.members.emplace_back(std::make_unique<Member>());
        member.id = kept.id;
        member.instanceId = kept.instanceId;
        member.clientId = kept.clientId;
        member.clientHost = kept.clientHost;
        member.sessionTimeout = std::chrono::milliseconds(kept.sessionTimeoutMs);
        member.rebalanceTimeout = std::chrono::milliseconds(kept.rebalanceTimeoutMs);
        for (const auto& protocol : kept.protocols)
            member.protocols.push_back({protocol.name, protocol.metadata});
        member.assign(kept.assignment, group.ofConsumers());
        member.synced = true;
        member.neverIn = false;
    }
}

void restore(Group& group, const ConsumerEntry& entry) {
    if (entry.anew || !group.consumers) {
        Group fresh;
        fresh.id = entry.group;
        fresh.protocolType = "consumer";
        fresh.offsets = std::move(group.offsets);
        fresh.lastCommit = group.lastCommit;
        fresh.consumers.emplace();
        group = std::move(fresh);
    }
    group.emptySince = entry.emptySince;
    apply(changeOf(entry), *group.consumers);
}

std::vector<std::vector<std::uint8_t>> encodedOffsets(std::span<const OffsetEntry> offsets) {
    std::vector<std::vector<std::uint8_t>> entries;
    while (!offsets.empty()) {
        std::vector<OffsetEntry> some;
        for (std::size_t text = 0; some.size() < kOffsetsPerEntry && text < kTextPerEntry && !offsets.empty();) {
            const OffsetEntry& next = some.emplace_back(offsets.front());
            text += next.group.size() + next.topic.size() + next.metadata.size();
            offsets = offsets.subspan(1);
        }
        auto writer = begun(kOffsets);
        writer.field(some);
        entries.push_back(writer.takeBuffer());
    }
    return entries;
}

Result<std::vector<std::uint8_t>> encodedGroup(const GroupEntry& entry) {
    auto writer = begun(kGroup);
    writer.field(entry);
    auto content = writer.takeBuffer();
    if (content.size() > storage::Journal::kMaxEntryBytes || decodedBytes(entry) > wire::Reader::kMaxDecodedBytes)
        return Error{ErrorCode::outOfRange,
                     fmt::format("what its {} members have and want takes {} bytes; a group may have {}",
                                 entry.members.size(), content.size(), storage::Journal::kMaxEntryBytes)};
    return content;
}

Result<std::vector<std::vector<std::uint8_t>>> encodedConsumers(const std::string& group, const ConsumerChange& change,
                                                                EpochMs emptySince, bool anew) {
    auto entries = entriesOf(group, change, emptySince, anew);
    if (!entries) return entries.error();
    std::vector<std::vector<std::uint8_t>> contents;
    for (const ConsumerEntry& entry : *entries) {
        auto writer = begun(kConsumers);
        writer.field(entry);
        contents.push_back(writer.takeBuffer());
    }
    return contents;
}

Status EntryReader::read(std::span<const std::uint8_t> content) const {
    const Bytes whole = Bytes::copyOf(content);
    wire::Reader reader(whole, kFirstVersion, true);
    std::uint8_t kind = kOffsets;
    if (!content.empty() && content.front() == kMark) {
        reader.continueAs(kVersion, true);
        reader.field(kind); // the mark
        reader.field(kind);
    }
    if (kind != kOffsets && kind != kGroup && kind != kConsumers)
        return Error{ErrorCode::corrupt, fmt::format("an entry of kind {}, as a later version may write it", kind)};
    std::vector<OffsetEntry> offsets;
    GroupEntry entry;
    ConsumerEntry change;
    if (kind == kOffsets)
        reader.field(offsets);
    else if (kind == kGroup)
        reader.field(entry);
    else
        reader.field(change);
    MILLRACE_TRY(reader.finish());
    for (OffsetEntry& each : offsets)
        offset(std::move(each));
    if (kind == kGroup) group(entry, whole);
    if (kind == kConsumers) consumers(change);
    return ok();
}

Result<std::unique_ptr<LiveJournal>> openGroupJournal(FileSystem& disk, const std::filesystem::path& path, Log& log,
                                                      const EntryReader& learn) {
    constexpr std::string_view kLost =
        "no consumer group knows any more up to where it has read: each begins as its auto.offset.reset says";
    return LiveJournal::open(disk, path, kLost, "committed offsets", log,
                             [&](std::span<const std::uint8_t> content) { return learn.read(content); });
}

} // namespace millrace::broker
