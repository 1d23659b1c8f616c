#include "wire/messages/delete_groups.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <memory>

namespace millrace::broker {

using namespace wire::error;

namespace {
constexpr Access kDeleteGroup{Access::Resource::group, Access::Operation::remove};
} // namespace

/// What open transactions hold for a group goes first: it would come back with their end.
Answer<wire::DeleteGroupsResponse> deleteGroups(const wire::DeleteGroupsRequest& request, const Call& call,
                                                Context& context) {
    wire::DeleteGroupsResponse response;
    const auto name = [](const std::string& group) { return std::string_view(group); };
    for (const std::string* id : distinct(request.groupsNames, name)) {
        const std::int16_t refused = refusal(call, context, kDeleteGroup, *id);
        response.results.push_back({*id, refused ? refused : context.groups.whyItStays(*id)});
    }
    const Pending<wire::DeleteGroupsResponse> pending;
    const auto all = std::make_shared<wire::DeleteGroupsResponse>(std::move(response));
    const auto left = std::make_shared<std::size_t>(all->results.size() + 1);
    const auto oneDone = [pending, all, left] {
        if (--*left == 0) pending.complete(std::move(*all));
    };
    for (auto& result : all->results) {
        if (result.errorCode != kNone) {
            oneDone();
            continue;
        }
        context.transactions->forgetOffsets({result.groupId, {}}, [&result, &context, oneDone](std::int16_t error) {
            if (error == kNone) error = context.groups.remove(result.groupId);
            // One that had nothing else is gone with them.
            result.errorCode = error == kGroupIdNotFound ? kNone : error;
            oneDone();
        });
    }
    oneDone();
    return pending;
}

ApiRow deleteGroupsRow() {
    return rowOf<deleteGroups>(kDeleteGroup);
}

} // namespace millrace::broker
