#include "wire/messages/delete_groups.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

namespace millrace::broker {

Answer<wire::DeleteGroupsResponse> deleteGroups(const wire::DeleteGroupsRequest& request, const Call&,
                                                Context& context) {
    wire::DeleteGroupsResponse response;
    const auto name = [](const std::string& group) { return std::string_view(group); };
    for (const std::string* id : distinct(request.groupsNames, name))
        response.results.push_back({*id, context.groups.remove(*id)});
    return response;
}

ApiRow deleteGroupsRow() {
    return rowOf<deleteGroups>({Access::Resource::group, Access::Operation::remove});
}

} // namespace millrace::broker
