#pragma once

#include <map>
#include <optional>
#include <string>

namespace millrace::broker {

/// Whose traffic is limited, as Kafka writes it: a name for each kind, "user" or "client-id" or both; no name: the
/// default for all that have no limit of their own.
using QuotaEntity = std::map<std::string, std::optional<std::string>>;

inline constexpr const char* kUserEntity = "user";
inline constexpr const char* kClientEntity = "client-id";
inline constexpr const char* kProducerRate = "producer_byte_rate";
inline constexpr const char* kConsumerRate = "consumer_byte_rate";

/// The limits that were set, and which one is for whom. Knows no clock and no disk.
class QuotaTable {
public:
    using Values = std::map<std::string, double>; ///< by key

    /// Who shares it: one user with one client id, all clients of a user, or all users with a client id. What plays no
    /// part is empty.
    struct Limit {
        double bytesPerSecond;
        std::string user;
        std::string clientId;
    };
    /// The closest one: Kafka's order (DefaultQuotaCallback). `user` without "User:".
    std::optional<Limit> limitFor(const std::string& user, const std::string& clientId, const std::string& key) const;

    const std::map<QuotaEntity, Values>& all() const { return all_; }
    void set(const QuotaEntity& entity, const std::string& key, double value) { all_[entity][key] = value; }
    void remove(const QuotaEntity& entity, const std::string& key);

private:
    std::map<QuotaEntity, Values> all_; ///< none of them without values
};

} // namespace millrace::broker
