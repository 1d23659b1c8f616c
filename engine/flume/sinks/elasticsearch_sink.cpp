#include "flume/registry.h"
#include "flume/sentences.h"
#include "flume/sinks/elasticsearch_cluster.h"
#include "flume/sinks/elasticsearch_time.h"
#include "flume/sinks/escapes.h"
#include "flume/support/batch_sink.h"
#include "flume/support/rejected_events.h"
#include "java/java_number.h"

#include "catalog/check_support.h"

#include <fmt/core.h>

namespace millrace::flume {

namespace {

constexpr std::string_view kRestPort = "9200";
constexpr std::string_view kTransportPort = "9300";
constexpr std::string_view kTimeBased = "org.apache.flume.sink.elasticsearch.TimeBasedIndexNameBuilder";
constexpr std::string_view kSimple = "org.apache.flume.sink.elasticsearch.SimpleIndexNameBuilder";

struct ElasticsearchOptions {
    std::vector<HttpPlace> hosts;
    std::string indexName, indexType;
    bool indexHasDay = true;
    std::size_t batchSize = 100;
    std::optional<std::int64_t> lifeTime;
    std::optional<std::string> clusterName; ///< when the file names one
    MakeSerializer documents;
};

/// Port 9300 is where the transport protocol is spoken, which is Java's; the same server answers HTTP at 9200.
Result<HttpPlace> placeOf(std::string host, bool transport) {
    if (host.find("://") == std::string::npos) {
        const auto colon = host.rfind(':');
        const bool hasPort = colon != std::string::npos && !host.ends_with(']');
        if (!hasPort)
            host += ':' + std::string(kRestPort);
        else if (transport && std::string_view(host).substr(colon + 1) == kTransportPort)
            host.replace(colon + 1, std::string::npos, kRestPort);
        host = "http://" + host;
    }
    return httpPlace(host);
}

Error atProperty(const Settings& settings, std::string_view key, const std::string& problem) {
    return {ErrorCode::invalidArgument, fmt::format("{}: {} {}", settings.who(), key, problem), false};
}

Status readHosts(Settings& settings, ElasticsearchOptions& options) {
    const bool transport = settings.text("client") != "rest";
    (void)settings.group("client"); // of Java's clients
    for (const std::string& host : settings.list("hostNames")) {
        auto place = placeOf(host, transport);
        if (!place) return place.error().in(settings.who() + ": hostNames");
        options.hosts.push_back(std::move(*place));
    }
    MILLRACE_TRY(settings.status());
    if (options.hosts.empty()) return atProperty(settings, "hostNames", "names no host");
    return ok();
}

Status readIndex(Settings& settings, ElasticsearchOptions& options) {
    options.indexName = settings.text("indexName");
    options.indexType = settings.text("indexType");
    const std::string builder = settings.text("indexNameBuilder");
    // As Flume's code, which looks for these where they are not.
    (void)settings.textIfSet("indexNameBuilder.dateFormat");
    (void)settings.textIfSet("indexNameBuilder.timeZone");
    (void)settings.group("indexNameBuilder");
    options.indexHasDay = builder == kTimeBased;
    if (builder != kTimeBased && builder != kSimple)
        return {Error{ErrorCode::unsupported,
                      fmt::format("{}: indexNameBuilder = {} does not run here; {} and {} do", settings.who(), builder,
                                  kTimeBased, kSimple),
                      false}};
    // What fails for one event fails for all.
    const HeaderSet timed = HeaderSet().with("timestamp", "0");
    for (const auto* name : {&options.indexName, &options.indexType})
        if (auto expanded = expandEscapes(*name, timed); !expanded)
            return expanded.error().in(settings.who() + ": " + *name);
    return ok();
}

Result<ElasticsearchOptions> readElasticsearchOptions(Settings& settings, const ComponentServices& services) {
    ElasticsearchOptions options;
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batchSize")));
    const std::string cluster = settings.text("clusterName");
    if (settings.isSet("clusterName")) options.clusterName = cluster;
    const auto lifeTimeText = settings.textIfSet("ttl");
    if (lifeTimeText) options.lifeTime = lifeTime(*lifeTimeText);
    const std::string serializer = settings.text("serializer");
    const auto own = settings.group("serializer");
    MILLRACE_TRY(readHosts(settings, options));
    MILLRACE_TRY(readIndex(settings, options));
    if (lifeTimeText && !options.lifeTime)
        return atProperty(settings, "ttl",
                          fmt::format("= {} is no life time such as 5d, 2h, 30m, 10s or 500ms", *lifeTimeText));
    auto documents = serializerMaker(serializer, {own.begin(), own.end()}, services);
    if (!documents || serializer.find(".elasticsearch.") == std::string::npos)
        return atProperty(settings, "serializer",
                          fmt::format("= {} does not run here; ElasticSearchLogStashEventSerializer and "
                                      "ElasticSearchDynamicSerializer do",
                                      serializer));
    options.documents = std::move(*documents);
    return options;
}

/// org.apache.flume.sink.elasticsearch.ElasticSearchSink of Flume 1.9, over the servers' REST interface. What a server
/// is too busy for is sent again by itself; what it refuses for its content is set aside (RejectedEvents), unless it
/// takes nothing at all; everything else it refuses keeps the batch in the channel.
class ElasticsearchSink final : public BatchSink {
public:
    ElasticsearchSink(ElasticsearchOptions options, const ComponentServices& services)
        : BatchSink(services, options.batchSize, FlumeCounter::eventWriteFail),
          options_(std::move(options)),
          documents_(options_.documents()),
          cluster_(options_.hosts, services),
          rejected_(services) {}

