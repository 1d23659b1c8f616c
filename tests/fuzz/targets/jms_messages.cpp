// What a broker of AMQP hands over as a message, in both ways that text may be written: whatever it is, it becomes an
// event or an error.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "flume/sources/jms/jms_converter.h"

MILLRACE_FUZZ_TARGET(jms_messages) {
    using namespace millrace;
    const std::string_view encoded(reinterpret_cast<const char*>(data.data()), data.size());
    for (const char* charset : {"UTF-8", "GBK"}) {
        auto converter = flume::JmsConverter::of(java::findCharset(charset));
        MILLRACE_ASSERT(converter, "{} cannot be written", charset);
        const auto event = converter->convert(encoded);
        if (event)
            MILLRACE_ASSERT(event->body.size() <= 4 * data.size(), "{} bytes became {}", data.size(),
                            event->body.size());
    }
}
