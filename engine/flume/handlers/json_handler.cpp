#include "flume/handlers/http_text.h"
#include "flume/handlers/json_events.h"
#include "flume/registry.h"

#include "base/utf8.h"
#include "java/java_utf8.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {
namespace {

constexpr std::uint64_t kLongestJson = 100'000'000;

/// org.apache.flume.source.http.JSONHandler: an array of events, in UTF-8 or what the Content-Type says of UTF-16 and
/// UTF-32.
class JsonHandler final : public HttpEventHandler {
public:
    Result<EventBatchPtr> eventsOf(const HttpEventRequest& request) override {
        const std::string name = charsetIn(request.contentType);
        const java::JavaCharset* charset = java::findCharset(name.empty() ? "UTF-8" : name);
        constexpr std::string_view kTaken[] = {"UTF-8", "UTF-16", "UTF-32"};
        if (!charset || std::ranges::find(kTaken, charset->name) == std::end(kTaken))
            return Error{ErrorCode::invalidArgument,
                         fmt::format("the charset {} is not taken; send UTF-8, UTF-16 or UTF-32", name), false};
        if (charset->name != "UTF-8") {
            auto decoder = java::CharsetDecoder::of(*charset);
            if (!decoder) return std::move(decoder).error();
            std::string text;
            decoder->decode(request.body, text);
            decoder->finish(text);
            return readJsonEvents(text, *charset);
        }
        if (isUtf8(request.body)) return readJsonEvents(request.body, *charset);
        return readJsonEvents(java::withoutMalformedUtf8(request.body), *charset);
    }
    std::uint64_t longestBody() const override { return kLongestJson; }
};

Result<std::unique_ptr<HttpEventHandler>> makeJsonHandler(Settings&, const ComponentServices&) {
    return std::unique_ptr<HttpEventHandler>(std::make_unique<JsonHandler>());
}

} // namespace

MILLRACE_COMPONENT(JsonHandler, "org.apache.flume.source.http.JSONHandler", &makeJsonHandler)

} // namespace millrace::flume