    Status start() override {
        cluster_.start();
        told_ = false;
        return ok();
    }
    void stop() override { cluster_.stop(); }
    void interrupt() override { cluster_.interrupt(); }
    Status reconfigure(const catalog::ComponentConfig& config) override {
        Settings settings(config);
        auto options = readElasticsearchOptions(settings, services());
        if (!options) return std::move(options).error();
        setBatchSize(options->batchSize);
        return ok();
    }

private:
    struct Entry {
        const EventBatch* batch;
        std::size_t index;
        std::string text; ///< action and document
    };
    using Entries = std::vector<Entry>;

    Status send(std::span<const EventRange> events, std::size_t count) override {
        constexpr int kTries = 5;
        constexpr std::chrono::milliseconds kFirstPause{500};
        auto server = cluster_.server();
        if (!server) return std::move(server).error();
        tell(*server);
        rejected_.clear();
        Entries entries = entriesOf(events, count, *server);
        std::string reason;
        for (int tried = 1;; ++tried) {
            Entries again;
            MILLRACE_TRY(post(entries, again, reason));
            if (again.empty()) return rejected_.store(count);
            if (tried == kTries)
                return failure(ErrorCode::full, "search-busy", {cluster_.name(), std::to_string(again.size()), reason});
            if (!cluster_.pause(kFirstPause * (1 << (tried - 1))))
                return Error{ErrorCode::cancelled, "stopped while the server was busy", true};
            entries = std::move(again);
        }
    }

    /// What the settings say and this server has not; once.
    void tell(const SearchServer& server) {
        if (std::exchange(told_, true)) return;
        services().log->info(services().id, "{} is {} {}", cluster_.name(),
                             server.openSearch ? "OpenSearch" : "Elasticsearch", server.number);
        if (options_.lifeTime && !server.hasLifeTimes())
            services().log->warning(services().id, "ttl has no effect: only Elasticsearch before 5 has life times");
        if (options_.clusterName && *options_.clusterName != server.cluster)
            services().log->warning(services().id, "the cluster at {} is called {}, not {}", cluster_.name(),
                                    server.cluster, *options_.clusterName);
    }

    Entries entriesOf(std::span<const EventRange> events, std::size_t count, const SearchServer& server) {
        Entries entries;
        entries.reserve(count);
        for (const EventRange& range : events)
            for (std::size_t i = range.first; i < range.last; ++i) {
                auto text = textOf(range.batch->headers(i), range.batch->body(i), server);
                if (text)
                    entries.push_back({range.batch.get(), i, std::move(*text)});
                else
                    rejected_.add(RejectedEvents::By::sink, range.batch->headers(i), range.batch->body(i),
                                  text.error().message);
            }
        return entries;
    }

