#include "flume/sources/syslog/syslog_intake.h"

#include <algorithm>
#include <utility>

namespace millrace::flume {
namespace {

class SyslogConnection final : public net::StreamHandler {
public:
    explicit SyslogConnection(SyslogStream stream)
        : stream_(std::move(stream)), open_((*stream_.intake->services().counters)[FlumeCounter::openConnections]) {}

    void opened(const std::shared_ptr<net::Connection>& connection) override {
        connection_ = connection;
        more_ = stream_.more(connection->peer());
        open_.add(1);
    }

    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
        const std::size_t most = stream_.batchSize->load(std::memory_order_relaxed);
        EventBatchBuilder builder = builderFor(text.size(), most);
        std::size_t at = 0, scanned = scanned_;
        for (;;) {
            const std::string_view rest = text.substr(at, stream_.eventSize);
            const std::size_t end = rest.find('\n', std::exchange(scanned, 0));
            const bool ended = end != std::string_view::npos;
            if (!ended && rest.size() < stream_.eventSize) break;
            // An empty line is what a cut message leaves of its end, or nothing at all.
            const std::string_view line = rest.substr(0, end);
            if (!line.empty()) stream_.intake->add(*stream_.lines, line, !ended, more_, builder);
            at += line.size() + (ended ? 1 : 0);
            if (builder.size() < most) continue;
            hand(builder);
            builder = builderFor(text.size() - at, most);
        }
        hand(builder);
        scanned_ = text.size() - at;
        return at;
    }

    void closed(const Error*) override {
        connection_.reset();
        open_.add(-1);
    }

private:
    /// Lines are mostly shorter.
    static constexpr std::size_t kUsualLine = 256;

    /// With room for what may become of so many bytes, without waste where they become several batches.
    static EventBatchBuilder builderFor(std::size_t bytes, std::size_t mostEvents) {
        return EventBatchBuilder(std::min(bytes, mostEvents * kUsualLine),
                                 std::min(mostEvents, bytes / kUsualLine + 1));
    }

    void hand(EventBatchBuilder& builder) {
        stream_.intake->batches().push(builder.finish(), connection_->peer().host, connection_);
    }

    const SyslogStream stream_;
    Counter& open_;
    std::shared_ptr<net::Connection> connection_;
    std::shared_ptr<const SyslogHeaders::More> more_;
    std::size_t scanned_ = 0; ///< so many bytes of what is held back have no line end
};

} // namespace

void SyslogIntake::add(SyslogLines& lines, std::string_view line, bool cut,
                       const std::shared_ptr<const SyslogHeaders::More>& more, EventBatchBuilder& builder) {
    const SyslogMessage message = lines.parse(line, cut, services_.clock->epochMs());
    if (message.status == SyslogMessage::Status::invalid) (*services_.counters)[FlumeCounter::eventReadFail].add();
    builder.setHeaders(headers_.of(message, more));
    (void)builder.add(message.body);
}

std::unique_ptr<net::StreamHandler> makeSyslogConnection(SyslogStream stream) {
    return std::make_unique<SyslogConnection>(std::move(stream));
}

net::Limits syslogLimits(std::size_t eventSize, const net::TransportFactory& transport,
                         const ComponentServices& services) {
    net::Limits limits;
    limits.streamBufferBytes = std::max(limits.streamBufferBytes, eventSize + 1);
    limits.transport = transport;
    limits.log = services.log;
    limits.node = services.id;
    return limits;
}

} // namespace millrace::flume
