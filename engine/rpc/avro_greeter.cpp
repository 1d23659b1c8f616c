#include "rpc/avro_greeter.h"

#include <fmt/core.h>

namespace millrace::rpc {
namespace {

/// Hashes cost little, but a hostile peer can send new ones for ever.
constexpr std::size_t kKnownClientsLimit = 1000;
constexpr std::size_t kProtocolTextLimit = 64 * 1024;

} // namespace

Result<bool> AvroGreeter::greet(AvroReader& reader, std::vector<std::uint8_t>& answer) {
    const auto request = AvroHandshakeRequest::read(reader);
    MILLRACE_TRY(reader.status());
    if (request.clientProtocol && request.clientProtocol->size() > kProtocolTextLimit)
        return Error{ErrorCode::protocol, fmt::format("an Avro protocol text of {} bytes, the limit is {}",
                                                      request.clientProtocol->size(), kProtocolTextLimit)};
    // Every build of Flume means the same protocol, so whoever shows a text is known from then on.
    const bool known = request.clientProtocol.has_value() || knownClients_.contains(request.clientHash);
    if (known && knownClients_.size() < kKnownClientsLimit) knownClients_.insert(request.clientHash);
    const bool knowsUs = request.serverHash == protocol_.hash || request.serverHash == protocol_.flumesHash;
    AvroHandshakeResponse response;
    response.match = !known ? AvroMatch::none : knowsUs ? AvroMatch::both : AvroMatch::client;
    if (response.match != AvroMatch::both) {
        response.serverProtocol = std::string(protocol_.text);
        response.serverHash = protocol_.hash;
    }
    response.write(answer);
    return known;
}

} // namespace millrace::rpc
