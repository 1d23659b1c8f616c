#include "wire/messages/alter_user_scram_credentials.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "broker/security/scram_users.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <map>
#include <set>
#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Request = wire::AlterUserScramCredentialsRequest;
using Response = wire::AlterUserScramCredentialsResponse;
constexpr std::size_t kMostSaltBytes = 1024; // the client gets it with each proof
constexpr Access kAlterCluster{Access::Resource::cluster, Access::Operation::alter};

Response refusedAll(const Request& request, std::int16_t error) {
    std::set<std::string> users;
    for (const auto& deletion : request.deletions)
        users.insert(deletion.name);
    for (const auto& upsertion : request.upsertions)
        users.insert(upsertion.name);
    Response response;
    for (const std::string& user : users) {
        auto& result = response.results.emplace_back();
        result.user = user;
        result.errorCode = error;
    }
    return response;
}

/// What is asked of each user, and why it is refused; of one who has a fault nothing is changed.
class Alteration {
public:
    Alteration(const Request& request, const ScramUsers& users) : users_(users) {
        for (const auto& deletion : request.deletions)
            note(deletion.name, deletion.mechanism, check(deletion));
        for (const auto& upsertion : request.upsertions)
            note(upsertion.name, upsertion.mechanism, check(upsertion));
        for (const auto& deletion : request.deletions)
            if (isSound(deletion.name)) planned_.push_back({deletion.name, *scramMechanism(deletion.mechanism), {}});
        for (const auto& upsertion : request.upsertions)
            if (isSound(upsertion.name)) planned_.push_back(made(upsertion));
    }
    const std::vector<ScramUsers::Alteration>& planned() const { return planned_; }

    /// `written`: what became of the sound ones.
    Response response(const Status& written) const {
        Response response;
        for (const auto& [user, refusal] : refusals_) {
            auto& result = response.results.emplace_back();
            result.user = user;
            result.errorCode = refusal.error;
            if (refusal.error != kNone) {
                result.errorMessage = refusal.message;
            } else if (!written) {
                result.errorCode = kStorageError;
                result.errorMessage = written.error().message;
            }
        }
        return response;
    }

private:
    bool isSound(const std::string& user) const { return refusals_.at(user).error == kNone; }

    void note(const std::string& user, std::int8_t mechanism, Refusal refusal) {
        if (!named_.emplace(user, mechanism).second)
            refusal = {kDuplicateResource, "A user credential cannot be altered twice in the same request"};
        Refusal& first = refusals_[user];
        if (first.error == kNone) first = std::move(refusal);
    }

    static Refusal checkWho(const std::string& user, std::int8_t mechanism) {
        if (user.empty()) return {kUnacceptableCredential, "Username must not be empty"};
        if (!scramMechanism(mechanism)) return {kUnsupportedSaslMechanism, "Unknown SCRAM mechanism"};
        return {};
    }

    Refusal check(const Request::Deletion& deletion) const {
        if (auto refusal = checkWho(deletion.name, deletion.mechanism); refusal.error != kNone) return refusal;
        const ScramCredentials* credentials = users_.find(deletion.name);
        if (credentials && credentials->contains(*scramMechanism(deletion.mechanism))) return {};
        return {kResourceNotFound, "Attempt to delete a user credential that does not exist"};
    }

    static Refusal check(const Request::Upsertion& upsertion) {
        if (auto refusal = checkWho(upsertion.name, upsertion.mechanism); refusal.error != kNone) return refusal;
        if (auto few = checkScramIterations(upsertion.iterations); !few)
            return {kUnacceptableCredential, few.error().message};
        if (upsertion.salt.empty() || upsertion.salt.size() > kMostSaltBytes)
            return {kUnacceptableCredential,
                    fmt::format("a salt of {} bytes: from 1 to {} are needed", upsertion.salt.size(), kMostSaltBytes)};
        const std::size_t size = tls::sizeOf(hashOf(*scramMechanism(upsertion.mechanism)));
        if (upsertion.saltedPassword.size() != size)
            return {kUnacceptableCredential,
                    fmt::format("a salted password of {} bytes: {} are needed", upsertion.saltedPassword.size(), size)};
        return {};
    }

    static ScramUsers::Alteration made(const Request::Upsertion& upsertion) {
        const auto mechanism = *scramMechanism(upsertion.mechanism);
        const auto salt = upsertion.salt.span();
        return {upsertion.name, mechanism,
                ScramCredential::ofSaltedPassword(mechanism, {salt.begin(), salt.end()}, upsertion.iterations,
                                                  upsertion.saltedPassword.span())};
    }

    const ScramUsers& users_;
    std::map<std::string, Refusal> refusals_;
    std::set<std::pair<std::string, std::int8_t>> named_;
    std::vector<ScramUsers::Alteration> planned_;
};

} // namespace

Answer<Response> alterUserScramCredentials(const Request& request, const Call& call, Context& context) {
    if (const std::int16_t error = refusal(call, context, kAlterCluster, kClusterName))
        return refusedAll(request, error);
    const Pending<Response> pending;
    const auto alteration = std::make_shared<std::optional<Alteration>>();
    context.scramUsers->change(
        [alteration, request, users = context.scramUsers] {
            alteration->emplace(request, *users);
            return (*alteration)->planned();
        },
        [alteration, pending](const Status& written) { pending.complete((*alteration)->response(written)); });
    return pending;
}

ApiRow alterUserScramCredentialsRow() {
    return rowOf<alterUserScramCredentials>(kAlterCluster);
}

} // namespace millrace::broker
