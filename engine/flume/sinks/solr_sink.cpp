#include "base/utf8.h"
#include "flume/registry.h"
#include "flume/sentences.h"
#include "flume/support/batch_sink.h"
#include "flume/support/http_exchange.h"
#include "flume/support/rejected_events.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace millrace::flume {

namespace {

namespace json = boost::json;

struct SolrOptions {
    HttpPlace place;
    std::size_t batchSize = 100;
    bool bodyIsJson = false;
    std::string bodyField, idField;
    std::vector<std::string> headers;
    bool allHeaders = false;
    std::chrono::milliseconds timeout{30'000};
};

Result<SolrOptions> readSolrOptions(Settings& settings) {
    SolrOptions options;
    const std::string url = settings.text("url");
    options.batchSize = static_cast<std::size_t>(settings.number("batchSize"));
    options.bodyIsJson = settings.text("format") == "json";
    options.bodyField = settings.text("bodyField");
    options.idField = settings.text("idField");
    options.headers = settings.list("headers");
    options.allHeaders = std::ranges::find(options.headers, "*") != options.headers.end();
    options.timeout = settings.duration("requestTimeout");
    const auto commitWithin = settings.duration("commitWithin");
    MILLRACE_TRY(settings.status());
    auto place = httpPlace(url);
    if (!place) return place.error().in(settings.who() + ": url");
    options.place = std::move(*place);
    std::string& target = options.place.url.target;
    if (target.find('?') != std::string::npos)
        return Error{ErrorCode::invalidArgument, settings.who() + ": url: it ends with the name of the collection",
                     false};
    target += target.ends_with('/') ? "update" : "/update";
    if (commitWithin.count() > 0) target += fmt::format("?commitWithin={}", commitWithin.count());
    return options;
}

/// "ERROR: [doc=1] unknown field 'x'"; what Solr says else, as it is.
std::string solrReason(const net::HttpAnswer& answer) {
    boost::system::error_code error;
    const auto value = json::parse(answer.body, error);
    const auto* object = error ? nullptr : value.if_object();
    const auto* told = object ? object->if_contains("error") : nullptr;
    const auto* message = told && told->is_object() ? told->get_object().if_contains("msg") : nullptr;
    const std::string text = message && message->is_string() ? std::string(message->get_string()) : answer.body;
    return fmt::format("{}, {}", answer.status, text);
}

/// Adds events to a collection of Solr over its JSON update handler. A batch is one request; what is wrong with one
/// document (400, 413) is found by halving, and that event is set aside (RejectedEvents).
/// Where nothing at all is taken the batch stays in the channel.
class SolrSink final : public BatchSink {
public:
    SolrSink(SolrOptions options, const ComponentServices& services)
        : BatchSink(services, options.batchSize, FlumeCounter::eventWriteFail),
          options_(std::move(options)),
          exchange_(services,
                    {.timeout = options_.timeout, .keepFor = kKeepForPost, .transport = options_.place.transport}),
          rejected_(services) {}

    Status start() override {
        exchange_.start();
        return ok();
    }
    void stop() override { exchange_.stop(); }
    void interrupt() override { exchange_.interrupt(); }
    Status reconfigure(const catalog::ComponentConfig& config) override {
        Settings settings(config);
        auto options = readSolrOptions(settings);
        if (!options) return std::move(options).error();
        setBatchSize(options->batchSize);
        return ok();
    }

private:
    /// The ids that the sink gave to a batch. As long as it comes again they stay: what Solr has of it already replaces
    /// itself.
    struct GivenIds {
        EventRanges events;
        std::vector<std::string> ids; ///< empty where the event has its own
        bool areOf(std::span<const EventRange> others) const {
            return std::ranges::equal(events, others, [](const EventRange& one, const EventRange& other) {
                return one.batch == other.batch && one.first == other.first && one.last == other.last;
            });
        }
    };
    struct Document {
        const EventBatch* batch;
        std::size_t index;
        std::string text;
    };

