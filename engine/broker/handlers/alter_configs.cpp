#include "wire/messages/alter_configs.h"
#include "broker/handlers/config_alteration.h"
#include "broker/requests/api_row.h"
#include "wire/error_code.h"

namespace millrace::broker {

namespace {

using Configs = std::vector<wire::AlterConfigsRequest::Resource::Config>;

Refusal replace(ConfigMap& present, const Configs& configs) {
    present.clear();
    for (const auto& config : configs)
        if (config.value && !present.emplace(config.name, *config.value).second)
            return {wire::error::kInvalidRequest, config.name + " appears twice"};
    return {};
}

} // namespace

/// The older API: what is not named goes back to its default.
Answer<wire::AlterConfigsResponse> alterConfigs(const wire::AlterConfigsRequest& request, const Call& call,
                                                Context& context) {
    std::vector<ConfigAlteration> alterations;
    for (const auto& resource : request.resources)
        alterations.push_back({resource.resourceType, resource.resourceName,
                               [configs = resource.configs](ConfigMap& present) { return replace(present, configs); }});
    const Pending<wire::AlterConfigsResponse> pending;
    alter(std::move(alterations), request.validateOnly, call, context,
          [pending](const std::vector<ConfigAlteration>& results) {
              wire::AlterConfigsResponse response;
              for (const auto& [type, name, edit, refusal] : results) {
                  const auto message = refusal.error ? std::optional(refusal.message) : std::nullopt;
                  response.responses.push_back({refusal.error, message, type, name});
              }
              pending.complete(std::move(response));
          });
    return pending;
}

ApiRow alterConfigsRow() {
    return rowOf<alterConfigs>({Access::Resource::topic, Access::Operation::alterConfigs});
}

} // namespace millrace::broker
