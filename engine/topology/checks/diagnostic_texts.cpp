#include "topology/checks/diagnostic_texts.h"

namespace millrace::topology {
namespace {

constexpr Sentence kTexts[] = {
    {"agent-without-channels",
     "Flume would start nothing of agent %1, because it lists no channels: add %1.channels with their names."},
    {"agent-without-ends", "Flume would start nothing of agent %1, because it has no valid source and no valid sink: "
                           "add one, or mend those it has."},
    {"agent-without-lists",
     "Flume would take \"%1\" for an agent without sources, channels and sinks and ignore it: is the key misspelt?"},
    {"agent-without-valid-channels",
     "Flume would start nothing of agent %1, because none of its channels is valid: mend %2."},
    {"batch-above-transaction",
     "Flume would remove this %1, because its batch size %2 is greater than the transactionCapacity %3 of channel %4."},
    {"broker-not-run-here",
     "Millrace runs no Kafka broker at %1: the drawing works only while one answers there, or when "
     "its cluster is made embedded."},
    {"byte-order-mark", "The file begins with a byte order mark, which Flume takes for part of the first key, so that "
                        "this line is lost: remove it."},
    {"channel-directory-shared", "Channel %1 uses the same directory %2 as channel %3. Only one of them can lock it, "
                                 "so the other one never starts: "
                                 "give each its own %4."},
    {"channel-unattached", "Flume would remove channel %1, because no source and no sink that runs is attached to it."},
    {"cluster-address-missing", "Cluster %1 has no valid address: set %2 to host:port."},
    {"cluster-kind-missing", "Cluster %1 has no kind: set it to embedded or external."},
    {"component-without-type", "Flume would remove this %1, because it has no type: set %2."},
    {"config-not-loadable",
     "Flume would remove this %1, because it cannot load the class %2 for its settings: remove this line."},
    {"dropped-backslash", "Flume reads \"%1\" without its backslash, as \"%2\": write two backslashes for one."},
    {"duplicate-key", "This line has no effect, because line %1 sets %2 again: remove one of the two."},
    {"empty-value", "Flume ignores %1, because it has no value: give it one or remove the line."},
    {"environment-filter-missing", "The environment variable %1 is not set, so that config filter %2 fills in nothing "
                                   "and the placeholder stays as it "
                                   "is written."},
    {"file-lost-by-escape",
     "Flume would lose the whole file with every agent in it, because \\u is not followed by four hexadecimal digits: "
     "write \\\\u for a backslash and a u."},
    {"filter-not-asked",
     "What the command of config filter %1 fills in is known only when the agent starts, and is not checked before."},
    {"filter-not-made",
     "Flume cannot make config filter %1 of the type \"%2\", so that its placeholders stay as they are "
     "written: set its type to env, external or hadoop."},
    {"filter-without-answer",
     "Config filter %1 fills in nothing for %2, and the placeholder stays as it is written: %3."},
    {"filter-without-command",
     "Config filter %1 has no command, so that its placeholders stay as they are written: set its command."},
    {"foreign-channel", "This %1 cannot run here yet, because its channel %2 cannot."},
    {"foreign-filter",
     "This %1 cannot run here yet, because config filter %3 fills in %2, and this version of Millrace "
     "cannot read its store. Apache Flume runs it."},
    {"foreign-members", "Sink group %1 cannot run here yet, because too few of its sinks can. Apache Flume runs it."},
    {"foreign-part",
     "This %1 cannot run here yet, because its %2 is of type %3, which this version of Millrace does not have."},
    {"foreign-type", "This %1 cannot run here yet: this version of Millrace has no %2. Apache Flume runs it."},
    {"group-empty", "Flume would remove sink group %1, because none of its sinks is left: name valid sinks in %2."},
    {"group-member-lost", "Flume would start nothing of agent %1, because sink group %2 asks for sink %3, which cannot "
                          "be configured: mend the "
                          "sink or take it out of the group."},
    {"group-member-shared", "Flume would not add sink %1 to group %2, because it belongs to group %3 already."},
    {"group-member-unknown", "Flume would not add %1 to sink group %2, because there is no valid sink of this name."},
    {"group-not-one-sink",
     "Flume would remove sink group %1 with its sinks, because a %2 processor needs exactly one sink: there are %3."},
    {"group-runs-one-thread", "The sinks of group %1 take turns in one thread, so the group is not faster than one "
                              "sink: for more throughput give "
                              "each sink its own runner."},
    {"group-too-small",
     "Flume would remove sink group %1 with its sinks, because a %2 processor needs two sinks or more: there are %3."},
    {"group-without-processor", "Flume would remove sink group %1, and its sinks never run, because it has no "
                                "processor.type: set it to failover or "
                                "load_balance."},
    {"group-without-sinks",
     "Flume would lose the whole file with every agent in it, because sink group %1 has no sinks: set %2."},
    {"hash-order-variable",
     "Whether Flume resolves ${%1} here depends on the order of its hash table: %2. Write the value itself, or a "
     "reference to the environment."},
    {"ignored-key",
     "Flume ignores %1: behind the agent it expects sources, channels, sinks, sinkgroups or configfilters."},
    {"ignored-key-near", "Flume ignores %1: did you mean %2?"},
    {"interceptor-here-only", "Apache Flume 1.11 would remove this source, because it cannot load the interceptor type "
                              "%3: %4. Millrace runs it."},
    {"interceptor-without-type", "Flume would remove this source, because interceptor %1 has no type: set %2."},
    {"kafka-topic-loop", "The Kafka source puts its topic into the header \"%1\", and sink %2 prefers that header to "
                         "its own topic: events go "
                         "straight back to where they came from. Set allowTopicOverride to false."},
    {"key-without-agent", "Flume ignores %1, because a key begins with the name of an agent and a dot."},
    {"latin1-value", "Flume reads this value as ISO-8859-1, as \"%1\": write characters outside ASCII as \\uXXXX."},
    {"listed-without-properties", "Flume would remove %1 %2, because it is in the list but has no properties: set %3."},
    {"name-with-slash",
     "%1 cannot be shown or run here, because a name must not contain \"/\": rename it. Apache Flume "
     "runs it."},
    {"not-in-list", "Flume ignores this %1, because \"%2\" is not in the list %3: add it, or remove its lines."},
    {"not-loadable", "Flume 1.11 would start nothing of agent %1, because it cannot load the %2 type %3: %4."},
    {"not-loadable-selector", "Flume 1.11 would remove this source, because it cannot load the selector %1: %2."},
    {"optional-unknown-channel", "Every batch of this source would fail after its required channels have taken it, and "
                                 "be repeated for ever, because "
                                 "%1 names %2, which is no channel of the source."},
    {"our-id-wrong", "%1 has no effect, because \"%2\" cannot be a name: use at most 200 bytes of UTF-8 text without "
                     "blanks and without . = : # ! \\ / , $."},
    {"our-key-unknown", "%1 is no key that Millrace knows; the line is kept as it is."},
    {"our-line-not-utf8",
     "This line is not in UTF-8, so that some of its characters are lost when it is shown: write it again in UTF-8."},
    {"our-line-unreadable", "A line that begins with #@ needs the form \"#@ key = value\"."},
    {"our-value-wrong", "%1 is \"%2\": %3."},
    {"own-class", "Flume would start nothing of agent %1 unless the class of its %2 type %3 is on its class path. "
                  "Millrace runs no Java: a program of yours can do its work, as a %2 of type command."},
    {"own-interceptor-class",
     "Flume would remove this source unless the class %1 of interceptor %2 is on its class path. Millrace runs no "
     "Java: a program of yours can do its work, as an interceptor of type command."},
    {"place-malformed", "A position is \"X Y\" or \"X Y WIDTH HEIGHT\" in whole numbers, but %1 is \"%2\"."},
    {"place-unknown", "This position belongs to nothing in the file: there is no %1."},
    {"port-conflict", "Port %1 is used by %2 as well: only one of them can listen there. Choose another port."},
    {"required-fanout-not-atomic", "When one of the required channels %1 fails, the others keep what they took, and "
                                   "the source sends it again: expect "
                                   "duplicates."},
    {"runs-here-only",
     "Apache Flume 1.11 would start nothing of agent %1, because it cannot load the %2 type %3: %4. Millrace runs it."},
    {"selector-here-only",
     "Apache Flume 1.11 would remove this source, because it cannot load the selector %3: %4. Millrace runs it."},
    {"selector-no-channel", "Flume would remove this source, because its selector names no channel in %1."},
    {"selector-unknown-channel",
     "Flume would remove this source, because its selector names channel %1 in %2, which is not one of its channels."},
    {"sink-channels-key",
     "Flume would remove this sink, because it reads \"channel\", not \"channels\": rename the key."},
    {"sink-named-like-group",
     "Sink %1 would never run in Flume, because a sink group in use has the same name: rename one."},
    {"sink-never-fails-over",
     "Group %1 never turns to another sink when %2 has trouble, because a %3 sink reports none to its group."},
    {"sink-two-channels",
     "Flume would remove this sink, because a sink takes from exactly one channel, and it looks for one named \"%1\"."},
    {"sink-unknown-channel",
     "Flume would remove this sink, because its channel %1 is not a valid channel of agent %2."},
    {"sink-without-channel", "Flume would remove this sink, because it has no channel: set %1."},
    {"sink-without-started-channel", "Flume would remove this sink, because its channel %1 is removed."},
    {"source-channel-key", "Flume reads \"channels\" of a source, not \"channel\": rename the key."},
    {"source-unknown-channel",
     "Flume drops %1 from the channels of this source, because agent %2 has no valid channel of this name."},
    {"source-without-channel", "Flume would remove this source, because it has no valid channel: set %1."},
    {"source-without-started-channel", "Flume would remove this source, because all its channels are removed: %1."},
    {"spooldir-written-in-place",
     "%1 writes into the spooling directory of this source. A file that changes while it is read fails it until the file "
     "is gone, and Flume's source stops for good: move finished files there, or use TAILDIR."},
    {"taildir-rotation", "The pattern \"%1\" also matches rotated files such as \"%2\": a rename makes the source read "
                         "the whole file again. Let "
                         "the pattern match only the name in use."},
    {"time-escape-without-timestamp", "%1 contains the time escape %2, but no timestamp header is sure to be there, "
                                      "and an event without it is tried for "
                                      "ever: add a timestamp interceptor or set %3 to true."},
    {"tls-with-deflate", "TLS with deflate works only between Flume 1.10 and later on both ends: earlier versions nest "
                         "the two the other way round."},
    {"topic-cluster-missing", "Topic %1 belongs to no cluster of this file: set %2 to the name of one."},
    {"topic-name-duplicate", "Topic %1 has the same name and cluster as topic %2: remove one of the two."},
    {"topic-name-illegal", "Kafka refuses the topic name \"%1\": it may have up to 249 letters, digits, dots, "
                           "underscores and hyphens, and must "
                           "not be \".\" or \"..\"."},
    {"topic-names-collide", "Kafka refuses the topic %1 beside %2, because their names differ only in dots and "
                            "underscores: rename one of the two."},
    {"traffic-has-no-goal", "Traffic %1 goes nowhere: set file, tcp or topic, or draw a wire to a source or topic."},
    {"traffic-topic-unknown",
     "Traffic %1 writes to topic %2, which is not in this file: add the topic or draw the wire again."},
    {"trailing-comment",
     "The comment \"%1\" is part of the value, because a comment needs a line of its own: put it on the line above."},
    {"type-wrong-case",
     "Flume would start nothing of agent %1, because it loads the class %2 by its exact name: write %3."},
    {"unknown-interceptor", "Flume would remove this source, because it cannot load %1, the type of interceptor %2."},
    {"unknown-processor",
     "Flume would remove sink group %1, and its sinks never run, because it cannot load the processor %2."},
    {"unknown-selector", "Flume would remove this source, because it cannot load the selector %1."},
    {"unknown-type",
     "Flume would start nothing of agent %1, because it has no %2 type %3 and cannot load a class of this name."},
    {"unknown-type-near", "Flume would start nothing of agent %1, because it has no %2 type %3: did you mean %4?"},
    {"variable-cycle", "${%1} leads back to itself and stays as it is written."},
    {"variable-unknown", "${%1} is not known and stays as it is written."},
    {"version-newer",
     "This file was written for a newer Millrace (version %1). It can be looked at and run, but not changed."},
};

constexpr Sentence kFixIts[] = {
    {"add-to-list", "Add %1 to %2"},
    {"double-backslash", "Write two backslashes"},
    {"escape-characters", "Write as \\uXXXX"},
    {"move-comment", "Move the comment to a line of its own"},
    {"remove-byte-order-mark", "Remove the byte order mark"},
    {"remove-from-list", "Take %1 out of %2"},
    {"remove-line", "Remove the line"},
    {"rename-key", "Rename to %1"},
    {"run-broker-here", "Let Millrace run the broker"},
    {"set-value", "Set %1 to %2"},
};

} // namespace

std::span<const Sentence> allDiagnosticTexts() {
    return kTexts;
}
std::span<const Sentence> allFixItTexts() {
    return kFixIts;
}
std::string diagnosticText(std::string_view code, const std::vector<std::string>& arguments) {
    return sentenceText(kTexts, code, arguments);
}
std::string fixItText(std::string_view code, const std::vector<std::string>& arguments) {
    return sentenceText(kFixIts, code, arguments);
}

} // namespace millrace::topology
