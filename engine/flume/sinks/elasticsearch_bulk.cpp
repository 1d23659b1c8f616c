#include "flume/sinks/elasticsearch_bulk.h"

#include "flume/support/event_json.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace millrace::flume {

namespace {

namespace json = boost::json;

Error notAnswer(const std::string& why) {
    return {ErrorCode::protocol, "the answer is none of Elasticsearch or OpenSearch: " + why, true};
}

std::string textMember(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Result<json::value> parsedAnswer(std::string_view answer) {
    boost::system::error_code error;
    auto value = json::parse(json::string_view(answer.data(), answer.size()), error);
    if (error) return notAnswer("no JSON");
    if (!value.is_object()) return notAnswer("no object");
    return value;
}

/// Until version 2 an error is text, later an object.
std::string typeOf(const json::value* error) {
    return error && error->is_object() ? textMember(error->get_object(), "type") : std::string();
}
std::string reasonOf(const json::value* error) {
    if (!error) return "no reason given";
    if (error->is_string()) return std::string(error->get_string());
    if (!error->is_object()) return json::serialize(*error);
    std::string reason = textMember(error->get_object(), "type") + ": " + textMember(error->get_object(), "reason");
    const auto* cause = error->get_object().if_contains("caused_by");
    if (cause && cause->is_object()) reason += " (" + textMember(cause->get_object(), "reason") + ')';
    return reason;
}

/// Status 400 says that the document is wrong, but for these.
bool isAboutTheIndex(std::string_view type) {
    constexpr std::string_view kTypes[] = {"invalid_index_name_exception", "invalid_type_name_exception",
                                           "index_closed_exception"};
    return std::ranges::find(kTypes, type) != std::end(kTypes);
}

BulkOutcome outcomeOf(std::int64_t status, const json::value* error) {
    using Fate = BulkOutcome::Fate;
    if (status / 100 == 2) return {};
    const std::string reason = fmt::format("{}, {}", status, reasonOf(error));
    if (status == 429 || status >= 500) return {Fate::again, reason};
    if (status == 400 && !isAboutTheIndex(typeOf(error))) return {Fate::rejected, reason};
    return {Fate::refused, reason};
}

} // namespace

Result<SearchServer> readSearchServer(std::string_view answer) {
    const auto value = parsedAnswer(answer);
    if (!value) return value.error();
    const auto* version = value->get_object().if_contains("version");
    if (!version || !version->is_object()) return notAnswer("it has no version");
    SearchServer server;
    server.number = textMember(version->get_object(), "number");
    server.openSearch = textMember(version->get_object(), "distribution") == "opensearch";
    server.cluster = textMember(value->get_object(), "cluster_name");
    const char* end = server.number.data() + server.number.size();
    if (std::from_chars(server.number.data(), end, server.major).ec != std::errc())
        return notAnswer("its version is \"" + server.number + "\"");
    return server;
}

void appendBulkAction(const BulkTarget& target, const SearchServer& server, std::string& out) {
    out += "{\"index\":{\"_index\":";
    appendJsonString(target.index, out);
    if (server.hasTypes()) {
        out += ",\"_type\":";
        appendJsonString(target.type, out);
    }
    if (target.lifeTime && server.hasLifeTimes()) out += fmt::format(",\"_ttl\":\"{}ms\"", *target.lifeTime);
    out += "}}\n";
}

Result<std::vector<BulkOutcome>> readBulkAnswer(std::string_view answer, std::size_t count) {
    const auto value = parsedAnswer(answer);
    if (!value) return value.error();
    const auto* items = value->get_object().if_contains("items");
    if (!items || !items->is_array() || items->get_array().size() != count)
        return notAnswer(fmt::format("it does not tell of {} documents", count));
    std::vector<BulkOutcome> outcomes;
    outcomes.reserve(count);
    for (const json::value& item : items->get_array()) {
        // One member, called like what was asked for: "index", or "create" before version 5.
        const json::object* named = item.if_object();
        const json::object* told = named && named->size() == 1 ? named->begin()->value().if_object() : nullptr;
        const auto* status = told ? told->if_contains("status") : nullptr;
        if (!status || !status->is_int64()) return notAnswer("a document has no status");
        outcomes.push_back(outcomeOf(status->get_int64(), told->if_contains("error")));
    }
    return outcomes;
}

} // namespace millrace::flume
