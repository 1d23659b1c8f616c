#pragma once

#include "base/clock.h"
#include "broker/groups/group.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

namespace millrace::broker {

/// Kafka's states of a transactional id, by their numbers.
enum class TransactionState : std::int8_t {
    empty = 0,
    ongoing = 1,
    prepareCommit = 2, ///< decided, and will be done whatever happens
    prepareAbort = 3,
    completeCommit = 4,
    completeAbort = 5,
    dead = 6, ///< nobody knows the id any more
};
/// As ListTransactions spells them.
const char* toString(TransactionState state);
/// Whether Kafka has a state of that name; here PrepareEpochFence is none.
bool isTransactionState(std::string_view name);

using Offsets = std::map<TopicPartition, CommittedOffset>;

/// One transactional id: who may use it, and the transaction that is under way.
struct Transaction {
    std::string id;
    TransactionState state = TransactionState::dead;
    std::int64_t producerId = -1;
    std::int16_t epoch = -1;          ///< who comes with a lower one is fenced
    std::int64_t lastProducerId = -1; ///< in place of which the producer id came when its epochs were used up
    std::int16_t lastEpoch = -1;      ///< who held it may ask again for what came after it; below 0: nobody may
    std::int64_t nextProducerId = -1; ///< comes in place of the producer id when the transaction has ended
    std::int32_t timeoutMs = 0;
    EpochMs started = -1; ///< of the transaction
    EpochMs changed = -1; ///< last time that something was done with the id
    std::set<TopicPartition> partitions;
    std::map<std::string, Offsets> groups; ///< offsets that become the groups' with the commit

    bool isPrepared() const {
        return state == TransactionState::prepareCommit || state == TransactionState::prepareAbort;
    }
};

/// Whether the transaction is open for longer than it may be.
bool isTimedOut(const Transaction& transaction, EpochMs now);
/// Whether nobody has used the id for so long that it is forgotten.
bool isExpired(const Transaction& transaction, EpochMs now, std::chrono::milliseconds expiration);

// What may be asked of a transactional id.

/// InitProducerId: a producer begins, and fences all that used the id before.
struct InitTransactions {
    std::int32_t timeoutMs = 0;
    std::int64_t producerId = -1; ///< of a producer that asks for its next epoch; -1: of one that begins
    std::int16_t epoch = -1;
};
/// More belongs to the transaction, which begins if none is open: partitions, groups, offsets.
struct JoinTransaction {
    std::int64_t producerId = -1;
    std::int16_t epoch = -1;
    std::set<TopicPartition> partitions{};
    std::map<std::string, Offsets> groups{};
    bool groupsMustBeIn = false; ///< refused unless the groups have joined before
};
struct EndTransaction {
    std::int64_t producerId = -1;
    std::int16_t epoch = -1;
    bool commit = false;
    bool bumps = false; ///< each transaction has an epoch of its own (KIP-890, transaction.version 2)
};
/// Aborts a transaction that is open for too long.
struct TimeOutTransaction {};
/// Ends an id that was not used for so long.
struct ExpireTransaction {
    std::chrono::milliseconds expiration;
};
/// Offsets that wait to be a group's are forgotten: they were deleted, or the group, or the topic.
struct ForgetOffsets {
    std::string group;                     ///< empty: of any
    std::string topic;                     ///< empty: of any
    std::set<TopicPartition> partitions{}; ///< empty: of any
};
using TransactionRequest = std::variant<InitTransactions, JoinTransaction, EndTransaction, TimeOutTransaction,
                                        ExpireTransaction, ForgetOffsets>;

} // namespace millrace::broker
