#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kListTransactions{66, 0, 1, 0, "ListTransactions"};

struct ListTransactionsRequest {
    static constexpr const ApiSpec& kApi = kListTransactions;
    std::vector<std::string> stateFilters;
    std::vector<std::int64_t> producerIdFilters;
    std::int64_t durationFilter = -1; ///< v1+; ms, -1: any

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.stateFilters);
        io.field(self.producerIdFilters);
        if (v >= 1) io.field(self.durationFilter);
        io.tags();
    }
    bool operator==(const ListTransactionsRequest&) const = default;
};

struct ListTransactionsResponse {
    static constexpr const ApiSpec& kApi = kListTransactions;
    struct TransactionState {
        std::string transactionalId;
        std::int64_t producerId = 0;
        std::string transactionState;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.transactionalId);
            io.field(self.producerId);
            io.field(self.transactionState);
            io.tags();
        }
        bool operator==(const TransactionState&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::vector<std::string> unknownStateFilters;
    std::vector<TransactionState> transactionStates;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.unknownStateFilters);
        io.field(self.transactionStates);
        io.tags();
    }
    bool operator==(const ListTransactionsResponse&) const = default;
};

} // namespace millrace::wire
