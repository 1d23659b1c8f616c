#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>

namespace millrace::wire {

inline constexpr ApiSpec kInitProducerId{22, 0, 5, 2, "InitProducerId"};

struct InitProducerIdRequest {
    static constexpr const ApiSpec& kApi = kInitProducerId;
    std::optional<std::string> transactionalId;
    std::int32_t transactionTimeoutMs = 0;
    std::int64_t producerId = -1;    ///< v3+
    std::int16_t producerEpoch = -1; ///< v3+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.transactionalId);
        io.field(self.transactionTimeoutMs);
        if (v >= 3) {
            io.field(self.producerId);
            io.field(self.producerEpoch);
        }
        io.tags();
    }
    bool operator==(const InitProducerIdRequest&) const = default;
};

struct InitProducerIdResponse {
    static constexpr const ApiSpec& kApi = kInitProducerId;
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::int64_t producerId = -1;
    std::int16_t producerEpoch = 0;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.producerId);
        io.field(self.producerEpoch);
        io.tags();
    }
    bool operator==(const InitProducerIdResponse&) const = default;
};

} // namespace millrace::wire
