#pragma once

#include "broker/server/answer.h"

/// One function for each API, in a file of its own named after it. They check, act on the Context and answer; they know
/// no socket, no thread and no time but the Context's clock.
namespace millrace::wire {
struct AlterConfigsRequest;
struct AlterConfigsResponse;
struct ApiVersionsRequest;
struct ApiVersionsResponse;
struct CreatePartitionsRequest;
struct CreatePartitionsResponse;
struct CreateTopicsRequest;
struct CreateTopicsResponse;
struct DeleteGroupsRequest;
struct DeleteGroupsResponse;
struct DeleteRecordsRequest;
struct DeleteRecordsResponse;
struct DeleteTopicsRequest;
struct DeleteTopicsResponse;
struct DescribeClusterRequest;
struct DescribeClusterResponse;
struct DescribeConfigsRequest;
struct DescribeConfigsResponse;
struct DescribeGroupsRequest;
struct DescribeGroupsResponse;
struct DescribeLogDirsRequest;
struct DescribeLogDirsResponse;
struct FetchRequest;
struct FetchResponse;
struct FindCoordinatorRequest;
struct FindCoordinatorResponse;
struct HeartbeatRequest;
struct HeartbeatResponse;
struct IncrementalAlterConfigsRequest;
struct IncrementalAlterConfigsResponse;
struct InitProducerIdRequest;
struct InitProducerIdResponse;
struct JoinGroupRequest;
struct JoinGroupResponse;
struct LeaveGroupRequest;
struct LeaveGroupResponse;
struct ListGroupsRequest;
struct ListGroupsResponse;
struct ListOffsetsRequest;
struct ListOffsetsResponse;
struct MetadataRequest;
struct MetadataResponse;
struct OffsetCommitRequest;
struct OffsetCommitResponse;
struct OffsetDeleteRequest;
struct OffsetDeleteResponse;
struct OffsetFetchRequest;
struct OffsetFetchResponse;
struct OffsetForLeaderEpochRequest;
struct OffsetForLeaderEpochResponse;
struct ProduceRequest;
struct ProduceResponse;
struct SyncGroupRequest;
struct SyncGroupResponse;
} // namespace millrace::wire

namespace millrace::broker {

struct Call;
struct Context;

Answer<wire::AlterConfigsResponse> alterConfigs(const wire::AlterConfigsRequest& request, const Call& call,
                                                Context& context);
Answer<wire::ApiVersionsResponse> apiVersions(const wire::ApiVersionsRequest& request, const Call& call,
                                              Context& context);
Answer<wire::CreatePartitionsResponse> createPartitions(const wire::CreatePartitionsRequest& request, const Call& call,
                                                        Context& context);
Answer<wire::CreateTopicsResponse> createTopics(const wire::CreateTopicsRequest& request, const Call& call,
                                                Context& context);
Answer<wire::DeleteGroupsResponse> deleteGroups(const wire::DeleteGroupsRequest& request, const Call& call,
                                                Context& context);
Answer<wire::DeleteRecordsResponse> deleteRecords(const wire::DeleteRecordsRequest& request, const Call& call,
                                                  Context& context);
Answer<wire::DeleteTopicsResponse> deleteTopics(const wire::DeleteTopicsRequest& request, const Call& call,
                                                Context& context);
Answer<wire::DescribeClusterResponse> describeCluster(const wire::DescribeClusterRequest& request, const Call& call,
                                                      Context& context);
Answer<wire::DescribeConfigsResponse> describeConfigs(const wire::DescribeConfigsRequest& request, const Call& call,
                                                      Context& context);
Answer<wire::DescribeGroupsResponse> describeGroups(const wire::DescribeGroupsRequest& request, const Call& call,
                                                    Context& context);
Answer<wire::DescribeLogDirsResponse> describeLogDirs(const wire::DescribeLogDirsRequest& request, const Call& call,
                                                      Context& context);
Answer<wire::FetchResponse> fetch(const wire::FetchRequest& request, const Call& call, Context& context);
Answer<wire::FindCoordinatorResponse> findCoordinator(const wire::FindCoordinatorRequest& request, const Call& call,
                                                      Context& context);
Answer<wire::HeartbeatResponse> heartbeat(const wire::HeartbeatRequest& request, const Call& call, Context& context);
Answer<wire::IncrementalAlterConfigsResponse>
incrementalAlterConfigs(const wire::IncrementalAlterConfigsRequest& request, const Call& call, Context& context);
Answer<wire::InitProducerIdResponse> initProducerId(const wire::InitProducerIdRequest& request, const Call& call,
                                                    Context& context);
Answer<wire::JoinGroupResponse> joinGroup(const wire::JoinGroupRequest& request, const Call& call, Context& context);
Answer<wire::LeaveGroupResponse> leaveGroup(const wire::LeaveGroupRequest& request, const Call& call, Context& context);
Answer<wire::ListGroupsResponse> listGroups(const wire::ListGroupsRequest& request, const Call& call, Context& context);
Answer<wire::ListOffsetsResponse> listOffsets(const wire::ListOffsetsRequest& request, const Call& call,
                                              Context& context);
Answer<wire::MetadataResponse> metadata(const wire::MetadataRequest& request, const Call& call, Context& context);
Answer<wire::OffsetCommitResponse> offsetCommit(const wire::OffsetCommitRequest& request, const Call& call,
                                                Context& context);
Answer<wire::OffsetDeleteResponse> offsetDelete(const wire::OffsetDeleteRequest& request, const Call& call,
                                                Context& context);
Answer<wire::OffsetFetchResponse> offsetFetch(const wire::OffsetFetchRequest& request, const Call& call,
                                              Context& context);
Answer<wire::OffsetForLeaderEpochResponse> offsetForLeaderEpoch(const wire::OffsetForLeaderEpochRequest& request,
                                                                const Call& call, Context& context);
Answer<wire::ProduceResponse> produce(const wire::ProduceRequest& request, const Call& call, Context& context);
Answer<wire::SyncGroupResponse> syncGroup(const wire::SyncGroupRequest& request, const Call& call, Context& context);

} // namespace millrace::broker
