#include "flume/sources/netcat_source.h"

#include "flume/registry.h"
#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace millrace::flume {
namespace {

constexpr std::size_t kQueueBytes = 8u << 20;
/// Lines of one read that become one batch, at most.
constexpr std::size_t kMostLines = 100;
/// What an event costs beside its body.
constexpr std::size_t kEventCost = 64;
/// A peer that sends without reading its answers is not read either beyond this.
constexpr std::size_t kMostUnreadAnswers = 64 * 1024;
/// A character of Java takes four bytes at most, in GB18030.
constexpr std::size_t kBytesPerCharacter = 4;

/// One connection; on the loop.
class NetcatConnection final : public net::StreamHandler {
public:
    NetcatConnection(const NetcatOptions& options, std::shared_ptr<NetcatSource::Queue> queue,
                     const ComponentServices& services)
        : options_(options),
          queue_(std::move(queue)),
          loop_(services.loop()),
          open_((*services.counters)[FlumeCounter::openConnections]) {
        if (options_.charset == nullptr) return;
        if (auto decoder = java::CharsetDecoder::of(*options_.charset)) decoder_ = std::move(*decoder);
    }

    void opened(const std::shared_ptr<net::Connection>& connection) override {
        connection_ = connection;
        client_ = std::make_shared<NetcatSource::Client>(connection, loop_);
        open_.add(1);
    }

    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
        if (!client_) return text.size();
        std::size_t at = 0;
        EventBatchBuilder builder(text.size());
        for (;;) {
            const auto end = text.find('\n', at);
            const auto line = text.substr(at, end == std::string_view::npos ? end : end - at);
            if (isTooLong(line, end != std::string_view::npos)) {
                hand(builder);
                queue_->push({std::exchange(client_, nullptr), nullptr, true}, kEventCost, connection_);
                return text.size();
            }
            if (end == std::string_view::npos) break;
            add(line, builder);
            at = end + 1;
            if (builder.size() == kMostLines) hand(builder);
        }
        hand(builder);
        if (connection_->queuedBytes() > kMostUnreadAnswers) {
            connection_->pauseReading();
            waitsForReader_ = true;
        }
        return at;
    }

    void peerFinished() override { client_.reset(); }

    void drained() override {
        if (!waitsForReader_) return;
        waitsForReader_ = false;
        connection_->resumeReading();
    }

    void closed(const Error*) override {
        client_.reset();
        connection_.reset();
        open_.add(-1);
    }

private:
    /// With its line feed a line may have as many characters as are allowed; without one it may still become one.
    bool isTooLong(std::string_view line, bool ended) {
        const std::size_t limit = options_.maxLineLength - 1;
        if (line.size() <= limit) return false;
        if (line.size() > kBytesPerCharacter * options_.maxLineLength) return true;
        const auto length = javaLength(asUtf8(line));
        return ended ? length > limit : length >= options_.maxLineLength;
    }

    void add(std::string_view line, EventBatchBuilder& builder) { (void)builder.add(asUtf8(line)); }

    /// Good until the next call.
    std::string_view asUtf8(std::string_view line) {
        if (!decoder_) return line;
        converted_.clear();
        decoder_->decode(line, converted_);
        decoder_->finish(converted_);
        return converted_;
    }

    void hand(EventBatchBuilder& builder) {
        auto batch = builder.finish();
        if (!batch) return;
        const std::size_t weight = batch->bodyBytes(0, batch->size()) + batch->size() * kEventCost;
        queue_->push({client_, std::move(batch), false}, weight, connection_);
    }

    const NetcatOptions options_;
    const std::shared_ptr<NetcatSource::Queue> queue_;
    net::EventLoop& loop_;
    Counter& open_;
    std::shared_ptr<net::Connection> connection_;
    std::shared_ptr<NetcatSource::Client> client_; ///< null when no more lines are taken
    std::optional<java::CharsetDecoder> decoder_;  ///< absent: lines are passed on as they are
    std::string converted_;
    bool waitsForReader_ = false;
};

} // namespace

Result<NetcatOptions> readNetcatOptions(Settings& settings) {
    NetcatOptions options;
    options.address = {settings.text("bind"), static_cast<std::uint16_t>(settings.number("port"))};
    options.maxLineLength = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("max-line-length")));
    options.ackEveryEvent = settings.flag("ack-every-event");
    const std::string encoding = settings.text("encoding");
    MILLRACE_TRY(settings.status());
    const auto charset = charsetOfLines(settings.who() + ": encoding", encoding);
    MILLRACE_TRY(charset);
    if (isPassedOn(**charset)) return options;
    options.charset = *charset;
    return options;
}

std::unique_ptr<net::StreamHandler> makeNetcatConnection(const NetcatOptions& options,
                                                         std::shared_ptr<NetcatSource::Queue> queue,
                                                         const ComponentServices& services) {
    return std::make_unique<NetcatConnection>(options, std::move(queue), services);
}

NetcatSource::Client::~Client() {
    loop_.post([connection = std::move(connection_)] { connection->closeAfterSending(); });
}

void NetcatSource::Client::answer(std::string text) {
    loop_.post([connection = connection_, text = std::move(text)] { connection->send(Bytes::copyOf(text)); });
}

NetcatSource::NetcatSource(NetcatOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

NetcatSource::~NetcatSource() {
    listener_.close();
}

Status NetcatSource::start() {
    listener_.close();
    if (!queue_) queue_ = std::make_shared<Queue>(kQueueBytes, services_.loop(), *services_.wakeUp);
    net::Limits limits;
    limits.streamBufferBytes = std::max(limits.streamBufferBytes, kBytesPerCharacter * options_.maxLineLength + 1);
    auto listener = net::listenStream(services_.loop(), options_.address, limits, [this] {
        return makeNetcatConnection(options_, queue_, services_);
    });
    if (!listener) return std::move(listener).error();
    listener_.open(std::move(*listener));
    return ok();
}

void NetcatSource::stop() {
    listener_.finish();
}

void NetcatSource::close() {
    listener_.close();
}

net::Address NetcatSource::address() const {
    return listener_.address(options_.address);
}

Result<Cycle> NetcatSource::cycle(ChannelProcessor& output) {
    if (!queue_) return Cycle::idle();
    auto received = queue_->pop();
    if (!received) {
        listener_.allAnswered(services_.clock->now());
        return Cycle::idle();
    }
    if (received->tooLong) {
        received->client->answer(fmt::format("FAILED: Event exceeds the maximum length ({} chars, including newline)\n",
                                             options_.maxLineLength));
        return Cycle::ready();
    }
    std::string answers = deliver(received->batch, output);
    if (!answers.empty()) received->client->answer(std::move(answers));
    return Cycle::ready();
}

std::string NetcatSource::deliver(const EventBatchPtr& batch, ChannelProcessor& output) {
    const auto size = static_cast<std::uint32_t>(batch->size());
    (*services_.counters)[FlumeCounter::eventReceived].addFromOwner(size);
    std::string answers;
    std::int64_t accepted = 0;
    for (const Status& line : output.processEach({batch, 0, size})) {
        if (!line)
            answers += "FAILED: " + line.error().message + "\n";
        else if (++accepted; options_.ackEveryEvent)
            answers += "OK\n";
    }
    (*services_.counters)[FlumeCounter::eventAccepted].addFromOwner(accepted);
    return answers;
}

Result<std::unique_ptr<Source>> makeNetcatSource(Settings& settings, const ComponentServices& services) {
    auto options = readNetcatOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<NetcatSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(NetcatSource, "org.apache.flume.source.NetcatSource", &makeNetcatSource)

} // namespace millrace::flume
