#include "wire/messages/describe_client_quotas.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Request = wire::DescribeClientQuotasRequest;
using Component = Request::Component;
constexpr std::int8_t kExact = 0, kDefault = 1, kSpecified = 2;
constexpr const char* kAddressEntity = "ip";

Refusal check(const Component& component) {
    const std::string& kind = component.entityType;
    if (kind.empty()) return {kInvalidRequest, "a kind of entity is needed: user, client-id or ip"};
    if (kind != kUserEntity && kind != kClientEntity && kind != kAddressEntity)
        return {kUnsupportedVersion, fmt::format("there are no quotas of the kind {:?}", kind)};
    if (component.matchType < kExact || component.matchType > kSpecified)
        return {kInvalidRequest, fmt::format("unknown match type {}", component.matchType)};
    if ((component.matchType == kExact) != component.match.has_value())
        return {kInvalidRequest, "a name belongs to an exact match, and to no other"};
    return {};
}

Refusal check(const Request& request) {
    const auto kind = [](const Component& component) { return component.entityType; };
    for (const Component& component : request.components)
        if (Refusal refusal = check(component); refusal.error != kNone) return refusal;
    if (!repeated(request.components, kind).empty())
        return {kInvalidRequest, "each kind of entity may be named once in a filter"};
    if (request.components.size() > 1 && std::ranges::count(request.components, kAddressEntity, kind) > 0)
        return {kInvalidRequest, "quotas of addresses are not those of users or clients as well"};
    return {};
}

bool matches(const QuotaEntity& entity, const Component& component) {
    const auto name = entity.find(component.entityType);
    if (name == entity.end()) return false;
    return component.matchType == kSpecified || name->second == component.match;
}

bool matches(const QuotaEntity& entity, const Request& request) {
    if (request.strict && entity.size() != request.components.size()) return false;
    return std::ranges::all_of(request.components,
                               [&](const Component& component) { return matches(entity, component); });
}

} // namespace

Answer<wire::DescribeClientQuotasResponse> describeClientQuotas(const wire::DescribeClientQuotasRequest& request,
                                                                const Call&, Context& context) {
    wire::DescribeClientQuotasResponse response;
    if (const Refusal refusal = check(request); refusal.error != kNone) {
        response.errorCode = refusal.error;
        response.errorMessage = refusal.message;
        return response;
    }
    response.entries.emplace();
    for (const auto& [entity, values] : context.quotas.limits().all()) {
        if (!matches(entity, request)) continue;
        auto& entry = response.entries->emplace_back();
        for (const auto& [kind, name] : entity)
            entry.entity.push_back({kind, name});
        for (const auto& [key, value] : values)
            entry.values.push_back({key, wire::Float64::of(value)});
    }
    return response;
}

ApiRow describeClientQuotasRow() {
    return rowOf<describeClientQuotas>({Access::Resource::cluster, Access::Operation::describeConfigs});
}

} // namespace millrace::broker
