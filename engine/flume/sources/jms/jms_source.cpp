#include "flume/component.h"
#include "flume/registry.h"
#include "flume/sources/jms/jms_converter.h"
#include "flume/sources/jms/jms_settings.h"
#include "flume/support/counted_batches.h"
#include "java/java_number.h"

namespace millrace::flume {
namespace {

constexpr std::uint64_t kLongestPassword = 64 * 1024;

/// org.apache.flume.source.jms.JMSSource over AMQP 1.0: messages are accepted after the channels' commits (at least
/// once). A batch that no channel takes is kept and offered again; when the connection goes meanwhile it is dropped,
/// since the broker sends its messages again.
class JmsSource final : public Source {
public:
    JmsSource(JmsSourceOptions options, JmsConverter converter, const ComponentServices& services)
        : options_(std::move(options)), converter_(std::move(converter)), services_(services) {}

    /// The connection is made by cycles, which also make it anew.
    Status start() override {
        close();
        stopping_ = false;
        if (options_.passwordFile.empty()) return ok();
        auto password = services_.disk->readAll(services_.resolve(options_.passwordFile).string(), kLongestPassword);
        if (!password) return password.error().in("passwordFile");
        const std::string_view text(reinterpret_cast<const char*>(password->data()), password->size());
        options_.consumer.password = java::javaTrim(text);
        return ok();
    }
    /// What has come is still delivered: of a topic nobody would have it again.
    void stop() override {
        stopping_ = true;
        if (consumer_) consumer_->finish();
    }
    bool finished() const override { return !consumer_ || (!pending_ && leaving_ && consumer_->closed()); }
    void close() override {
        consumer_.reset();
        pending_.reset();
        deliveries_.clear();
        leaving_ = false;
    }
    Status reconfigure(const catalog::ComponentConfig& config) override {
        Settings settings(config);
        auto options = readJmsSourceOptions(settings, services_);
        if (!options) return std::move(options).error();
        options_.batchSize = options->batchSize;
        return ok();
    }
    Result<Cycle> cycle(ChannelProcessor& output) override {
        if (!consumer_) {
            if (!stopping_) connect();
            return Cycle::idle();
        }
        if (auto failure = consumer_->failure()) {
            (*services_.counters)[FlumeCounter::eventReadFail].addFromOwner(1);
            close();
            return Cycle::backoff(std::move(*failure));
        }
        if (!pending_) takeBatch();
        return pending_ ? deliver(output) : nothingCame();
    }

private:
    void connect() {
        consumer_ = AmqpConsumer::connect(services_.loop(), options_.consumer,
                                          [wakeUp = services_.wakeUp] { wakeUp->notify(); });
    }

    Cycle nothingCame() {
        if (stopping_ && !std::exchange(leaving_, true)) consumer_->close();
        return Cycle::idle();
    }

    void takeBatch() {
        deliveries_ = consumer_->take(options_.batchSize);
        EventBatchBuilder builder(0, deliveries_.size());
        for (const AmqpDelivery& delivery : deliveries_) {
            auto event = converter_.convert(delivery.bytes);
            if (!event) {
                services_.log->warning(services_.id, "a message was skipped: {}", event.error().message);
                continue;
            }
            builder.setHeaders(std::make_shared<const HeaderSet>(std::move(event->headers)));
            (void)builder.add(event->body);
        }
        pending_ = builder.finish();
        if (!pending_) accept(); // nothing in it could be read
    }

    Result<Cycle> deliver(ChannelProcessor& output) {
        if (Status processed = processCounted(output, pending_, *services_.counters); !processed)
            return Cycle::backoff(std::move(processed).error());
        accept();
        pending_.reset();
        return Cycle::ready();
    }

    void accept() {
        if (!deliveries_.empty()) consumer_->accept(deliveries_);
        deliveries_.clear();
    }

    JmsSourceOptions options_;
    JmsConverter converter_;
    ComponentServices services_;
    std::unique_ptr<AmqpConsumer> consumer_;
    EventBatchPtr pending_;
    std::vector<AmqpDelivery> deliveries_; ///< of pending_
    bool stopping_ = false;
    bool leaving_ = false; ///< the broker is told
};

Result<std::unique_ptr<Source>> makeJmsSource(Settings& settings, const ComponentServices& services) {
    auto options = readJmsSourceOptions(settings, services);
    if (!options) return std::move(options).error();
    auto converter = JmsConverter::of(options->charset);
    if (!converter) return converter.error().in(settings.who() + ": converter.charset");
    return std::unique_ptr<Source>(std::make_unique<JmsSource>(std::move(*options), std::move(*converter), services));
}

} // namespace

MILLRACE_COMPONENT(JmsSource, "org.apache.flume.source.jms.JMSSource", &makeJmsSource)

} // namespace millrace::flume
