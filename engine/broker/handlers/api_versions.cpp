#include "wire/messages/api_versions.h"
#include "broker/handlers/api_table.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <algorithm>

namespace millrace::broker {

namespace {
constexpr wire::Version kHasSoftwareName = 3, kMayNameLevelZero = 4;

// What clients need to know before they leave it to Produce and TxnOffsetCommit to add to a transaction (KIP-890).
constexpr const char* kTransactionVersion = "transaction.version";
constexpr std::int16_t kEpochPerTransaction = 2;
// Likewise, before they come with group.protocol=consumer (KIP-848).
constexpr const char* kGroupVersion = "group.version";
constexpr std::int16_t kConsumerProtocol = 1;

bool alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Kafka's rule (KIP-511): letters and digits, with '-' and '.' in between.
bool legal(const std::string& text) {
    return !text.empty() && alphanumeric(text.front()) && alphanumeric(text.back()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return alphanumeric(c) || c == '-' || c == '.'; });
}
} // namespace

Answer<wire::ApiVersionsResponse> apiVersions(const wire::ApiVersionsRequest& request, const Call& call, Context&) {
    wire::ApiVersionsResponse response;
    if (call.version >= kHasSoftwareName &&
        !(legal(request.clientSoftwareName) && legal(request.clientSoftwareVersion))) {
        response.errorCode = wire::error::kInvalidRequest;
        return response;
    }
    for (const ApiRow& row : apiTable())
        response.apiKeys.push_back({row.api->key, row.api->min, row.api->max});
    // A level of 0 is nothing that clients of before v4 can read.
    if (call.version >= kMayNameLevelZero)
        response.supportedFeatures = {{kTransactionVersion, 0, kEpochPerTransaction},
                                      {kGroupVersion, 0, kConsumerProtocol}};
    response.finalizedFeaturesEpoch = 0; // they never change
    response.finalizedFeatures = {{kTransactionVersion, kEpochPerTransaction, kEpochPerTransaction},
                                  {kGroupVersion, kConsumerProtocol, kConsumerProtocol}};
    return response;
}

ApiRow apiVersionsRow() {
    ApiRow row = rowOf<apiVersions>({});
    row.beforeAuthentication = true;
    return row;
}

} // namespace millrace::broker
