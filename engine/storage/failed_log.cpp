#include "storage/failed_log.h"

namespace millrace::storage {

namespace {

class FailedLog final : public PartitionLog {
public:
    explicit FailedLog(Error reason) : reason_(std::move(reason)) {}

    Result<AppendResult> append(const Bytes&, std::span<const BatchInfo>, std::int32_t) override { return reason_; }
    Result<AppendResult> appendAsFollower(const Bytes&) override { return reason_; }
    Status truncateTo(std::int64_t) override { return reason_; }
    std::vector<SegmentSummary> segments() const override { return {}; }
    Result<std::shared_ptr<SegmentRewrite>> rewriteSegments(std::int64_t, std::int64_t) override { return reason_; }
    Result<DiskWork> replaceSegments(SegmentRewrite&) override { return reason_; }
    const LeaderEpochs& leaderEpochs() const override { return epochs_; }
    Result<ReadResult> read(std::int64_t, std::size_t) const override { return reason_; }
    Result<ReadResult> readCold(std::int64_t, std::size_t) const override { return reason_; }
    std::int64_t logStart() const override { return 0; }
    std::int64_t nextOffset() const override { return 0; }
    std::uint64_t sizeBytes() const override { return 0; }
    bool failed() const override { return true; }
    Result<std::optional<TimestampOffset>> offsetForTime(std::int64_t) const override { return reason_; }
    Result<std::optional<TimestampOffset>> maxTimestamp() const override { return reason_; }
    Result<std::int64_t> flush() override { return reason_; }
    Result<Removal> applyRetention(EpochMs) override { return Removal{}; }
    Result<Removal> setLogStart(std::int64_t) override { return reason_; }
    void setConfig(const LogConfig&) override {}
    Status writeBeside(std::string_view, std::span<const std::uint8_t>) override { return reason_; }
    void retire() override {}
    Status close() override { return ok(); }

private:
    Error reason_;
    LeaderEpochs epochs_;
};

} // namespace

std::unique_ptr<PartitionLog> failedPartitionLog(Error reason) {
    return std::make_unique<FailedLog>(std::move(reason));
}

} // namespace millrace::storage
