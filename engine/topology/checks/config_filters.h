#pragma once

#include "topology/checks/reporter.h"
#include "topology/checks/run_plan.h"
#include "topology/graph/settings.h"

#include <map>
#include <string>
#include <vector>

namespace millrace::topology {

/// What fills in `${filter['KEY']}` (org.apache.flume.configfilter): env and external ones are asked here. What a
/// filter of another type would say, and an external one while PlanOptions has no command to ask, stays unknown and is
/// not judged.
class ConfigFilters {
public:
    ConfigFilters(const catalog::Catalog& catalog, const PlanOptions& options) : catalog_(catalog), options_(options) {}

    /// Fills in all that the filters in the agent's list answer for its components. Problems go to `reporter`; null:
    /// they are not told.
    void apply(AgentSettings& agent, Reporter* reporter);

private:
    /// One filter at work.
    struct Filter {
        std::string name;
        const catalog::ComponentSpec* spec = nullptr;
        const PartSettings* settings = nullptr;
        bool asked = false; ///< else what it says is unknown
    };
    bool make(const AgentSettings& agent, const std::string& name, Filter& filter, Reporter* reporter) const;
    void fill(const Filter& filter, Setting& setting, const Site& site, Reporter* reporter);
    /// Nothing: the placeholder stays as it is.
    std::optional<std::string> answer(const Filter& filter, const std::string& key, const Site& site,
                                      Reporter* reporter);
    Result<std::string> ask(const Filter& filter, const std::string& key);

    const catalog::Catalog& catalog_;
    const PlanOptions& options_;
    std::map<std::vector<std::string>, Result<std::string>> asked_; ///< commands and what they said
};

} // namespace millrace::topology
