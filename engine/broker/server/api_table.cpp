#include "broker/server/api_table.h"

#include "broker/server/context.h"
#include "broker/handlers/handlers.h"
#include "wire/error_code.h"
#include "wire/messages/header.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/create_partitions.h"
#include "wire/messages/create_topics.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/describe_cluster.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/describe_groups.h"
#include "wire/messages/describe_log_dirs.h"
#include "wire/messages/fetch.h"
#include "wire/messages/find_coordinator.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/incremental_alter_configs.h"
#include "wire/messages/init_producer_id.h"
#include "wire/messages/join_group.h"
#include "wire/messages/leave_group.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/list_offsets.h"
#include "wire/messages/metadata.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/offset_delete.h"
#include "wire/messages/offset_fetch.h"
#include "wire/messages/offset_for_leader_epoch.h"
#include "wire/messages/produce.h"
#include "wire/messages/sync_group.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

namespace {

/// An answer has an entry for each one of a request, several times as large. One topic has 100,000 partitions at most,
/// and a request that creates it with an assignment names each of them twice.
constexpr std::size_t kMaxElements = 250'000;

template <typename Response>
std::vector<Bytes> frameOf(const Response& response, wire::Version version, std::int32_t correlationId) {
    wire::Writer writer(0, false);
    writer.beginFrame();
    wire::writeResponseHeader(writer, Response::kApi, version, correlationId);
    writer.field(response);
    return writer.finish();
}

template <typename Request, typename Response, Answer<Response> (*handler)(const Request&, const Call&, Context&)>
Result<std::function<void()>> serve(wire::Reader& reader, std::int32_t correlationId, const Call& call,
                                    Context& context, Deliver deliver) {
    Request request;
    reader.field(request);
    if (auto status = reader.status(); !status)
        return status.error().in(fmt::format("{} v{} request", Request::kApi.name, call.version));
    Answer<Response> answer = handler(request, call, context);
    if (const auto* silence = std::get_if<Silence>(&answer)) {
        deliver({silence->close ? Outcome::Kind::close : Outcome::Kind::silence, {}});
    } else if (auto* pending = std::get_if<Pending<Response>>(&answer)) {
        pending->then([deliver = std::move(deliver), version = call.version, correlationId](Response response) {
            deliver({Outcome::Kind::answer, frameOf(response, version, correlationId)});
        });
        return std::function<void()>([pending = *pending] { pending.abandon(); });
    } else {
        deliver({Outcome::Kind::answer, frameOf(std::get<Response>(answer), call.version, correlationId)});
    }
    return std::function<void()>();
}

#define MILLRACE_API(name, handler)                                                                                    \
    { &wire::k##name, serve<wire::name##Request, wire::name##Response, handler> }
constexpr ApiRow kTable[] = {
    MILLRACE_API(Produce, produce),
    MILLRACE_API(Fetch, fetch),
    MILLRACE_API(ListOffsets, listOffsets),
    MILLRACE_API(Metadata, metadata),
    MILLRACE_API(OffsetCommit, offsetCommit),
    MILLRACE_API(OffsetFetch, offsetFetch),
    MILLRACE_API(FindCoordinator, findCoordinator),
    MILLRACE_API(JoinGroup, joinGroup),
    MILLRACE_API(Heartbeat, heartbeat),
    MILLRACE_API(LeaveGroup, leaveGroup),
    MILLRACE_API(SyncGroup, syncGroup),
    MILLRACE_API(DescribeGroups, describeGroups),
    MILLRACE_API(ListGroups, listGroups),
    MILLRACE_API(ApiVersions, apiVersions),
    MILLRACE_API(CreateTopics, createTopics),
    MILLRACE_API(DeleteTopics, deleteTopics),
    MILLRACE_API(DeleteRecords, deleteRecords),
    MILLRACE_API(InitProducerId, initProducerId),
    MILLRACE_API(OffsetForLeaderEpoch, offsetForLeaderEpoch),
    MILLRACE_API(DescribeConfigs, describeConfigs),
    MILLRACE_API(AlterConfigs, alterConfigs),
    MILLRACE_API(DescribeLogDirs, describeLogDirs),
    MILLRACE_API(CreatePartitions, createPartitions),
    MILLRACE_API(DeleteGroups, deleteGroups),
    MILLRACE_API(IncrementalAlterConfigs, incrementalAlterConfigs),
    MILLRACE_API(OffsetDelete, offsetDelete),
    MILLRACE_API(DescribeCluster, describeCluster),
};
#undef MILLRACE_API

/// A version that is not spoken yet is answered in the form every client can read, with the versions it may retry at.
Outcome unsupportedApiVersions(std::int32_t correlationId) {
    wire::ApiVersionsResponse response;
    response.errorCode = wire::error::kUnsupportedVersion;
    response.apiKeys.push_back({wire::kApiVersions.key, wire::kApiVersions.min, wire::kApiVersions.max});
    return {Outcome::Kind::answer, frameOf(response, 0, correlationId)};
}

} // namespace

std::span<const ApiRow> apiTable() {
    return kTable;
}

const ApiRow* findApi(std::int16_t key) {
    const auto it = std::lower_bound(std::begin(kTable), std::end(kTable), key,
                                     [](const ApiRow& row, std::int16_t k) { return row.api->key < k; });
    return it != std::end(kTable) && it->api->key == key ? it : nullptr;
}

Result<std::function<void()>> serveRequest(Bytes frame, Call call, Context& context, Deliver deliver) {
    wire::Reader reader(std::move(frame), 0, false);
    reader.allowElements(kMaxElements);
    const wire::RequestHeader header = wire::readRequestHeader(reader);
    if (auto status = reader.status(); !status) return status.error().in("request header");
    const ApiRow* row = findApi(header.apiKey);
    if (!row) return Error{ErrorCode::protocol, fmt::format("unknown API key {}", header.apiKey)};
    if (!row->api->has(header.apiVersion)) {
        if (row->api->key != wire::kApiVersions.key)
            return Error{ErrorCode::protocol,
                         fmt::format("{} version {} is not supported", row->api->name, header.apiVersion)};
        deliver(unsupportedApiVersions(header.correlationId));
        return std::function<void()>();
    }
    wire::endHeader(reader, *row->api, header.apiVersion);
    call.version = header.apiVersion;
    call.clientId = header.clientId.value_or("");
    return row->serve(reader, header.correlationId, call, context, std::move(deliver));
}

std::string apiCoverage() {
    std::string page = "| Key | API | Versions |\n|---|---|---|\n";
    for (const ApiRow& row : kTable)
        page += row.api->min == row.api->max
                    ? fmt::format("| {} | {} | {} |\n", row.api->key, row.api->name, row.api->max)
                    : fmt::format("| {} | {} | {}–{} |\n", row.api->key, row.api->name, row.api->min, row.api->max);
    return page;
}

} // namespace millrace::broker
