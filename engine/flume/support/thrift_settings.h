#pragma once

#include "flume/settings.h"
#include "rpc/thrift_protocol.h"

namespace millrace::flume {

/// The property `protocol` of both ends of a Thrift hop, and a refusal of `kerberos = true`, which they have beside it.
Result<rpc::ThriftProtocol> readThriftProtocol(Settings& settings);

} // namespace millrace::flume
