#include "flume/handlers/http_text.h"
#include "flume/registry.h"
#include "flume/support/header_limit.h"

#include <fmt/core.h>

#include <string>
#include <unordered_set>
#include <utility>

namespace millrace::flume {
namespace {

/// Of the handler that has no property for it.
constexpr std::uint64_t kLongestBlob = 100'000'000;

/// A whole request is an event, its parameters are headers: org.apache.flume.sink.solr.morphline.BlobHandler, which
/// adds the Content-Type, and org.apache.flume.source.http.BLOBHandler, which may insist on parameters.
class BlobHandler final : public HttpEventHandler {
public:
    BlobHandler(std::uint64_t longest, bool addsContentType, std::vector<std::string> mandatory)
        : longest_(longest), addsContentType_(addsContentType), mandatory_(std::move(mandatory)) {}

    Result<EventBatchPtr> eventsOf(const HttpEventRequest& request) override {
        std::vector<std::pair<std::string, std::string>> headers;
        std::unordered_set<std::string> names; // of those with one name the first counts
        const auto add = [&](std::pair<std::string, std::string> header) {
            if (names.insert(header.first).second) headers.push_back(std::move(header));
        };
        if (addsContentType_ && !request.contentType.empty()) add({"Content-Type", std::string(request.contentType)});
        for (auto& parameter : parametersIn(request.query)) {
            add(std::move(parameter));
            MILLRACE_TRY(checkHeaderCount(headers.size()));
        }
        for (const std::string& name : mandatory_) {
            if (!names.contains(name))
                return Error{ErrorCode::invalidArgument,
                             fmt::format("the address has no parameter {}; add ?{}=…", name, name), false};
        }
        EventBatchBuilder builder(request.body.size(), 1);
        builder.setHeaders(std::make_shared<const HeaderSet>(std::move(headers)));
        (void)builder.add(request.body);
        return builder.finish();
    }
    std::uint64_t longestBody() const override { return longest_; }

private:
    const std::uint64_t longest_;
    const bool addsContentType_;
    const std::vector<std::string> mandatory_;
};

Result<std::unique_ptr<HttpEventHandler>> makeMorphlineBlobHandler(Settings& settings, const ComponentServices&) {
    const auto longest = static_cast<std::uint64_t>(settings.number("maxBlobLength"));
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<HttpEventHandler>(std::make_unique<BlobHandler>(longest, true, std::vector<std::string>()));
}

Result<std::unique_ptr<HttpEventHandler>> makeCoreBlobHandler(Settings& settings, const ComponentServices&) {
    auto mandatory = settings.list("mandatoryParameters");
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<HttpEventHandler>(std::make_unique<BlobHandler>(kLongestBlob, false, std::move(mandatory)));
}

} // namespace

MILLRACE_COMPONENT(MorphlineBlobHandler, "org.apache.flume.sink.solr.morphline.BlobHandler", &makeMorphlineBlobHandler)
MILLRACE_COMPONENT(CoreBlobHandler, "org.apache.flume.source.http.BLOBHandler", &makeCoreBlobHandler)

} // namespace millrace::flume
