#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>

namespace millrace::wire {

inline constexpr ApiSpec kEndTxn{26, 0, 5, 3, "EndTxn"};

struct EndTxnRequest {
    static constexpr const ApiSpec& kApi = kEndTxn;
    std::string transactionalId;
    std::int64_t producerId = 0;
    std::int16_t producerEpoch = 0;
    bool committed = false;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.transactionalId);
        io.field(self.producerId);
        io.field(self.producerEpoch);
        io.field(self.committed);
        io.tags();
    }
    bool operator==(const EndTxnRequest&) const = default;
};

struct EndTxnResponse {
    static constexpr const ApiSpec& kApi = kEndTxn;
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::int64_t producerId = -1;    ///< v5+
    std::int16_t producerEpoch = -1; ///< v5+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        if (v >= 5) {
            io.field(self.producerId);
            io.field(self.producerEpoch);
        }
        io.tags();
    }
    bool operator==(const EndTxnResponse&) const = default;
};

} // namespace millrace::wire
