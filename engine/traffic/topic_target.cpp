#include "traffic/target.h"

#include "kafka/producer.h"

#include <string_view>
#include <vector>

namespace millrace::traffic {
namespace {

class TopicTarget final : public Target {
public:
    TopicTarget(std::unique_ptr<kafka::Producer> producer, std::string topic)
        : producer_(std::move(producer)), topic_(std::move(topic)) {}

    Status write(const std::string& lines) override {
        records_.clear();
        for (std::string_view rest = lines; !rest.empty();) {
            const auto end = rest.find('\n');
            kafka::OutRecord record;
            record.topic = topic_;
            record.value = rest.substr(0, end);
            records_.push_back(record);
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
        return producer_->send(records_, &stopping_);
    }

    void interrupt() override { stopping_ = true; }

private:
    std::unique_ptr<kafka::Producer> producer_;
    std::string topic_;
    std::vector<kafka::OutRecord> records_;
    std::atomic<bool> stopping_{false};
};

} // namespace

Result<std::unique_ptr<Target>> makeTopicTarget(const std::string& servers, const std::string& topic, Log& log,
                                                const std::string& node, ThreadClock& clock) {
    auto config = kafka::connectionFromJava(kafka::ClientRole::producer, servers, {{"acks", "1"}});
    if (!config) return std::move(config).error();
    config->clock = &clock;
    auto producer = kafka::Producer::make(*config, log, node);
    if (!producer) return std::move(producer).error();
    return std::unique_ptr<Target>(std::make_unique<TopicTarget>(std::move(*producer), topic));
}

} // namespace millrace::traffic
