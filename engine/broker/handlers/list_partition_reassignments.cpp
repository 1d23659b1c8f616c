#include "wire/messages/list_partition_reassignments.h"
#include "broker/requests/api_row.h"

namespace millrace::broker {

/// A partition moves between brokers, of which a cluster of one has no second: none ever does.
Answer<wire::ListPartitionReassignmentsResponse>
listPartitionReassignments(const wire::ListPartitionReassignmentsRequest&, const Call&, Context&) {
    return wire::ListPartitionReassignmentsResponse{};
}

ApiRow listPartitionReassignmentsRow() {
    return rowOf<listPartitionReassignments>({Access::Resource::cluster, Access::Operation::describe});
}

} // namespace millrace::broker