    Result<std::string> textOf(const HeaderSet& given, std::string_view body, const SearchServer& server) {
        HeaderSet headers = given;
        const std::string* stamp = headers.find("timestamp");
        if (!stamp || java::javaTrim(*stamp).empty()) stamp = headers.find("@timestamp");
        const bool stamped = stamp && !java::javaTrim(*stamp).empty();
        const auto time = stamped ? java::parseJavaLong(*stamp) : std::optional(services().clock->epochMs());
        const std::string day = time ? utcDay(*time) : std::string();
        if (day.empty()) return Error{ErrorCode::invalidArgument, "its header timestamp is no time in milliseconds"};
        if (!stamped) headers = headers.with("timestamp", std::to_string(*time));
        auto index = expandEscapes(options_.indexName, headers);
        auto type = expandEscapes(options_.indexType, headers);
        if (!index || !type) return index ? type.error() : index.error();
        if (options_.indexHasDay) *index += '-' + day;
        std::string text;
        appendBulkAction({std::move(*index), std::move(*type), options_.lifeTime}, server, text);
        documents_->add(headers, body, text);
        text += '\n';
        return text;
    }

    /// What may be tried once more is added to `again`.
    Status post(std::span<Entry> entries, Entries& again, std::string& reason) {
        constexpr int kTooLarge = 413, kTooMany = 429, kOutOfOrder = 503;
        if (entries.empty()) return ok();
        std::string body;
        for (const Entry& entry : entries)
            body += entry.text;
        // PUT, which the servers take like POST, may be repeated when a kept connection turns out to be closed.
        const auto answer = cluster_.call("PUT", "/_bulk", body);
        if (!answer) return answer.error();
        if (answer->status == kTooLarge && entries.size() > 1) {
            MILLRACE_TRY(post(entries.first(entries.size() / 2), again, reason));
            return post(entries.subspan(entries.size() / 2), again, reason);
        }
        if (answer->status == 200) return judge(entries, answer->body, again, reason);
        reason = fmt::format("{} {}", answer->status, answer->body);
        if (answer->status == kTooLarge) {
            reject(entries.front(), "it is larger than the server takes (413)");
        } else if (answer->status == kTooMany || answer->status == kOutOfOrder) {
            std::move(entries.begin(), entries.end(), std::back_inserter(again));
        } else {
            return failure(ErrorCode::protocol, "search-answered",
                           {cluster_.name(), std::to_string(answer->status), answer->body});
        }
        return ok();
    }

    Status judge(std::span<Entry> entries, std::string_view answer, Entries& again, std::string& reason) {
        using Fate = BulkOutcome::Fate;
        auto outcomes = readBulkAnswer(answer, entries.size());
        if (!outcomes) return outcomes.error().in(cluster_.name());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const BulkOutcome& outcome = (*outcomes)[i];
            if (outcome.fate == Fate::refused)
                return failure(ErrorCode::denied, "search-refused", {cluster_.name(), outcome.reason});
            if (outcome.fate == Fate::rejected) reject(entries[i], outcome.reason);
            if (outcome.fate != Fate::again) continue;
            reason = outcome.reason;
            again.push_back(std::move(entries[i]));
        }
        return ok();
    }

    void reject(const Entry& entry, const std::string& reason) {
        rejected_.add(RejectedEvents::By::server, entry.batch->headers(entry.index), entry.batch->body(entry.index),
                      reason);
    }

    const ElasticsearchOptions options_;
    const std::unique_ptr<EventSerializer> documents_;
    SearchCluster cluster_;
    RejectedEvents rejected_;
    bool told_ = false;
};

Result<std::unique_ptr<Sink>> makeElasticsearchSink(Settings& settings, const ComponentServices& services) {
    auto options = readElasticsearchOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<ElasticsearchSink>(std::move(*options), services));
}

} // namespace

MILLRACE_COMPONENT(ElasticSearchSink, "org.apache.flume.sink.elasticsearch.ElasticSearchSink", &makeElasticsearchSink)

} // namespace millrace::flume
