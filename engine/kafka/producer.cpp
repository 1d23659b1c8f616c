#include "kafka/producer.h"

#include "base/assertion.h"
#include "kafka/rd_handle.h"
#include "kafka/sentences.h"

#include <algorithm>
#include <array>

namespace millrace::kafka {
namespace {

constexpr std::chrono::milliseconds kDefaultUnreachableLimit{5000};
/// While acknowledgements are outstanding, how often a request to stop is looked at.
constexpr int kStopCheckMs = 50;
/// A failed batch may have thousands of refused records; people and tests need the first ones.
constexpr std::size_t kRefusalsKept = 100;

} // namespace

struct Producer::Impl : LogTarget {
    RdPtr<rd_kafka_t> handle;
    std::string servers;
    ThreadClock* clock = nullptr;
    std::chrono::milliseconds unreachableLimit = kDefaultUnreachableLimit;
    std::size_t outstanding = 0;
    std::vector<Refusal> refusals;
    std::optional<Error> firstError;
    bool unreachable = false; ///< the last news was that no broker answers
    MonotonicTime unreachableSince{};

    void refused(std::size_t index, Error error) {
        if (!firstError) firstError = error;
        if (refusals.size() < kRefusalsKept) refusals.push_back({index, std::move(error)});
    }
    Status enqueue(const OutRecord& record, std::size_t index);
    void abandon();

    static void delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque);
    static void failed(rd_kafka_t*, int code, const char* reason, void* opaque);
};

void Producer::Impl::delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    auto& self = *static_cast<Impl*>(static_cast<LogTarget*>(opaque));
    MILLRACE_ASSERT(self.outstanding > 0, "outstanding {}", self.outstanding);
    --self.outstanding;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        self.unreachable = false;
        return;
    }
    const std::string topic = message->rkt ? rd_kafka_topic_name(message->rkt) : "";
    self.refused(reinterpret_cast<std::size_t>(message->_private),
                 kafkaError(message->err, "topic " + topic + " at " + self.servers));
}

void Producer::Impl::failed(rd_kafka_t* handle, int code, const char* reason, void* opaque) {
    auto& self = *static_cast<Impl*>(static_cast<LogTarget*>(opaque));
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && !self.unreachable) {
        self.unreachable = true;
        self.unreachableSince = self.clock->now();
    }
    if (code == RD_KAFKA_RESP_ERR__FATAL) {
        std::array<char, 512> text{};
        rd_kafka_fatal_error(handle, text.data(), text.size());
        self.log->error(self.node, "kafka client: {}", text.data());
    } else if (code == RD_KAFKA_RESP_ERR__AUTHENTICATION) {
        self.log->error(self.node, "kafka client: {}", reason);
    }
}

Status Producer::Impl::enqueue(const OutRecord& record, std::size_t index) {
    const std::string topic(record.topic);
    std::array<rd_kafka_vu_t, 8> fields{};
    std::size_t count = 0;
    const auto next = [&](rd_kafka_vtype_t type) -> rd_kafka_vu_t& {
        fields[count].vtype = type;
        return fields[count++];
    };
    next(RD_KAFKA_VTYPE_TOPIC).u.cstr = topic.c_str();
    next(RD_KAFKA_VTYPE_PARTITION).u.i32 = record.partition;
    next(RD_KAFKA_VTYPE_MSGFLAGS).u.i = RD_KAFKA_MSG_F_COPY;
    next(RD_KAFKA_VTYPE_OPAQUE).u.ptr = reinterpret_cast<void*>(index);
    auto& value = next(RD_KAFKA_VTYPE_VALUE);
    // An empty value must not be a null one: that is a tombstone.
    value.u.mem.ptr = record.value.empty() ? const_cast<char*>("") : const_cast<char*>(record.value.data());
    value.u.mem.size = record.value.size();
    if (record.key) {
        auto& key = next(RD_KAFKA_VTYPE_KEY);
        key.u.mem.ptr = record.key->empty() ? const_cast<char*>("") : const_cast<char*>(record.key->data());
        key.u.mem.size = record.key->size();
    }
    if (record.timestampMs != 0) next(RD_KAFKA_VTYPE_TIMESTAMP).u.i64 = record.timestampMs;
    RdPtr<rd_kafka_headers_t> headers;
    if (!record.headers.empty()) {
        headers.reset(rd_kafka_headers_new(record.headers.size()));
        for (const auto& [name, text] : record.headers)
            rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()), text.data(),
                                static_cast<ssize_t>(text.size()));
        next(RD_KAFKA_VTYPE_HEADERS).u.headers = headers.get();
    }
    const RdPtr<rd_kafka_error_t> error(rd_kafka_produceva(handle.get(), fields.data(), count));
    if (error)
        return kafkaError(rd_kafka_error_code(error.get()), "topic " + topic, rd_kafka_error_string(error.get()));
    headers.release(); // the message owns them now
    return ok();
}

