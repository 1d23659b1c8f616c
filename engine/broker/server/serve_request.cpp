#include "broker/server/serve_request.h"

#include "base/sentences.h"
#include "broker/handlers/api_table.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/header.h"
#include "wire/reader.h"

#include <fmt/core.h>

namespace millrace::broker {

namespace {

/// An answer has an entry for each one of a request, several times as large. One topic has 100,000 partitions at most,
/// and a request that creates it with an assignment names each of them twice.
constexpr std::size_t kMaxElements = 250'000;

/// A version that is not spoken yet is answered in the form every client can read, with the versions it may retry at.
Outcome unsupportedApiVersions(std::int32_t correlationId) {
    wire::ApiVersionsResponse response;
    response.errorCode = wire::error::kUnsupportedVersion;
    response.apiKeys.push_back({wire::kApiVersions.key, wire::kApiVersions.min, wire::kApiVersions.max});
    return {Outcome::Kind::answer, frameOf(response, 0, correlationId)};
}

/// What the header speaks of, handed to the handler.
Result<std::function<void()>> serve(wire::Reader& reader, const wire::RequestHeader& header, const Call& call,
                                    Context& context, Deliver deliver) {
    const ApiRow* row = findApi(header.apiKey);
    if (!row) return Error{ErrorCode::protocol, fmt::format("unknown API key {}", header.apiKey)};
    if (!row->api->has(header.apiVersion)) {
        if (row->api->key != wire::kApiVersions.key)
            return Error{ErrorCode::protocol,
                         fmt::format("{} version {} is not supported", row->api->name, header.apiVersion)};
        deliver(unsupportedApiVersions(header.correlationId));
        return std::function<void()>();
    }
    if (call.connection->authentication == ConnectionState::Authentication::awaited && !row->beforeAuthentication)
        return Error{ErrorCode::protocol, fmt::format("{} before the client has said who it is", row->api->name)};
    if (const auto& till = call.connection->provenTill;
        till && context.clock.now() > *till && !row->beforeAuthentication)
        return Error{ErrorCode::protocol,
                     fmt::format("{} after the time for which the client has proven who it is", row->api->name)};
    wire::endHeader(reader, *row->api, header.apiVersion);
    return row->serve(reader, header.correlationId, call, *row, context, std::move(deliver));
}

} // namespace

Result<std::function<void()>> serveRequest(Bytes frame, Call call, Context& context, Deliver deliver) {
    call.requestBytes = frame.size();
    wire::Reader reader(std::move(frame), 0, false);
    reader.allowElements(kMaxElements);
    const wire::RequestHeader header = wire::readRequestHeader(reader);
    if (auto status = reader.status(); !status) return status.error().in("request header");
    call.version = header.apiVersion;
    call.clientId = header.clientId.value_or("");
    auto served = serve(reader, header, call, context, std::move(deliver));
    // Which of the programs on a machine is too old or at fault is told by its client id, whatever it wrote there.
    if (!served) return served.error().in(fmt::format("client {:?}", shortened(call.clientId)));
    return served;
}

} // namespace millrace::broker
