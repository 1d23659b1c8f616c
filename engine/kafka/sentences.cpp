#include "kafka/sentences.h"

namespace millrace::kafka {

namespace {
constexpr Sentence kTexts[] = {
    {"broker-refused", "%1: %2"},
    {"no-broker-answers", "no Kafka broker answers at %1"},
    {"topic-missing", "Kafka at %2 has no topic %1; it is waited for"},
};
} // namespace

std::span<const Sentence> sentences() {
    return kTexts;
}

Error failure(ErrorCode kind, std::string_view code, std::vector<std::string> arguments) {
    return sentenceError(kTexts, kind, code, std::move(arguments), true);
}

} // namespace millrace::kafka
