#include "wire/messages/describe_user_scram_credentials.h"
#include "base/sentences.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "broker/security/scram_users.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <map>

namespace millrace::broker {

using namespace wire::error;

namespace {

using UserResult = wire::DescribeUserScramCredentialsResponse::Result;

UserResult described(const std::string& user, const ScramCredentials& credentials) {
    UserResult result;
    result.user = user;
    for (const auto& [mechanism, credential] : credentials)
        result.credentialInfos.push_back({static_cast<std::int8_t>(mechanism), credential.iterations});
    return result;
}

UserResult refused(const std::string& user, std::int16_t error, const char* why) {
    return {user, error, fmt::format("{}: {}", why, shortened(user)), {}};
}

} // namespace

Answer<wire::DescribeUserScramCredentialsResponse>
describeUserScramCredentials(const wire::DescribeUserScramCredentialsRequest& request, const Call&, Context& context) {
    wire::DescribeUserScramCredentialsResponse response;
    if (!request.users || request.users->empty()) {
        for (const auto& [user, credentials] : context.scramUsers->all())
            response.results.push_back(described(user, credentials));
        return response;
    }
    std::map<std::string, int> named;
    for (const auto& user : *request.users)
        ++named[user.name];
    for (const auto& [user, times] : named) {
        const ScramCredentials* credentials = context.scramUsers->find(user);
        if (times > 1)
            response.results.push_back(
                refused(user, kDuplicateResource,
                        "Cannot describe SCRAM credentials for the same user twice in a single request"));
        else if (!credentials)
            response.results.push_back(
                refused(user, kResourceNotFound, "Attempt to describe a user credential that does not exist"));
        else
            response.results.push_back(described(user, *credentials));
    }
    return response;
}

ApiRow describeUserScramCredentialsRow() {
    return rowOf<describeUserScramCredentials>({Access::Resource::cluster, Access::Operation::describe});
}

} // namespace millrace::broker
