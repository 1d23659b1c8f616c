#include "rpc/thrift_text_map.h"

#include "rpc/thrift_reader.h"

namespace millrace::rpc {
namespace {

template <ThriftProtocol protocol>
void entries(std::string_view encoded, const EventHeaders::Entry& entry) {
    ThriftReader reader({reinterpret_cast<const std::uint8_t*>(encoded.data()), encoded.size()}, protocol);
    for (std::size_t left = reader.readMap().count; left > 0; --left) {
        const std::string_view key = reader.readBinary();
        entry(key, reader.readBinary());
    }
}

} // namespace

EventHeaders::Entries thriftTextMap(ThriftProtocol protocol) {
    return protocol == ThriftProtocol::compact ? &entries<ThriftProtocol::compact> : &entries<ThriftProtocol::binary>;
}

} // namespace millrace::rpc
