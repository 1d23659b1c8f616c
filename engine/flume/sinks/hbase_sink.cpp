#include "flume/registry.h"
#include "flume/sentences.h"
#include "flume/sinks/hbase_rows.h"
#include "flume/support/batch_sink.h"
#include "flume/support/http_exchange.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

namespace millrace::flume {

namespace {

constexpr std::chrono::milliseconds kHbaseTimeout{60'000};

struct HbaseOptions {
    HttpPlace gateway;
    std::string table, family;
    std::size_t batchSize = 100;
    std::chrono::milliseconds timeout = kHbaseTimeout;
    MakeSerializer rows;
    std::optional<Error> refused; ///< of the start
};

Error cannotRunHbase(const Settings& settings, const std::string& problem) {
    return {ErrorCode::unsupported, settings.who() + ": " + problem, false};
}

/// Of the properties that all three sinks have. ZooKeeper leads to HBase's own protocol, which is not spoken here, and
/// increments are added up in any case, because each is a request.
Status readTable(Settings& settings, const ComponentServices& services, HbaseOptions& options) {
    options.table = settings.text("table");
    options.family = settings.text("columnFamily");
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batchSize")));
    const auto gateway = settings.textIfSet("restGateway");
    (void)settings.list("zookeeperQuorum");
    (void)settings.text("znodeParent");
    (void)settings.flag("coalesceIncrements");
    (void)settings.flag("enableWal"); // the gateway writes to the log always
    const std::string serializer = settings.text("serializer");
    const auto own = settings.group("serializer");
    MILLRACE_TRY(settings.status());
    if (!gateway)
        return cannotRunHbase(settings,
                              "restGateway is missing: set it to the address of HBase's REST gateway, such as "
                              "http://localhost:8080, because HBase's own protocol is Java's");
    auto place = httpPlace(*gateway);
    if (!place) return place.error().in(settings.who() + ": restGateway");
    options.gateway = std::move(*place);
    auto rows = serializerMaker(serializer, {own.begin(), own.end()}, services);
    if (!rows) return rows.error().in(settings.who() + ": serializer");
    if (!dynamic_cast<HbaseSerializer*>((*rows)().get()))
        return cannotRunHbase(settings, fmt::format("serializer = {} makes no rows of HBase", serializer));
    options.rows = std::move(*rows);
    return ok();
}

using ReadHbase = Result<HbaseOptions> (*)(Settings&, const ComponentServices&);

/// hbase and hbase2.
Result<HbaseOptions> readSynchronous(Settings& settings, const ComponentServices& services) {
    HbaseOptions options;
    const bool kerberos = settings.isSet("kerberosPrincipal") || settings.isSet("kerberosKeytab");
    (void)settings.textIfSet("kerberosPrincipal");
    (void)settings.textIfSet("kerberosKeytab");
    MILLRACE_TRY(readTable(settings, services, options));
    if (kerberos)
        options.refused =
            cannotRunHbase(settings, "kerberosPrincipal: Kerberos does not run here; run this sink in Apache Flume");
    return options;
}

Result<HbaseOptions> readAsynchronous(Settings& settings, const ComponentServices& services) {
    HbaseOptions options;
    options.timeout = settings.duration("timeout");
    (void)settings.number("maxConsecutiveFails");
    (void)settings.group("async"); // of Java's client
    MILLRACE_TRY(readTable(settings, services, options));
    return options;
}

/// The HBase sinks of Flume over HBase's REST gateway: the rows of a batch are one request, then each counter that they
/// raise is one. When one of these fails all of the batch comes again, as in Flume.
class HbaseSink final : public BatchSink {
public:
    HbaseSink(HbaseOptions options, ReadHbase read, const ComponentServices& services)
        : BatchSink(services, options.batchSize, FlumeCounter::eventWriteFail),
          options_(std::move(options)),
          read_(read),
          made_(options_.rows()),
          serializer_(dynamic_cast<HbaseSerializer&>(*made_)),
          exchange_(services,
                    {.timeout = options_.timeout, .keepFor = kKeepForPost, .transport = options_.gateway.transport}) {}

    Status start() override {
        if (options_.refused) return *options_.refused;
        exchange_.start();
        return ok();
    }
    void stop() override { exchange_.stop(); }
    void interrupt() override { exchange_.interrupt(); }
    Status reconfigure(const catalog::ComponentConfig& config) override {
        Settings settings(config);
        auto options = read_(settings, services());
        if (!options) return std::move(options).error();
        setBatchSize(options->batchSize);
        return ok();
    }

private:
    Status send(std::span<const EventRange> events, std::size_t) override {
        HbaseWrites writes;
        for (const EventRange& range : events)
            for (std::size_t i = range.first; i < range.last; ++i)
                serializer_.write(range.batch->headers(i), range.batch->body(i), writes);
        if (!writes.rows.empty()) MILLRACE_TRY(call("PUT", "rows", hbaseRowsJson(writes.rows, options_.family)));
        for (const auto& [counter, by] : writes.increments) {
            const auto& [row, qualifier] = counter;
            const HbaseWrites::Row raised{row, {{qualifier, std::to_string(by)}}};
            MILLRACE_TRY(call("POST", pathSegment(row) + "?check=increment", hbaseRowsJson({raised}, options_.family)));
        }
        return ok();
    }

    /// The row in the path counts where the rows of the body have no keys, which they always have.
    Status call(const std::string& method, const std::string& row, std::string body) {
        std::string base = options_.gateway.url.target;
        if (!base.ends_with('/')) base += '/';
        const auto answer =
            exchange_.send({.method = method,
                            .address = options_.gateway.url.address,
                            .target = base + pathSegment(options_.table) + '/' + row,
                            .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
                            .body = std::move(body)});
        if (!answer) return answer.error();
        if (answer->status / 100 == 2) return ok();
        return failure(ErrorCode::protocol, "search-answered",
                       {options_.gateway.url.address.toString(), std::to_string(answer->status), answer->body});
    }

    const HbaseOptions options_;
    const ReadHbase read_;
    const std::unique_ptr<EventSerializer> made_;
    HbaseSerializer& serializer_; ///< made_
    HttpExchange exchange_;
};

template <ReadHbase read>
Result<std::unique_ptr<Sink>> makeHbaseSink(Settings& settings, const ComponentServices& services) {
    auto options = read(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<HbaseSink>(std::move(*options), read, services));
}

} // namespace

MILLRACE_COMPONENT(HbaseSink, "org.apache.flume.sink.hbase.HBaseSink", &makeHbaseSink<&readSynchronous>)
MILLRACE_COMPONENT(Hbase2Sink, "org.apache.flume.sink.hbase2.HBase2Sink", &makeHbaseSink<&readSynchronous>)
MILLRACE_COMPONENT(AsyncHbaseSink, "org.apache.flume.sink.hbase.AsyncHBaseSink", &makeHbaseSink<&readAsynchronous>)

} // namespace millrace::flume
