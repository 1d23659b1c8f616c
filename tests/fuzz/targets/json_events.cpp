// A request of the HTTP source: what the JSON handler takes has the form of events; parameters and charsets in what
// stands beside the body never harm.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "base/utf8.h"
#include "flume/handlers/http_text.h"
#include "flume/handlers/json_events.h"

using namespace millrace;
using namespace millrace::flume;

MILLRACE_FUZZ_TARGET(json_events) {
    const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
    (void)charsetIn(text);
    for (const auto& [name, value] : parametersIn(text))
        MILLRACE_ASSERT(name.size() + value.size() <= text.size(), "{} grew", name);
    static const java::JavaCharset& utf8 = *java::findCharset("UTF-8");
    static const java::JavaCharset& utf16 = *java::findCharset("UTF-16");
    const auto events = readJsonEvents(text, utf8);
    const auto wide = readJsonEvents(text, utf16);
    MILLRACE_ASSERT(events.has_value() == wide.has_value(), "taken in one charset only");
    if (!events) {
        MILLRACE_ASSERT(events.error().code == ErrorCode::invalidArgument, "{}", events.error().message);
        return;
    }
    if (!*events) return;
    MILLRACE_ASSERT((*events)->size() == (*wide)->size(), "{} events, {} in UTF-16", (*events)->size(),
                    (*wide)->size());
    for (std::size_t i = 0; i < (*events)->size(); ++i)
        MILLRACE_ASSERT(isUtf8((*events)->body(i)), "the body of event {} is no text", i);
}
