#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kAddPartitionsToTxn{24, 0, 3, 3, "AddPartitionsToTxn"};

struct AddPartitionsToTxnRequest {
    static constexpr const ApiSpec& kApi = kAddPartitionsToTxn;
    struct Topic {
        std::string name;
        std::vector<std::int32_t> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::string transactionalId;
    std::int64_t producerId = 0;
    std::int16_t producerEpoch = 0;
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.transactionalId);
        io.field(self.producerId);
        io.field(self.producerEpoch);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const AddPartitionsToTxnRequest&) const = default;
};

struct AddPartitionsToTxnResponse {
    static constexpr const ApiSpec& kApi = kAddPartitionsToTxn;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int16_t errorCode = 0;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.errorCode);
                io.tags();
            }
            bool operator==(const Partition&) const = default;
        };
        std::string name;
        std::vector<Partition> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::vector<Topic> results;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.results);
        io.tags();
    }
    bool operator==(const AddPartitionsToTxnResponse&) const = default;
};

} // namespace millrace::wire
