#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "broker/access/access.h"
#include "broker/common/answer.h"
#include "broker/common/call.h"
#include "broker/requests/authorize.h"
#include "broker/requests/charge.h"
#include "wire/api_spec.h"
#include "wire/messages/header.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <fmt/core.h>

#include <chrono>
#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::broker {

struct ApiRow;
struct Context;

/// What becomes of one request.
struct Outcome {
    enum class Kind { answer, silence, close } kind = Kind::answer;
    std::vector<Bytes> frame; ///< `answer`: the response with its length, ready to send
    /// For so long nothing more is to be read from the client, which has used more than its quota (KIP-219).
    std::chrono::milliseconds mute{0};
};
using Deliver = std::function<void(Outcome)>;

/// Hands a request to its handler. An error means that the bytes are no such request and the connection must close.
/// `deliver` is called once, now or later, unless the returned function, which gives the request up, is called first.
using Serve = Result<std::function<void()>> (*)(wire::Reader& reader, std::int32_t correlationId, const Call& call,
                                                const ApiRow& row, Context& context, Deliver deliver);

/// Everything about an API but its messages; stands in the file of its handler. Dispatch, the ApiVersions answer and
/// the coverage page come from these rows.
struct ApiRow {
    const wire::ApiSpec* api;
    Serve serve;
    Access access;
    Quota quota = Quota::request;
    bool beforeAuthentication = false; ///< served to clients that have not yet said who they are
    /// The handler asks for the access itself, though the request names one resource and the answer has one error.
    bool handlerAuthorizes = false;
};

/// The one resource that a request names; nothing for requests that name several, or none.
template <typename Request>
std::optional<std::string_view> resourceOf(const Request& request, Access::Resource kind) {
    if (kind == Access::Resource::cluster) return kClusterName;
    if constexpr (requires {
                      { request.groupId } -> std::same_as<const std::string&>;
                  })
        if (kind == Access::Resource::group) return request.groupId;
    if constexpr (requires {
                      { request.transactionalId } -> std::same_as<const std::string&>;
                  })
        if (kind == Access::Resource::transactionalId) return request.transactionalId;
    return std::nullopt;
}

template <typename Response>
std::vector<Bytes> frameOf(const Response& response, wire::Version version, std::int32_t correlationId) {
    wire::Writer writer(0, false);
    writer.beginFrame();
    wire::writeResponseHeader(writer, Response::kApi, version, correlationId);
    writer.field(response);
    return writer.finish();
}

/// Serve for a handler, which checks, acts on the Context and answers; it knows no socket, no thread and no time but
/// the Context's clock.
template <auto handler>
struct Served;

template <typename Request, typename Response, Answer<Response> (*handler)(const Request&, const Call&, Context&)>
struct Served<handler> {
    static constexpr const wire::ApiSpec& kApi = Request::kApi;

    static Outcome answer(Response response, const Call& call, std::int32_t correlationId, Quota quota,
                          Context& context) {
        Outcome outcome{Outcome::Kind::answer, frameOf(response, call.version, correlationId)};
        outcome.mute = charge(call, quota, outcome.frame, context);
        if (outcome.mute.count() == 0) return outcome;
        if constexpr (requires { response.throttleTimeMs; })
            response.throttleTimeMs = static_cast<std::int32_t>(outcome.mute.count());
        if constexpr (requires { response.responses; })
            if (quota == Quota::fetch) response.responses.clear(); // the client asks for it again, later
        outcome.frame = frameOf(response, call.version, correlationId);
        return outcome;
    }

    /// Asked here for all APIs whose requests name one resource and whose answers have one error; the others ask for
    /// each that they name.
    static Answer<Response> authorizedAnswer(const Request& request, const Call& call, const ApiRow& row,
                                             Context& context) {
        if constexpr (requires(Response response) { response.errorCode; }) {
            const auto name = row.handlerAuthorizes ? std::nullopt : resourceOf(request, row.access.resource);
            if (const std::int16_t refused = name ? refusal(call, context, row.access, *name) : std::int16_t{0}) {
                Response response;
                response.errorCode = refused;
                return response;
            }
        }
        return handler(request, call, context);
    }

    static Result<std::function<void()>> serve(wire::Reader& reader, std::int32_t correlationId, const Call& call,
                                               const ApiRow& row, Context& context, Deliver deliver) {
        Request request;
        reader.field(request);
        if (auto status = reader.status(); !status)
            return status.error().in(fmt::format("{} v{} request", kApi.name, call.version));
        Answer<Response> answered = authorizedAnswer(request, call, row, context);
        if (const auto* silence = std::get_if<Silence>(&answered)) {
            deliver({silence->close ? Outcome::Kind::close : Outcome::Kind::silence, {},
                     charge(call, row.quota, {}, context)});
        } else if (auto* pending = std::get_if<Pending<Response>>(&answered)) {
            pending->then([deliver = std::move(deliver), call, correlationId, quota = row.quota,
                           &context](Response response) {
                deliver(answer(std::move(response), call, correlationId, quota, context));
            });
            return std::function<void()>([pending = *pending] { pending.abandon(); });
        } else {
            deliver(answer(std::move(std::get<Response>(answered)), call, correlationId, row.quota, context));
        }
        return std::function<void()>();
    }
};

/// The row of the API whose requests `handler` answers.
template <auto handler>
ApiRow rowOf(Access access, Quota quota = Quota::request) {
    return {&Served<handler>::kApi, &Served<handler>::serve, access, quota};
}

} // namespace millrace::broker
