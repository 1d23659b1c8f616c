#include "topology/text/edit_errors.h"

namespace millrace::topology {
namespace {

constexpr Sentence kTexts[] = {
    {"agent-takes-no-wire", "Draw the wire to a part of the agent."},
    {"alike-cannot-connect", "A %1 cannot be connected to another %1."},
    {"already-connected", "They are connected already."},
    {"bad-edit-range", "The edit replaces bytes %1 to %2, which do not rise within the %3 bytes of the text."},
    {"bad-host-port", "\"%1\" is no host:port."},
    {"bad-own-key", "\"%1\" cannot be the key of a #@ line."},
    {"channel-of-another-agent",
     "A channel belongs to one agent. Connect agents by an Avro sink and source, or by a topic."},
    {"clipboard-empty", "The clipboard holds no parts of a topology."},
    {"clipboard-too-large", "The clipboard holds more than 4 MiB: too much to paste."},
    {"cluster-named-by-address", "This cluster is only named by its address. Make it a part of the file to name it."},
    {"cluster-named-by-users", "This cluster is only named by the components that use it: change or remove those."},
    {"cluster-takes-no-wire", "Draw the wire to a topic of the cluster."},
    {"document-read-only", "This file was written by a newer Millrace (version %1) and can only be looked at and run. "
                           "Update Millrace to change it."},
    {"empty-property-key", "A property needs a key."},
    {"empty-property-value", "The value of %1 must not be empty."},
    {"empty-value-refused", "Flume ignores a property with an empty value: remove %1 instead."},
    {"file-is-directory", "%1 is a directory, not a topology file."},
    {"file-too-large", "%1 is larger than 64 MiB, the most that is read as a topology file. Is it a log or data file?"},
    {"group-needs-sinks", "A sink group is made of sinks: select two or more and group them."},
    {"group-needs-two", "A sink group needs two sinks or more."},
    {"group-of-other-things", "Only sinks can be grouped."},
    {"group-of-two-agents", "The sinks of a group belong to one agent."},
    {"group-takes-no-wire", "Draw the wire to a sink of the group."},
    {"in-another-group", "\"%1\" belongs to the group \"%2\" already."},
    {"kafka-needs-topic", "A Kafka sink reaches a Kafka source through a topic: draw the wire to the topic."},
    {"name-has-blanks", "A name must not contain blanks."},
    {"name-has-character", "A name must not contain \"%1\"."},
    {"name-is-empty", "A name must not be empty."},
    {"name-is-long", "A name must not be longer than 200 bytes."},
    {"name-is-no-text", "A name must be UTF-8 text."},
    {"name-taken", "\"%1\" exists already."},
    {"no-hop", "A sink of type %1 cannot reach a source of type %2 in another agent. Use an avro sink and an avro "
               "source, or a topic between."},
    {"no-such-group", "There is no sink group %1 in this file."},
    {"no-such-node", "There is no %1 in this file."},
    {"no-such-wire", "There is no wire from %1 to %2."},
    {"node-has-no-place", "%1 has no place of its own."},
    {"node-has-no-type", "Only components have a type; this is of the kind %1."},
    {"node-needs-type", "A %1 needs a type."},
    {"not-a-node", "%1 names no node."},
    {"note-takes-no-wire", "A note has no wires."},
    {"only-kafka-channel", "Only a Kafka channel keeps its events in a topic."},
    {"only-kafka-sink", "Only a Kafka sink writes to a topic; \"%1\" is of type %2."},
    {"only-kafka-source", "Only a Kafka source reads a topic; \"%1\" is of type %2."},
    {"sink-has-channel",
     "A sink takes from exactly one channel: \"%1\" takes from \"%2\" already. Remove that wire first."},
    {"subscribes-by-pattern", "\"%1\" subscribes to the topics that a pattern matches (%2). Remove that first."},
    {"traffic-is-input", "Traffic is input: draw it to a source or a topic."},
    {"traffic-not-read",
     "Traffic goes to a file, a TCP port or a topic; a source of type %1 reads none of these here."},
    {"wire-needs-two-ends", "A wire needs two ends."},
};

} // namespace

std::span<const Sentence> allRefusalTexts() {
    return kTexts;
}

Error refusal(std::string_view code, std::vector<std::string> arguments, ErrorCode kind) {
    return sentenceError(kTexts, kind, code, std::move(arguments));
}

Error noSuchNode(const NodeId& node) {
    return refusal("no-such-node", {node}, ErrorCode::notFound);
}

Error nameTaken(std::string_view name) {
    return refusal("name-taken", {std::string(name)}, ErrorCode::alreadyExists);
}

} // namespace millrace::topology
