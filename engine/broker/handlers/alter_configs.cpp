#include "wire/messages/alter_configs.h"
#include "broker/config_alteration.h"
#include "broker/handlers/handlers.h"
#include "wire/error_code.h"

namespace millrace::broker {

/// The older API: what is not named goes back to its default.
Answer<wire::AlterConfigsResponse> alterConfigs(const wire::AlterConfigsRequest& request, const Call&,
                                                Context& context) {
    std::vector<ConfigAlteration> alterations;
    for (const auto& resource : request.resources) {
        auto& alteration =
            alterations.emplace_back(beginAlteration(resource.resourceType, resource.resourceName, context));
        alteration.configs.clear();
        for (const auto& config : resource.configs)
            if (config.value && !alteration.configs.emplace(config.name, *config.value).second)
                alteration.refuse(wire::error::kInvalidRequest, config.name + " appears twice");
    }
    const Pending<wire::AlterConfigsResponse> pending;
    alter(std::move(alterations), request.validateOnly, context,
          [pending](const std::vector<ConfigAlteration>& results) {
              wire::AlterConfigsResponse response;
              for (const ConfigAlteration& result : results) {
                  const auto message = result.error ? std::optional(result.message) : std::nullopt;
                  response.responses.push_back({result.error, message, result.resourceType, result.resourceName});
              }
              pending.complete(std::move(response));
          });
    return pending;
}

} // namespace millrace::broker
