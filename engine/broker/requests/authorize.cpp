#include "broker/requests/authorize.h"

#include "broker/requests/context.h"
#include "wire/api_spec.h"

namespace millrace::broker {

namespace {

/// What there is to be allowed, a bit for each number of an operation.
std::int32_t operationsOf(Access::Resource resource) {
    switch (resource) {
    case Access::Resource::topic:
        return 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 10 | 1 << 11;
    case Access::Resource::group:
        return 1 << 3 | 1 << 6 | 1 << 8;
    case Access::Resource::cluster:
        return 1 << 5 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12;
    default:
        return 0;
    }
}

} // namespace

std::int16_t refusal(const Call& call, const Context& context, Access access, std::string_view name) {
    return context.authorizer.refusal(*call.connection, access, name);
}

bool allows(const Call& call, const Context& context, Access access, std::string_view name) {
    return context.authorizer.allows(*call.connection, access, name);
}

std::int32_t operationsIfAsked(bool asked, const Call& call, const Context& context, Access::Resource resource,
                               std::string_view name) {
    if (!asked) return wire::kNotAsked;
    if (!allows(call, context, {resource, Access::Operation::describe}, name)) return 0;
    return context.authorizer.allowed(*call.connection, resource, name, operationsOf(resource));
}

std::int16_t topicRefusal(const Call& call, const Context& context, Access::Operation operation,
                          const std::string& name) {
    return refusal(call, context, {Access::Resource::topic, operation}, name);
}

bool maySeeTopic(const Call& call, const Context& context, const std::string& name) {
    return allows(call, context, {Access::Resource::topic, Access::Operation::describe}, name);
}

} // namespace millrace::broker
