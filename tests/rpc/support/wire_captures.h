#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::rpc::testing {

inline std::vector<std::uint8_t> fromHex(std::string_view hex) {
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(std::string(hex.substr(i, 2)), nullptr, 16)));
    return bytes;
}

inline std::string toHex(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    for (const char c : bytes) {
        hex += kDigits[static_cast<std::uint8_t>(c) >> 4];
        hex += kDigits[static_cast<std::uint8_t>(c) & 15];
    }
    return hex;
}

// What Apache Flume 1.11 and its peers were seen to send (avro source and avro sink on loopback).
namespace captured {
/// An avro sink with batch-size 2 and the header dc=par: the first call of a connection, and the second.
inline constexpr const char* kFirstBatch = "00000001000000020000003086aadae2c45474c0fe93ffd0f2350a650086aadae2c45474c0f"
                                           "e93ffd0f2350a6502000016617070656e64426174"
                                           "636800000018040204646306706172000230020464630670617200023100";
inline constexpr const char* kSecondBatch =
    "00000002000000020000000d0016617070656e64426174636800000018040204646306706172000232020464630670617200023300";
inline constexpr const char* kFirstReply = "000000010000000300000004000000000000000100000000020000";
inline constexpr const char* kSecondReply = "0000000200000003000000000000000100000000020000";
/// One event without headers on a connection that has shaken hands.
inline constexpr const char* kSingleAppend = "000000030000000100000014000c617070656e6400146e6f2068656164657273";
inline constexpr const char* kSingleReply = "0000000300000003000000000000000100000000020000";
/// A batch of two that met a full channel.
inline constexpr const char* kFullBatch =
    "00000003000000010000001a0016617070656e64426174636804000261020268023100026200";
inline constexpr const char* kFullReply = "0000000300000003000000000000000100000000020002";
/// {k=v}, body "body": alone, as it stands in a Kafka record.
inline constexpr const char* kDatum = "02026b02760008626f6479";
inline constexpr const char* kPing =
    "00000009000000010000002430da54059df72d9584b867d5202e20690086aadae2c45474c0fe93ffd0f2350a65000000";
inline constexpr const char* kPingReply = "00000009000000010000000400000000";

// The same of thrift source and thrift sink: two batches of two in the compact protocol, with the header dc=par.
inline constexpr const char* kCompactBatch =
    "0000002e8221010b617070656e644261746368192c1b018802646303706172180130001b0188026463037061721801310000";
inline constexpr const char* kCompactReply = "000000138241010b617070656e64426174636805000000";
inline constexpr const char* kSecondCompactBatch =
    "0000002e8221020b617070656e644261746368192c1b018802646303706172180132001b0188026463037061721801330000";
inline constexpr const char* kSecondCompactReply = "000000138241020b617070656e64426174636805000000";
inline constexpr const char* kCompactFullReply = "000000138241010b617070656e64426174636805000200";
/// {k=v}hi alone; then {k=v}hi and {}yo in one batch.
inline constexpr const char* kBinaryAppend =
    "000000338001000100000006617070656e64000000070c00010d00010b0b00000001000000016b00000001760b0002000000"
    "0268690000";
inline constexpr const char* kBinaryReply = "0000001a8001000200000006617070656e64000000070800000000000000";
inline constexpr const char* kBinaryBatch =
    "00000050800100010000000b617070656e644261746368000000070f00010c000000020d00010b0b00000001000000016b00"
    "000001760b0002000000026869000d00010b0b000000000b000200000002796f0000";
inline constexpr const char* kBinaryBatchReply =
    "0000001f800100020000000b617070656e644261746368000000070800000000000000";
} // namespace captured

} // namespace millrace::rpc::testing
