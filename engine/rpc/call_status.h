#pragma once

#include <cstdint>

namespace millrace::rpc {

/// How a call of Flume's protocols was answered (org.apache.flume.source.avro.Status, org.apache.flume.thrift.Status).
enum class CallStatus : std::uint8_t { ok, failed, error, unknown };
/// As Flume writes it: "FAILED".
const char* toString(CallStatus status);

} // namespace millrace::rpc
