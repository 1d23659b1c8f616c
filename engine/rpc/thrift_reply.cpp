#include "rpc/thrift_reply.h"

#include "rpc/thrift_frames.h"
#include "rpc/thrift_writer.h"

namespace millrace::rpc {
namespace {

constexpr std::int32_t kUnknownMethod = 1; // of TApplicationException

} // namespace

std::vector<std::uint8_t> ThriftReply::begun(ThriftMessageType type) const {
    std::vector<std::uint8_t> bytes(framed_ ? kThriftFrameHeaderBytes : 0);
    ThriftWriter(bytes, protocol_).writeMessage({type, name_, sequence_});
    return bytes;
}

std::vector<std::uint8_t> ThriftReply::ended(std::vector<std::uint8_t> bytes) const {
    if (framed_) putThriftFrameHeader(bytes.data(), bytes.size() - kThriftFrameHeaderBytes);
    return bytes;
}

std::vector<std::uint8_t> ThriftReply::result(const ThriftMethod& method, CallStatus status) const {
    if (method.oneway) return {};
    auto bytes = begun(ThriftMessageType::reply);
    ThriftWriter writer(bytes, protocol_);
    if (method.result) {
        writer.writeField(ThriftType::int32, 0);
        writer.writeInt32(method.result(status));
    }
    writer.writeStop();
    return ended(std::move(bytes));
}

std::vector<std::uint8_t> ThriftReply::unknownMethod() const {
    auto bytes = begun(ThriftMessageType::exception);
    ThriftWriter writer(bytes, protocol_);
    writer.writeField(ThriftType::binary, 1);
    writer.writeBinary("Invalid method name: '" + name_ + "'");
    writer.writeField(ThriftType::int32, 2, 1);
    writer.writeInt32(kUnknownMethod);
    writer.writeStop();
    return ended(std::move(bytes));
}

} // namespace millrace::rpc
