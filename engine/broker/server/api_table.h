#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "wire/api_spec.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace millrace::wire {
class Reader;
}

namespace millrace::broker {

struct Call;
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
                                                Context& context, Deliver deliver);

/// Everything about an API but its messages. Dispatch, the ApiVersions answer and the coverage page come from these
/// rows.
struct ApiRow {
    const wire::ApiSpec* api;
    Serve serve;
};

/// In order of the key. An API stands here from the day it is finished.
std::span<const ApiRow> apiTable();
const ApiRow* findApi(std::int16_t key);

/// Reads the header of a request frame and serves it, with Kafka's exception for ApiVersions of versions to come.
Result<std::function<void()>> serveRequest(Bytes frame, Call call, Context& context, Deliver deliver);

/// The table as a page for people, in Markdown.
std::string apiCoverage();

} // namespace millrace::broker
