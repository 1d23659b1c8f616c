#pragma once

#include "broker/transactions/transaction.h"

namespace millrace::broker {

/// What becomes of a request. Nothing is done yet: `next` has to be on stable storage before anybody hears of it.
struct Decision {
    enum Kind {
        refuse,     ///< with `error`
        already,    ///< it is as it was asked to be: the answer is what is true now
        change,     ///< `next` is to be true
        abortFirst, ///< `next` is to be true, and done; then the request is decided anew
    };
    Kind kind = refuse;
    std::int16_t error = 0; ///< Kafka's number; of a wrong epoch PRODUCER_FENCED, which old versions call otherwise
    Transaction next{};
    /// What in `next` has to be a producer id that nobody had before; null when nothing has.
    std::int64_t Transaction::*newProducerId = nullptr;
};

/// The coordinator's whole judgement, a pure function. `current` null: the id is not known. Rules: KIP-98, KIP-360,
/// KIP-890, and kafka.coordinator.transaction.TransactionCoordinator for the order. Stricter than Kafka in one point: a
/// producer that is fenced already cannot abort the transaction of the one that has fenced it, when it asks for its
/// next epoch.
Decision decide(const Transaction* current, const TransactionRequest& request, EpochMs now);

/// What is true once all partitions and groups of a prepared transaction know how it has ended.
/// Precondition: prepared.isPrepared().
Transaction completed(Transaction prepared, EpochMs now);

/// Why the producer may not write to the partition in the transaction that is open; 0 when it may.
std::int16_t whyNotIn(const Transaction* current, std::int64_t producerId, std::int16_t epoch,
                      const TopicPartition& where);

} // namespace millrace::broker
