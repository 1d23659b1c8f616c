#include "broker/quotas/quota_table.h"

namespace millrace::broker {

namespace {

using Name = std::optional<std::string>;

QuotaEntity entityOf(const std::optional<Name>& user, const std::optional<Name>& client) {
    QuotaEntity entity;
    if (user) entity.emplace(kUserEntity, *user);
    if (client) entity.emplace(kClientEntity, *client);
    return entity;
}

} // namespace

std::optional<QuotaTable::Limit> QuotaTable::limitFor(const std::string& user, const std::string& clientId,
                                                      const std::string& key) const {
    const std::optional<Name> none, fallback{Name()}, ownUser{Name(user)}, ownClient{Name(clientId)};
    const struct {
        QuotaEntity entity;
        bool byUser, byClient;
    } order[] = {
        {entityOf(ownUser, ownClient), true, true}, {entityOf(ownUser, fallback), true, true},
        {entityOf(ownUser, none), true, false},     {entityOf(fallback, ownClient), true, true},
        {entityOf(fallback, fallback), true, true}, {entityOf(fallback, none), true, false},
        {entityOf(none, ownClient), false, true},   {entityOf(none, fallback), false, true},
    };
    for (const auto& [entity, byUser, byClient] : order) {
        const auto values = all_.find(entity);
        if (values == all_.end()) continue;
        const auto value = values->second.find(key);
        if (value != values->second.end())
            return Limit{value->second, byUser ? user : std::string(), byClient ? clientId : std::string()};
    }
    return std::nullopt;
}

void QuotaTable::remove(const QuotaEntity& entity, const std::string& key) {
    const auto values = all_.find(entity);
    if (values == all_.end()) return;
    values->second.erase(key);
    if (values->second.empty()) all_.erase(values);
}

} // namespace millrace::broker