    Status send(std::span<const EventRange> events, std::size_t count) override {
        rejected_.clear();
        if (!given_.areOf(events))
            given_ = {EventRanges(events.begin(), events.end()), std::vector<std::string>(count)};
        std::vector<Document> documents;
        documents.reserve(count);
        auto id = given_.ids.begin();
        for (const EventRange& range : events)
            for (std::size_t i = range.first; i < range.last; ++i) {
                auto text = documentOf(range.batch->headers(i), range.batch->body(i), *id++);
                if (text)
                    documents.push_back({range.batch.get(), i, std::move(*text)});
                else
                    rejected_.add(RejectedEvents::By::sink, range.batch->headers(i), range.batch->body(i),
                                  text.error().message);
            }
        MILLRACE_TRY(post(documents));
        MILLRACE_TRY(rejected_.store(count));
        given_ = {};
        return ok();
    }

    /// `id` is that of an event without one: given here when it is empty.
    Result<std::string> documentOf(const HeaderSet& headers, std::string_view body, std::string& id) {
        json::object document;
        if (options_.bodyIsJson) {
            boost::system::error_code error;
            auto value = json::parse(json::string_view(body.data(), body.size()), error);
            if (error || !value.is_object()) return Error{ErrorCode::invalidArgument, "its body is no JSON object"};
            document = std::move(value.get_object());
        } else {
            document[options_.bodyField] = validUtf8(body);
        }
        for (const auto& [name, value] : headers.entries()) {
            const bool wanted =
                options_.allHeaders || std::ranges::find(options_.headers, name) != options_.headers.end();
            if (wanted || name == options_.idField) document.emplace(validUtf8(name), validUtf8(value));
        }
        if (!document.contains(options_.idField)) {
            if (id.empty()) id = randomId();
            document[options_.idField] = id;
        }
        return json::serialize(document);
    }

    std::string randomId() {
        std::string text;
        for (const auto byte : services().random->uuid())
            text += fmt::format("{:02x}", byte);
        return text;
    }

    Status post(std::span<const Document> documents) {
        constexpr int kWrong = 400, kTooLarge = 413;
        if (documents.empty()) return ok();
        std::string body;
        for (const Document& document : documents)
            body += (body.empty() ? '[' : ',') + document.text;
        body += ']';
        const auto answer = exchange_.send({.method = "POST",
                                            .address = options_.place.url.address,
                                            .target = options_.place.url.target,
                                            .headers = {{"Content-Type", "application/json"}},
                                            .body = std::move(body)});
        if (!answer) return answer.error();
        if (answer->status / 100 == 2) return ok();
        const bool aboutDocuments = answer->status == kWrong || answer->status == kTooLarge;
        if (aboutDocuments && documents.size() > 1) {
            // Those before the wrong one may be there already: sent again, they replace themselves.
            MILLRACE_TRY(post(documents.first(documents.size() / 2)));
            return post(documents.subspan(documents.size() / 2));
        }
        if (!aboutDocuments)
            return failure(ErrorCode::protocol, "search-answered",
                           {options_.place.url.address.toString(), std::to_string(answer->status), answer->body});
        const Document& wrong = documents.front();
        rejected_.add(RejectedEvents::By::server, wrong.batch->headers(wrong.index), wrong.batch->body(wrong.index),
                      solrReason(*answer));
        return ok();
    }

    const SolrOptions options_;
    HttpExchange exchange_;
    RejectedEvents rejected_;
    GivenIds given_;
};

Result<std::unique_ptr<Sink>> makeSolrSink(Settings& settings, const ComponentServices& services) {
    auto options = readSolrOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<SolrSink>(std::move(*options), services));
}

} // namespace

MILLRACE_COMPONENT(SolrSink, "millrace.SolrSink", &makeSolrSink)

} // namespace millrace::flume
