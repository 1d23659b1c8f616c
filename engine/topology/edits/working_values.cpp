#include "topology/edits/working_values.h"

#include "topology/edits/adoption.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace millrace::topology {
namespace {

/// Values for keys that have no default, by alias; {agent} and {name} are filled in.
struct Habit {
    std::string_view alias, key, value;
};
constexpr std::array kHabits = {
    Habit{"TAILDIR", "filegroups", "log"},
    Habit{"TAILDIR", "filegroups.log", "logs/{name}\\.log"},
    Habit{"TAILDIR", "positionFile", "state/{agent}-{name}.json"},
    Habit{"exec", "command", "tail -F logs/{name}.log"},
    Habit{"spooldir", "spoolDir", "spool/{name}"},
    Habit{"memory", "capacity", "10000"},
    Habit{"memory", "transactionCapacity", "1000"},
    Habit{"file", "checkpointDir", "state/{agent}-{name}/checkpoint"},
    Habit{"file", "dataDirs", "state/{agent}-{name}/data"},
    Habit{"SPILLABLEMEMORY", "checkpointDir", "state/{agent}-{name}/checkpoint"},
    Habit{"SPILLABLEMEMORY", "dataDirs", "state/{agent}-{name}/data"},
    Habit{"file_roll", "sink.directory", "out/{name}"},
    Habit{"hdfs", "hdfs.path", "out/{name}"},
    Habit{"http", "rollback.2XX", "false"},
    Habit{"http", "backoff.2XX", "false"},
    Habit{"http", "endpoint", "http://127.0.0.1:9880/"},
    Habit{"netcatudp", "remoteAddress", "sender"},
};

int usualPort(std::string_view protocol) {
    if (protocol.starts_with("avro")) return 4141;
    if (protocol.starts_with("thrift")) return 4545;
    if (protocol.starts_with("syslog")) return 5140;
    if (protocol.starts_with("http")) return 8080;
    return 44444;
}

std::string filled(std::string_view pattern, std::string_view agent, std::string_view name) {
    return fmt::format(fmt::runtime(pattern), fmt::arg("agent", agent), fmt::arg("name", name));
}

class Values {
public:
    Values(const catalog::ComponentSpec& spec, const std::map<std::string, std::string>& set)
        : spec_(spec), set_(set) {}

    void add(std::string_view key, std::string value) {
        if (key.empty() || value.empty() || has(key)) return;
        out_.emplace_back(std::string(key), std::move(value));
    }
    /// Only keys that have no usable default of their own.
    void addIfNeeded(std::string_view key, std::string value) {
        const catalog::PropertySpec* declared = key.empty() ? nullptr : spec_.property(key);
        if (declared != nullptr && !declared->required) return;
        add(key, std::move(value));
    }
    std::vector<KeyValue> take() {
        for (const auto& [key, value] : set_) {
            if (key != "type") out_.emplace_back(key, value);
        }
        return std::move(out_);
    }

private:
    bool has(std::string_view key) const {
        return set_.contains(std::string(key)) ||
               std::any_of(out_.begin(), out_.end(), [key](const KeyValue& v) { return v.first == key; });
    }
    const catalog::ComponentSpec& spec_;
    const std::map<std::string, std::string>& set_;
    std::vector<KeyValue> out_;
};

std::string clusterServers(const Graph& graph) {
    for (const Node* cluster : graph.ofKind(NodeKind::cluster)) {
        if (std::string servers = serversOf(*cluster); !servers.empty()) return servers;
    }
    return "127.0.0.1:9092";
}

} // namespace

std::string typeValue(const catalog::ComponentSpec& spec) {
    return std::string(spec.alias.empty() ? spec.className : spec.alias);
}

std::vector<KeyValue> workingValues(const Graph& graph, const catalog::ComponentSpec& spec, std::string_view agent,
                                    std::string_view name, const std::map<std::string, std::string>& set) {
    Values values(spec, set);
    const std::string port = std::to_string(
        freePort(graph, usualPort(spec.listens.portKey.empty() ? spec.connects.protocol : spec.listens.protocol)));
    values.addIfNeeded(spec.listens.hostKey, "127.0.0.1");
    values.addIfNeeded(spec.listens.portKey, port);
    values.addIfNeeded(spec.connects.hostKey, "127.0.0.1");
    values.addIfNeeded(spec.connects.portKey, port);
    values.add(spec.kafka.serversKey, clusterServers(graph));
    for (const Habit& habit : kHabits) {
        const bool sink = habit.alias == "http" && spec.kind != catalog::ComponentKind::sink;
        if (habit.alias == spec.alias && !spec.alias.empty() && !sink)
            values.add(habit.key, filled(habit.value, agent, name));
    }
    return values.take();
}

} // namespace millrace::topology
