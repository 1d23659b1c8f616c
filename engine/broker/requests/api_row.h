#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "broker/common/answer.h"
#include "broker/common/call.h"
#include "wire/api_spec.h"
#include "wire/messages/header.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <fmt/core.h>

#include <functional>
#include <utility>
#include <vector>

namespace millrace::broker {

struct Context;

/// What becomes of one request.
struct Outcome {
    enum class Kind { answer, silence, close } kind = Kind::answer;
    std::vector<Bytes> frame; ///< `answer`: the response with its length, ready to send
};
using Deliver = std::function<void(Outcome)>;

/// Hands a request to its handler. An error means that the bytes are no such request and the connection must close.
/// `deliver` is called once, now or later, unless the returned function, which gives the request up, is called first.
using Serve = Result<std::function<void()>> (*)(wire::Reader& reader, std::int32_t correlationId, const Call& call,
                                                Quota quota, Context& context, Deliver deliver);

/// What a client must be allowed to do, in the words of Kafka's access control. Requests about topics and groups ask
/// for it on each one they name.
struct Access {
    enum class Resource { none, topic, group, cluster, transactionalId } resource = Resource::none;
    enum class Operation {
        none,
        read,
        write,
        create,
        remove,
        alter,
        describe,
        describeConfigs,
        alterConfigs,
        idempotentWrite
    } operation = Operation::none;
    bool operator==(const Access&) const = default;
};

/// Everything about an API but its messages; stands in the file of its handler. Dispatch, the ApiVersions answer and
/// the coverage page come from these rows.
struct ApiRow {
    const wire::ApiSpec* api;
    Serve serve;
    Access access;
    Quota quota = Quota::request;
    bool beforeAuthentication = false; ///< served to clients that have not yet said who they are
};

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

    static Outcome answer(Response response, const Call& call, std::int32_t correlationId, Quota quota) {
        if constexpr (requires { response.throttleTimeMs; })
            response.throttleTimeMs = call.connection->throttleTimeMs(quota);
        return {Outcome::Kind::answer, frameOf(response, call.version, correlationId)};
    }

    static Result<std::function<void()>> serve(wire::Reader& reader, std::int32_t correlationId, const Call& call,
                                               Quota quota, Context& context, Deliver deliver) {
        Request request;
        reader.field(request);
        if (auto status = reader.status(); !status)
            return status.error().in(fmt::format("{} v{} request", kApi.name, call.version));
        Answer<Response> answered = handler(request, call, context);
        if (const auto* silence = std::get_if<Silence>(&answered)) {
            deliver({silence->close ? Outcome::Kind::close : Outcome::Kind::silence, {}});
        } else if (auto* pending = std::get_if<Pending<Response>>(&answered)) {
            pending->then([deliver = std::move(deliver), call, correlationId, quota](Response response) {
                deliver(answer(std::move(response), call, correlationId, quota));
            });
            return std::function<void()>([pending = *pending] { pending.abandon(); });
        } else {
            deliver(answer(std::move(std::get<Response>(answered)), call, correlationId, quota));
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
