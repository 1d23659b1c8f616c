#pragma once

#include "rpc/event_sink.h"
#include "rpc/thrift_protocol.h"

namespace millrace::rpc {

/// Goes through what ThriftReader::readTextMap() returned.
EventHeaders::Entries thriftTextMap(ThriftProtocol protocol);

} // namespace millrace::rpc
