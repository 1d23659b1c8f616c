#include "wire/messages/delete_groups.h"
#include "broker/server/context.h"
#include "broker/handlers/handlers.h"

namespace millrace::broker {

Answer<wire::DeleteGroupsResponse> deleteGroups(const wire::DeleteGroupsRequest& request, const Call&,
                                                Context& context) {
    wire::DeleteGroupsResponse response;
    for (const std::string& id : request.groupsNames)
        response.results.push_back({id, context.groups.remove(id)});
    return response;
}

} // namespace millrace::broker
