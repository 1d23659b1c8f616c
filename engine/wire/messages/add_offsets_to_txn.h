#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>

namespace millrace::wire {

inline constexpr ApiSpec kAddOffsetsToTxn{25, 0, 4, 3, "AddOffsetsToTxn"};

struct AddOffsetsToTxnRequest {
    static constexpr const ApiSpec& kApi = kAddOffsetsToTxn;
    std::string transactionalId;
    std::int64_t producerId = 0;
    std::int16_t producerEpoch = 0;
    std::string groupId;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.transactionalId);
        io.field(self.producerId);
        io.field(self.producerEpoch);
        io.field(self.groupId);
        io.tags();
    }
    bool operator==(const AddOffsetsToTxnRequest&) const = default;
};

struct AddOffsetsToTxnResponse {
    static constexpr const ApiSpec& kApi = kAddOffsetsToTxn;
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.tags();
    }
    bool operator==(const AddOffsetsToTxnResponse&) const = default;
};

} // namespace millrace::wire
