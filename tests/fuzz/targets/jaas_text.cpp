// The text of sasl.jaas.config: whatever it is, it is an entry or an error; an entry that is written with all its
// options in quotes reads as the same.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "java/jaas.h"

namespace {

std::string quoted(const std::string& text) {
    std::string all = "\"";
    for (const char c : text)
        if (c == '"' || c == '\\')
            all += std::string("\\") + c;
        else if (c == '\n' || c == '\r')
            all += c == '\n' ? "\\n" : "\\r";
        else
            all += c;
    return all + "\"";
}

} // namespace

MILLRACE_FUZZ_TARGET(jaas_text) {
    using namespace millrace;
    const auto entry = java::parseJaas({reinterpret_cast<const char*>(data.data()), data.size()});
    if (!entry) return;
    std::string again = quoted(entry->loginModule) + " " + entry->flag;
    for (const auto& [key, value] : entry->options)
        again += " " + quoted(key) + "=" + quoted(value);
    const auto read = java::parseJaas(again + ";");
    MILLRACE_ASSERT(read && *read == *entry, "{} options read otherwise", entry->options.size());
}
