#pragma once

#include "broker/common/connection_state.h"
#include "wire/api_spec.h"

#include <cstddef>
#include <memory>
#include <string>

namespace millrace::broker {

/// One request, from the side of who asks.
struct Call {
    wire::Version version = 0;
    std::string clientId;
    std::shared_ptr<ConnectionState> connection; ///< never null; may outlive the connection
    std::size_t requestBytes = 0;
};

} // namespace millrace::broker
