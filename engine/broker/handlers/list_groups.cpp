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

Answer<wire::ListGroupsResponse> listGroups(const wire::ListGroupsRequest& request, const Call&, Context& context) {
    wire::ListGroupsResponse response;
    for (const auto& [id, group] : context.groups.all())
        if (passes(request.typesFilter, group.typeName()) && passes(request.statesFilter, group.stateName()))
            response.groups.push_back({id, group.protocolType, group.stateName(), group.typeName()});
    return response;
}

ApiRow listGroupsRow() {
    return rowOf<listGroups>({Access::Resource::cluster, Access::Operation::describe});
}

} // namespace millrace::broker
