#pragma once

#include "base/result.h"
#include "broker/transactions/transaction.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace millrace::broker {

/// What stands in `transactions.journal`: one transactional id as it is from then on. Partitions and offsets are added
/// to those that stand there before, of the same transaction; those of an earlier one are over.
struct TransactionEntry {
    struct Partition {
        std::string topic;
        std::int32_t index = 0;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.topic);
            io.field(self.index);
            io.tags();
        }
    };
    struct Offset {
        std::string topic;
        std::int32_t index = 0;
        std::int64_t offset = -1; ///< -1: it is forgotten
        std::int32_t leaderEpoch = -1;
        std::string metadata;
        EpochMs commitTime = 0;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.topic);
            io.field(self.index);
            io.field(self.offset);
            io.field(self.leaderEpoch);
            io.field(self.metadata);
            io.field(self.commitTime);
            io.tags();
        }
    };
    struct Group {
        std::string id;
        std::vector<Offset> offsets;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.id);
            io.field(self.offsets);
            io.tags();
        }
    };
    std::string id;
    std::int8_t state = 0;
    std::int64_t producerId = -1;
    std::int16_t epoch = -1;
    std::int64_t lastProducerId = -1;
    std::int16_t lastEpoch = -1;
    std::int64_t nextProducerId = -1;
    std::int32_t timeoutMs = 0;
    EpochMs started = -1;
    EpochMs changed = -1;
    std::vector<Partition> partitions;
    std::vector<Group> groups;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.id);
        io.field(self.state);
        io.field(self.producerId);
        io.field(self.epoch);
        io.field(self.lastProducerId);
        io.field(self.lastEpoch);
        io.field(self.nextProducerId);
        io.field(self.timeoutMs);
        io.field(self.started);
        io.field(self.changed);
        io.field(self.partitions);
        io.field(self.groups);
        io.tags();
    }
};

/// All that `next` says and `before`, which stands in the journal already, does not; several entries when it is much.
std::vector<std::vector<std::uint8_t>> encodedTransaction(const Transaction& next, const Transaction& before = {});

using Transactions = std::map<std::string, Transaction>;
/// The other way. Error: it is none, or one that a later version has written.
Status learnTransaction(std::span<const std::uint8_t> content, Transactions& all);

} // namespace millrace::broker
