#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeTransactions{65, 0, 0, 0, "DescribeTransactions"};

struct DescribeTransactionsRequest {
    static constexpr const ApiSpec& kApi = kDescribeTransactions;
    std::vector<std::string> transactionalIds;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.transactionalIds);
        io.tags();
    }
    bool operator==(const DescribeTransactionsRequest&) const = default;
};

struct DescribeTransactionsResponse {
    static constexpr const ApiSpec& kApi = kDescribeTransactions;
    struct TransactionState {
        struct Topic {
            std::string topic;
            std::vector<std::int32_t> partitions;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.topic);
                io.field(self.partitions);
                io.tags();
            }
            bool operator==(const Topic&) const = default;
        };
        std::int16_t errorCode = 0;
        std::string transactionalId;
        std::string transactionState;
        std::int32_t transactionTimeoutMs = 0;
        std::int64_t transactionStartTimeMs = 0;
        std::int64_t producerId = 0;
        std::int16_t producerEpoch = 0;
        std::vector<Topic> topics;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.errorCode);
            io.field(self.transactionalId);
            io.field(self.transactionState);
            io.field(self.transactionTimeoutMs);
            io.field(self.transactionStartTimeMs);
            io.field(self.producerId);
            io.field(self.producerEpoch);
            io.field(self.topics);
            io.tags();
        }
        bool operator==(const TransactionState&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::vector<TransactionState> transactionStates;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.transactionStates);
        io.tags();
    }
    bool operator==(const DescribeTransactionsResponse&) const = default;
};

} // namespace millrace::wire
