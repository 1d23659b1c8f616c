#include "flume/registry.h"
#include "flume/sentences.h"
#include "flume/support/http_exchange.h"

#include "catalog/check_support.h"

#include <fmt/core.h>

#include <map>
#include <string>

namespace millrace::flume {

namespace {

/// What holds for an answer: the rule of its status ("503"), else of its class ("5XX"), else the default.
struct StatusRule {
    bool fallback = false;
    std::map<std::string, std::string> byCode;

    bool of(int status) const {
        auto found = byCode.find(std::to_string(status));
        if (found == byCode.end()) found = byCode.find(fmt::format("{}XX", status / 100));
        return found == byCode.end() ? fallback : catalog::equalsIgnoringCase(found->second, "true");
    }
};

struct HttpSinkOptions {
    HttpPlace place;
    std::chrono::milliseconds timeout{10'000};
    net::HttpHeaders headers;
    StatusRule backoff, rollback, counts;
};

Result<HttpSinkOptions> readHttpSinkOptions(Settings& settings) {
    HttpSinkOptions options;
    const std::string endpoint = settings.text("endpoint");
    options.timeout = settings.duration("connectTimeout") + settings.duration("requestTimeout");
    options.headers = {{"Content-Type", settings.text("contentTypeHeader")}, {"Accept", settings.text("acceptHeader")}};
    options.backoff = {settings.flag("defaultBackoff"), settings.group("backoff")};
    options.rollback = {settings.flag("defaultRollback"), settings.group("rollback")};
    options.counts = {settings.flag("defaultIncrementMetrics"), settings.group("incrementMetrics")};
    MILLRACE_TRY(settings.status());
    auto place = httpPlace(endpoint);
    if (!place) return place.error().in(settings.who() + ": endpoint");
    options.place = std::move(*place);
    return options;
}

/// org.apache.flume.sink.http.HttpSink: one request for each event, whose answer decides by its status. As in Flume it
/// never throws, so that a group does not fail over; an event without a body is taken and not sent.
class HttpSink final : public Sink {
public:
    HttpSink(HttpSinkOptions options, const ComponentServices& services)
        : options_(std::move(options)),
          services_(services),
          exchange_(services,
                    {.timeout = options_.timeout, .keepFor = kKeepForPost, .transport = options_.place.transport}) {}

    Status start() override {
        exchange_.start();
        return ok();
    }
    void stop() override { exchange_.stop(); }
    void interrupt() override { exchange_.interrupt(); }

    Result<Cycle> cycle(Transaction& transaction) override {
        transaction.begin();
        auto done = takeAndSend(transaction);
        transaction.recover();
        return done;
    }

private:
    Counter& counter(FlumeCounter counter) { return (*services_.counters)[counter]; }

    Result<Cycle> takeAndSend(Transaction& transaction) {
        const auto taken = transaction.take(1);
        if (!taken) return failed(FlumeCounter::channelReadFail, taken.error());
        const bool isEvent = eventCount(*taken) > 0;
        const std::string_view body = isEvent ? taken->front().batch->body(taken->front().first) : std::string_view();
        if (body.empty()) {
            const Cycle next = isEvent ? Cycle::ready() : Cycle::idle();
            if (!isEvent) counter(FlumeCounter::batchEmpty).addFromOwner(1);
            return committed(transaction, next);
        }
        counter(FlumeCounter::eventDrainAttempt).addFromOwner(1);
        const auto answer = exchange_.send({.method = "POST",
                                            .address = options_.place.url.address,
                                            .target = options_.place.url.target,
                                            .headers = options_.headers,
                                            .body = std::string(body)});
        if (!answer) return failed(FlumeCounter::eventWriteFail, answer.error());
        return judged(transaction, answer->status);
    }

    Result<Cycle> judged(Transaction& transaction, int status) {
        const bool again = options_.rollback.of(status);
        const bool pauses = options_.backoff.of(status);
        const std::string where = options_.place.url.address.toString();
        // A status that means success is no reason to hold up the next event.
        if (!again) {
            if (options_.counts.of(status)) counter(FlumeCounter::eventDrainSuccess).addFromOwner(1);
            if (!pauses || status / 100 == 2) return committed(transaction, Cycle::ready());
            return committed(transaction, Cycle::backoff(failure(ErrorCode::io, "http-not-sent-again",
                                                                 {where, std::to_string(status)})));
        }
        if (options_.counts.of(status)) counter(FlumeCounter::eventDrainSuccess).addFromOwner(1);
        if (!pauses) return Cycle::ready();
        return Cycle::backoff(failure(ErrorCode::io, "http-sent-again", {where, std::to_string(status)}));
    }

    Result<Cycle> committed(Transaction& transaction, Cycle next) {
        if (Status done = transaction.commit(); !done)
            return failed(FlumeCounter::channelReadFail, std::move(done).error());
        return next;
    }

    Result<Cycle> failed(FlumeCounter by, Error error) {
        counter(by).addFromOwner(1);
        return Cycle::backoff(std::move(error));
    }

    const HttpSinkOptions options_;
    const ComponentServices services_;
    HttpExchange exchange_;
};

Result<std::unique_ptr<Sink>> makeHttpSink(Settings& settings, const ComponentServices& services) {
    auto options = readHttpSinkOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<HttpSink>(std::move(*options), services));
}

} // namespace

MILLRACE_COMPONENT(HttpSink, "org.apache.flume.sink.http.HttpSink", &makeHttpSink)

} // namespace millrace::flume
