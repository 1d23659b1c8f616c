#include "wire/messages/alter_client_quotas.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <cmath>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Request = wire::AlterClientQuotasRequest;
using EntryAnswer = wire::AlterClientQuotasResponse::Entry;
constexpr Access kAlterQuotas{Access::Resource::cluster, Access::Operation::alterConfigs};

/// Kinds and names, in any order.
QuotaEntity entityOf(const Request::Entry& entry) {
    QuotaEntity entity;
    for (const auto& [kind, name] : entry.entity)
        entity.emplace(kind, name);
    return entity;
}

Refusal checkEntity(const Request::Entry& entry) {
    if (entry.entity.empty()) return {kInvalidRequest, "a quota is that of a user, of a client-id, or of both"};
    for (const auto& [kind, name] : entry.entity) {
        if (kind != kUserEntity && kind != kClientEntity)
            return {kInvalidRequest,
                    fmt::format("quotas of the kind {:?} are not kept here; user and client-id are", kind)};
        if (name && name->empty()) return {kInvalidRequest, fmt::format("a {} has a name; the default has null", kind)};
    }
    if (entityOf(entry).size() < entry.entity.size()) return {kInvalidRequest, "a kind of entity is named twice"};
    return {};
}

Refusal checkOperation(const Request::Entry::Op& op) {
    if (op.key != kProducerRate && op.key != kConsumerRate)
        return {kInvalidRequest,
                fmt::format("{:?} is no quota that is kept here; {} and {} are", op.key, kProducerRate, kConsumerRate)};
    const double value = op.value.value();
    if (op.remove || (value >= 1 && value < 0x1p63 && std::trunc(value) == value)) return {};
    return {kInvalidRequest,
            fmt::format("{} = {}: a whole number of bytes a second is needed, 1 or more", op.key, value)};
}

Refusal check(const Request::Entry& entry) {
    if (Refusal refusal = checkEntity(entry); refusal.error != kNone) return refusal;
    for (const auto& op : entry.ops)
        if (Refusal refusal = checkOperation(op); refusal.error != kNone) return refusal;
    if (!repeated(entry.ops, [](const auto& op) { return op.key; }).empty())
        return {kInvalidRequest, "each quota of an entity may be named once"};
    return {};
}

void add(std::vector<QuotaEntry>& changes, const Request::Entry& entry) {
    std::vector<QuotaEntry::Part> parts;
    for (const auto& [kind, name] : entry.entity)
        parts.push_back({kind, name});
    for (const auto& op : entry.ops)
        changes.push_back({parts, op.key, op.value, op.remove});
}

EntryAnswer answerOf(const Request::Entry& entry, const Refusal& refusal) {
    EntryAnswer answer;
    answer.errorCode = refusal.error;
    if (refusal.error != kNone) answer.errorMessage = refusal.message;
    for (const auto& [kind, name] : entry.entity)
        answer.entity.push_back({kind, name});
    return answer;
}

} // namespace

Answer<wire::AlterClientQuotasResponse> alterClientQuotas(const wire::AlterClientQuotasRequest& request,
                                                          const Call& call, Context& context) {
    const Refusal forbidden{refusal(call, context, kAlterQuotas, kClusterName), "not allowed to alter quotas"};
    const auto twice = repeated(request.entries, entityOf);
    wire::AlterClientQuotasResponse response;
    std::vector<QuotaEntry> changes;
    for (const auto& entry : request.entries) {
        Refusal refused = forbidden.error == kNone ? check(entry) : forbidden;
        if (refused.error == kNone && twice.contains(entityOf(entry)))
            refused = {kInvalidRequest, "each entity may be named once in a request"};
        if (refused.error == kNone && !request.validateOnly) add(changes, entry);
        response.entries.push_back(answerOf(entry, refused));
    }
    const Pending<wire::AlterClientQuotasResponse> pending;
    context.quotas.change([changes = std::move(changes)] { return changes; },
                          [pending, response = std::move(response)](const Status& written) mutable {
                              for (auto& entry : response.entries) {
                                  if (written || entry.errorCode != kNone) continue;
                                  entry.errorCode = kStorageError;
                                  entry.errorMessage = written.error().message;
                              }
                              pending.complete(std::move(response));
                          });
    return pending;
}

ApiRow alterClientQuotasRow() {
    return rowOf<alterClientQuotas>(kAlterQuotas);
}

} // namespace millrace::broker
