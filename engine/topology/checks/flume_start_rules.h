#pragma once

#include "topology/checks/agent_start.h"

#include <map>
#include <set>

namespace millrace::topology {

/// One run of startAgent(): the state of an agent between the steps.
class AgentStarter {
public:
    AgentStarter(const AgentSettings& settings, const StartContext& context) : settings_(settings), context_(context) {}
    AgentStart run();

private:
    struct Part {
        Section section{};
        std::string name;
        NodeId id;
        const PartSettings* settings = nullptr;
        const catalog::ComponentSpec* spec = nullptr;
        catalog::Properties properties;
        std::vector<std::string> channels; ///< valid ones; a sink has one
    };
    using Parts = std::vector<Part>; ///< in list order

    // Stage A, agent_validation.cpp.
    bool validate();
    Parts validParts(Section section);
    bool hasType(const Part& part);
    bool configIsLoadable(const Part& part);
    void validateSource(Parts& into, Part part, const std::set<std::string>& channels);
    bool interceptorsHaveTypes(const Part& source);
    bool selectorIsLoadable(const Part& source);
    void validateSink(Parts& into, Part part, const std::set<std::string>& channels);
    void validateGroups();
    std::vector<std::string> freeMembers(const Part& group, std::map<std::string, std::string>& used);

    // Stage B, agent_instantiation.cpp and group_instantiation.cpp.
    void startChannels();
    void startSources();
    void startSinks();
    void startGroups();
    bool canBeMade(const Part& part);
    bool isConfigured(const Part& part, const catalog::ComponentSpec& spec, const std::string& prefix);
    bool batchFits(const Part& part, const std::string& channel);
    bool selectorFits(const Part& source);
    bool namesAreChannels(const Part& source, const std::string& key);
    bool interceptorsStart(const Part& source);
    bool startGroup(Part& group, std::map<std::string, std::string>& used);
    bool processorFits(const Part& group, std::size_t sinks);
    void dropUnattachedChannels();

    // What Flume runs and this version does not, agent_here.cpp.
    void leaveOutForeign();
    bool runsInFlume(const Part& sink) const;
    bool runsHere(const Part& part);
    bool filtersRunHere(const Part& part);
    bool partsRunHere(const Part& part);
    bool interceptorsRunHere(const Part& source);
    bool groupRunsHere(Part& group);
    bool implements(const Part& part, const catalog::ComponentSpec* spec, const char* role, const std::string& key);
    /// What Apache Flume cannot load and this version runs; says so.
    bool runsHereOnly(const Part& part, const catalog::ComponentSpec& spec, const std::string& key,
                      std::string_view code);
    bool keepsChannel(Part& part, std::string_view key);

    void fillOutcome();

    bool lost() const { return !start_.outcome.aborted.empty() || !start_.fileLost.empty(); }
    bool reports() const { return context_.reporter != nullptr; }
    Site site(const Part& part, std::string_view key) const;
    NodeId agentId() const { return plainId("agent", settings_.name); }
    std::string fullKey(const Part& part, std::string_view key) const;
    /// Reports the removal of a part. Always false, so that a check may return it.
    bool remove(const Part& part, std::string_view key, std::string_view code, std::vector<std::string> arguments);
    /// The same for what costs Flume the whole agent.
    bool removeOrAbort(const Part& part, std::string_view key, std::string_view code,
                       std::vector<std::string> arguments);
    void abort(std::string_view code, const std::vector<std::string>& arguments, const Site& site);
    Diagnostic* last_ = nullptr; ///< what remove() reported, for fix-its; null when nothing is reported

    const AgentSettings& settings_;
    const StartContext& context_;
    AgentStart start_;
    Parts channels_, sources_, sinks_, groups_;
    std::map<std::string, long long> transactionCapacities_; ///< of the channels that have one
    std::set<std::string> attached_;
    std::set<std::string> groupedSinks_; ///< taken by a group, also by one that was removed
};

} // namespace millrace::topology