/// Nothing of the batch may arrive later: what waits is dropped, what is in flight is forgotten, each still reports.
void Producer::Impl::abandon() {
    rd_kafka_purge(handle.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    while (outstanding > 0)
        rd_kafka_poll(handle.get(), kStopCheckMs);
}

Producer::Producer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Producer::~Producer() {
    impl_->abandon();
    impl_->handle.reset();
}

Result<std::unique_ptr<Producer>> Producer::make(const ConnectionConfig& config, Log& log, std::string node) {
    auto conf = makeConf(config);
    if (!conf) return std::move(conf).error();
    rd_kafka_conf_set_dr_msg_cb(conf->get(), &Impl::delivered);
    rd_kafka_conf_set_error_cb(conf->get(), &Impl::failed);
    auto impl = std::make_unique<Impl>();
    impl->log = &log;
    impl->node = std::move(node);
    impl->servers = config.servers;
    impl->clock = config.clock;
    auto handle = makeHandle(RD_KAFKA_PRODUCER, std::move(*conf), *impl);
    if (!handle) return std::move(handle).error();
    impl->handle = std::move(*handle);
    return std::unique_ptr<Producer>(new Producer(std::move(impl)));
}

Status Producer::send(std::span<const OutRecord> records, const std::atomic<bool>* stopping) {
    auto& self = *impl_;
    self.refusals.clear();
    self.firstError.reset();
    self.unreachableSince = self.clock->now(); // old news: the broker gets the whole time again
    const auto mayGoOn = [&]() -> Status {
        if (self.firstError) return *self.firstError;
        if (stopping && stopping->load(std::memory_order_relaxed))
            return Error{ErrorCode::cancelled, "stopped while waiting for acknowledgements of " + self.servers, true};
        if (self.unreachable && self.clock->now() - self.unreachableSince > self.unreachableLimit)
            return failure(ErrorCode::closed, "no-broker-answers", {self.servers});
        return ok();
    };
    Status status;
    for (std::size_t i = 0; i < records.size() && status; ++i) {
        Status queued = self.enqueue(records[i], i);
        while (!queued && queued.error().code == ErrorCode::full && (status = mayGoOn())) {
            rd_kafka_poll(self.handle.get(), kStopCheckMs);
            queued = self.enqueue(records[i], i);
        }
        if (queued)
            ++self.outstanding;
        else if (status) {
            self.refused(i, queued.error());
            status = queued.error();
        }
    }
    while (status && self.outstanding > 0) {
        rd_kafka_poll(self.handle.get(), kStopCheckMs);
        if (self.outstanding > 0 || self.firstError) status = mayGoOn();
    }
    if (!status) self.abandon();
    return status;
}

const std::vector<Producer::Refusal>& Producer::refusals() const {
    return impl_->refusals;
}
void Producer::setUnreachableLimit(std::chrono::milliseconds limit) {
    impl_->unreachableLimit = limit;
}

} // namespace millrace::kafka
