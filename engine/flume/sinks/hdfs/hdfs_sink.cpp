#include "flume/sinks/hdfs/hdfs_sink.h"

#include "flume/registry.h"

namespace millrace::flume {
namespace {

/// For all files together, while the agent waits: a cluster that does not answer must not hold it up.
constexpr std::chrono::seconds kStopLimit{10};

} // namespace

HdfsSink::HdfsSink(HdfsOptions options, const ComponentServices& services)
    : BatchSink(services, options.batchSize, FlumeCounter::eventWriteFail),
      options_(std::move(options)),
      store_(options_.store()) {}

HdfsSink::~HdfsSink() {
    store_->interrupt();
    endWatch();
}

Status HdfsSink::start() {
    endWatch();
    store_->allowWaits();
    buckets_.emplace(options_, *store_, services());
    due_.reset();
    watchEnds_ = false;
    watch_ = services().clock->start([this] { watchTime(); });
    return ok();
}

void HdfsSink::stop() {
    store_->limitWaits(kStopLimit);
    endWatch();
    if (buckets_) buckets_->endAll();
    buckets_.reset();
}

void HdfsSink::interrupt() {
    store_->interrupt();
}

Status HdfsSink::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readHdfsOptions(settings, services());
    if (!options) return std::move(options).error();
    setBatchSize(options->batchSize);
    return ok();
}

Status HdfsSink::send(std::span<const EventRange> events, std::size_t) {
    const std::lock_guard lock(mutex_);
    Status written = buckets_->write(events);
    const auto due = buckets_->nextDue();
    if (due && (!due_ || *due < *due_)) services().clock->notifyAll(changed_);
    return written;
}

void HdfsSink::watchTime() {
    std::unique_lock lock(mutex_);
    while (!watchEnds_) {
        due_ = buckets_->nextDue();
        if (due_ && *due_ <= services().clock->now())
            buckets_->attendToDue();
        else
            (void)services().clock->wait(lock, changed_, due_);
    }
}

void HdfsSink::endWatch() {
    if (!watch_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        watchEnds_ = true;
        services().clock->notifyAll(changed_);
    }
    services().clock->join(watch_);
}

Result<std::unique_ptr<Sink>> makeHdfsSink(Settings& settings, const ComponentServices& services) {
    auto options = readHdfsOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<HdfsSink>(std::move(*options), services));
}

MILLRACE_COMPONENT(HdfsSink, "org.apache.flume.sink.hdfs.HDFSEventSink", &makeHdfsSink)

} // namespace millrace::flume
