#pragma once

#include "base/result.h"
#include "java/java_charset.h"

#include <proton/message.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::flume {

/// What became of a message.
struct JmsEvent {
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

/// org.apache.flume.source.jms.DefaultJMSMessageConverter over AMQP 1.0, as clients of JMS map it: BytesMessage and
/// ObjectMessage keep their bytes, the text of a TextMessage is encoded, other messages have no body; properties become
/// headers, as Java writes them. One thread.
class JmsConverter {
public:
    /// `charset` of text; null = UTF-8 as it came.
    static Result<JmsConverter> of(const java::JavaCharset* charset);
    /// An error for bytes that are no message, as far as Proton tells: it takes much for an empty one.
    Result<JmsEvent> convert(std::string_view encoded);

private:
    struct Free {
        void operator()(pn_message_t* message) const { pn_message_free(message); }
    };
    explicit JmsConverter(std::optional<java::CharsetEncoder> encoder);
    std::string bodyOf(pn_data_t* body);

    std::unique_ptr<pn_message_t, Free> message_;
    std::optional<java::CharsetEncoder> encoder_;
};

} // namespace millrace::flume
