#include "topology/checks/lint.h"

#include "topology/text/escapes.h"
#include "topology/graph/graph_builder.h"
#include "topology/text/name_pattern.h"
#include "topology/document/line_writer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace millrace::topology {
namespace {

/// Sinks that answer trouble with a pause instead of an exception (flume-ng: HDFS, HTTP, IRC, Hive).
constexpr std::string_view kQuietSinks[] = {"hdfs", "http", "irc", "hive"};

class Pitfalls {
public:
    Pitfalls(const LintInput& input, Reporter& reporter) : input_(input), reporter_(reporter) {}

    void run() {
        for (const Node& node : input_.graph.nodes) {
            if (!node.declared || node.agent.empty()) continue;
            if (node.kind == NodeKind::source) source(node);
            if (node.kind == NodeKind::sink) sink(node);
            if (node.kind == NodeKind::channel) channel(node);
            if (node.spec != nullptr) tlsWithDeflate(node);
        }
        for (const SinkGroup& group : input_.graph.groups)
            sinkGroup(group);
        for (const Wire& wire : input_.graph.wires) {
            if (wire.kind == WireKind::traffic) spooledTraffic(wire);
        }
    }

private:
    std::string value(const Node& node, std::string_view key) const {
        return std::string(trimmed(input_.values.resolve(node.valueOr(key))));
    }
    bool isTrue(const Node& node, std::string_view key) const {
        std::string text = value(node, key);
        std::transform(text.begin(), text.end(), text.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return text == "true";
    }
    Site site(const Node& node, std::string_view key) const {
        const Entry* entry = lastEntry(input_.document, fullKeyOf(node.id, key).key, false);
        if (entry == nullptr) entry = lastEntry(input_.document, fullKeyOf(node.id, "type").key, false);
        return {node.id, std::string(key), entry, Site::Part::value};
    }
    static bool isOf(const Node& node, std::string_view alias) {
        return node.spec != nullptr && node.spec->alias == alias;
    }

    std::vector<const Node*> sourcesOf(const NodeId& channel) const {
        std::vector<const Node*> out;
        for (const Wire& wire : input_.graph.wires) {
            if (wire.kind == WireKind::sourceToChannel && wire.to == channel)
                out.push_back(input_.graph.find(wire.from));
        }
        return out;
    }

    bool hasInterceptor(const Node& source, std::string_view alias) const {
        for (const std::string& name : splitList(value(source, "interceptors"))) {
            const auto* spec = input_.document.catalog().find(catalog::ComponentKind::interceptor,
                                                              value(source, fmt::format("interceptors.{}.type", name)));
            if (spec != nullptr && spec->alias == alias) return true;
        }
        return false;
    }

    void source(const Node& node) {
        std::vector<std::string> required;
        for (const Wire& wire : input_.graph.wires) {
            if (wire.kind == WireKind::sourceToChannel && wire.from == node.id && !wire.optional)
                required.push_back(nameOf(wire.to));
        }
        // Only a source that sends again after a failure makes duplicates of a half-done batch.
        const auto* selector =
            input_.document.catalog().find(catalog::ComponentKind::channelSelector, value(node, "selector.type"));
        const bool replicates = selector == nullptr || selector->alias == "replicating";
        if (required.size() > 1 && replicates) {
            reporter_.report(Severity::information, "required-fanout-not-atomic",
                             {fmt::format("{}", fmt::join(required, ", "))}, site(node, "channels"));
        }
        if (isOf(node, "TAILDIR")) rotation(node);
    }

    void rotation(const Node& node) {
        for (const std::string& group : splitList(value(node, "filegroups"))) {
            const std::string key = "filegroups." + group;
            const std::string pattern = std::filesystem::path(value(node, key)).filename().string();
            NamePattern compiled(pattern);
            if (pattern.empty() || compiled.broken()) continue;
            // What logrotate and logging libraries call the old file.
            for (const char* rotated : {"app.log.1", "access.log.1", "access.log.2024-01-01", "a.1"}) {
                if (!compiled.matches(rotated)) continue;
                reporter_.report(Severity::warning, "taildir-rotation", {pattern, rotated}, site(node, key));
                break;
            }
        }
    }

    void channel(const Node& node) {
        if (!isOf(node, "file") && !isOf(node, "SPILLABLEMEMORY")) return;
        for (const char* key : {"checkpointDir", "dataDirs"}) {
            for (const std::string& directory : splitOn(value(node, key), ',')) {
                if (directory.empty()) continue;
                const auto [first, added] = directories_.try_emplace(alikePath(directory), &node);
                if (added || first->second == &node) continue;
                reporter_.report(Severity::error, "channel-directory-shared",
                                 {node.name, directory, first->second->id, key}, site(node, key));
            }
        }
    }

    void sink(const Node& node) {
        const std::string channel = value(node, "channel");
        const NodeId id = componentId(node.agent, Section::channels, channel);
        if (node.spec != nullptr && node.spec->kafka.produces) kafkaLoop(node, id);
        if (isOf(node, "hdfs")) timeEscapes(node, id);
    }

    void kafkaLoop(const Node& sink, const NodeId& channel) {
        if (!isTrue(sink, "allowTopicOverride")) return;
        const std::string header = value(sink, "topicHeader");
        const std::string servers = value(sink, sink.spec->kafka.serversKey);
        for (const Node* source : sourcesOf(channel)) {
            if (source->spec == nullptr || !source->spec->kafka.consumes || !isTrue(*source, "setTopicHeader"))
                continue;
            const bool removed = hasInterceptor(*source, "remove_header");
            if (removed || value(*source, "topicHeader") != header ||
                value(*source, source->spec->kafka.serversKey) != servers)
                continue;
            Diagnostic& d = reporter_.report(Severity::warning, "kafka-topic-loop", {header, sink.name},
                                             site(sink, sink.spec->kafka.topicKey));
            reporter_.fixBySetting(d, fullKeyOf(sink.id, "allowTopicOverride").key, "false");
            return;
        }
    }

    /// A source that certainly sets the header, or whose events may bring one from elsewhere.
    bool mayBringTimestamp(const Node& source) const {
        if (hasInterceptor(source, "timestamp") || source.spec == nullptr) return true;
        const auto headers = source.spec->headersOut;
        if (std::find(headers.begin(), headers.end(), "timestamp") != headers.end()) return true;
        const std::string_view alias = source.spec->alias;
        return alias == "avro" || alias == "thrift" || alias == "http" || alias == "jms" ||
               value(source, "interceptors") != "";
    }

    void timeEscapes(const Node& sink, const NodeId& channel) {
        if (isTrue(sink, "hdfs.useLocalTimeStamp")) return;
        const auto sources = sourcesOf(channel);
        const bool certain = sources.empty() || std::all_of(sources.begin(), sources.end(),
                                                            [this](const Node* s) { return mayBringTimestamp(*s); });
        if (certain) return;
        for (const char* key : {"hdfs.path", "hdfs.filePrefix"}) {
            const std::string text = value(sink, key);
            for (std::size_t at = text.find('%'); at != std::string::npos && at + 1 < text.size();
                 at = text.find('%', at + 2)) {
                if (std::string_view("aAbBcdeDHIjklmMnpsStyYz%").find(text[at + 1]) == std::string_view::npos) continue;
                const std::string local = fullKeyOf(sink.id, "hdfs.useLocalTimeStamp").key;
                Diagnostic& d = reporter_.report(Severity::warning, "time-escape-without-timestamp",
                                                 {key, text.substr(at, 2), local}, site(sink, key));
                reporter_.fixBySetting(d, local, "true");
                return;
            }
        }
    }

    void tlsWithDeflate(const Node& node) {
        if (value(node, "compression-type") != "deflate" || !isTrue(node, "ssl")) return;
        reporter_.report(Severity::information, "tls-with-deflate", {}, site(node, "compression-type"));
    }

    void sinkGroup(const SinkGroup& group) {
        const auto* processor = input_.document.catalog().find(catalog::ComponentKind::sinkProcessor, group.processor);
        const Node* node = input_.graph.find(group.id);
        if (processor == nullptr || !node->declared) return;
        if (processor->alias == "load_balance") {
            reporter_.report(Severity::information, "group-runs-one-thread", {node->name},
                             site(*node, "processor.type"));
        }
        if (processor->alias == "default") return;
        for (const NodeId& id : group.sinks) {
            const Node* sink = input_.graph.find(id);
            if (sink->spec == nullptr ||
                std::find(std::begin(kQuietSinks), std::end(kQuietSinks), sink->spec->alias) == std::end(kQuietSinks))
                continue;
            reporter_.report(Severity::warning, "sink-never-fails-over",
                             {node->name, sink->name, std::string(sink->spec->alias)}, site(*node, "sinks"));
        }
    }

    void spooledTraffic(const Wire& wire) {
        const Node* source = input_.graph.find(wire.to);
        if (!isOf(*source, "spooldir")) return;
        reporter_.report(Severity::warning, "spooldir-written-in-place", {nameOf(wire.from)},
                         site(*source, "spoolDir"));
    }

    const LintInput& input_;
    Reporter& reporter_;
    std::map<std::string, const Node*> directories_;
};

} // namespace

void lintPitfalls(const LintInput& input, Reporter& reporter) {
    Pitfalls(input, reporter).run();
}

} // namespace millrace::topology
