#include "wire/messages/list_groups.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

#include <algorithm>

namespace millrace::broker {

namespace {
bool equalIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 32) == (y | 32); });
}
bool passes(const std::vector<std::string>& filter, std::string_view value) {
    return filter.empty() ||
           std::any_of(filter.begin(), filter.end(), [&](const auto& f) { return equalIgnoringCase(f, value); });
}
} // namespace

Answer<wire::ListGroupsResponse> listGroups(const wire::ListGroupsRequest& request, const Call& call,
                                            Context& context) {
    wire::ListGroupsResponse response;
    // Who may not describe the cluster sees the groups that it may describe.
    const bool all = allows(call, context, {Access::Resource::cluster, Access::Operation::describe}, kClusterName);
    const auto visible = [&](const std::string& group) {
        return all || allows(call, context, {Access::Resource::group, Access::Operation::describe}, group);
    };
    for (const auto& [id, group] : context.groups.all())
        if (visible(id) && passes(request.typesFilter, group.typeName()) &&
            passes(request.statesFilter, group.stateName()))
            response.groups.push_back({id, group.protocolType, group.stateName(), group.typeName()});
    return response;
}

ApiRow listGroupsRow() {
    ApiRow row = rowOf<listGroups>({Access::Resource::cluster, Access::Operation::describe});
    row.handlerAuthorizes = true;
    return row;
}

} // namespace millrace::broker
