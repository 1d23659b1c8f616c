#include "session/sentences.h"

#include "flume/sentences.h"
#include "kafka/sentences.h"
#include "traffic/disk_guard.h"

namespace millrace::session {

namespace {

constexpr Sentence kTexts[] = {
    {"already-running", "It is running already: stop it first."},
    {"broker-directory-in-use",
     "Another process uses the data directory %1: stop that one, or choose another run directory."},
    {"broker-directory-unusable", "The data directory %1 cannot be used: %2"},
    {"broker-silent", "The broker at %1 does not answer: its figures are those that it told last."},
    {"busy", "Too much was asked at once: ask again."},
    {"choice-unknown", "There is no %1 in this file. It has %2."},
    {"cluster-unreachable", "No broker answers at %1: %2"},
    {"disk-full", "The disk of %1 is full: make room, then start again."},
    {"no-common-protocol", "%1 and %2 cannot talk to each other: bring the older one up to date."},
    {"node-not-running", "%1 is not running."},
    {"nothing-running", "Nothing is running."},
    {"nothing-to-choose", "There is no %1 in this file, nor anything else to run."},
    {"port-taken", "%1 is taken, perhaps by another Kafka: use %2 instead, or stop the other program."},
    {"records-out-of-reach", "Records of %1 cannot be watched here: it is no embedded cluster."},
    {"run-directory-unusable", "The run directory %1 cannot be used: %2. Choose another one (--dir)."},
    {"topic-refused", "The topic %1 cannot be made: %2."},
    {"topic-unknown", "There is no topic %1 on this cluster."},
    {"verb-unknown", "%1 cannot be done there: that side is older."},
    {"would-lose-events", "%1 holds %2 events and no sink takes them: they would be lost."},
};

/// What is said of an error that has no sentence of its own; every ErrorCode has one, under its name.
constexpr Sentence kGeneral[] = {
    {"addressInUse", "%1"}, {"alreadyExists", "%1"}, {"cancelled", "%1"},  {"closed", "%1"},          {"corrupt", "%1"},
    {"denied", "%1"},       {"full", "%1"},          {"internal", "%1"},   {"invalidArgument", "%1"}, {"io", "%1"},
    {"noSpace", "%1"},      {"notFound", "%1"},      {"outOfRange", "%1"}, {"protocol", "%1"},        {"timeout", "%1"},
    {"unsupported", "%1"},
};

void add(std::vector<Sentence>& all, std::span<const Sentence> some) {
    all.insert(all.end(), some.begin(), some.end());
}

} // namespace

Error sessionError(std::string_view code, std::vector<std::string> arguments, ErrorCode kind) {
    return sentenceError(kTexts, kind, code, std::move(arguments));
}

Error spoken(Error error) {
    if (!error.sentence.empty()) return error;
    error.sentence = toString(error.code);
    error.arguments = {error.message};
    return error;
}

std::vector<Sentence> allSentences() {
    std::vector<Sentence> all;
    add(all, kTexts);
    add(all, kGeneral);
    add(all, traffic::diskSentences());
    add(all, flume::sentences());
    add(all, kafka::sentences());
    add(all, systemSentences());
    return all;
}

} // namespace millrace::session
