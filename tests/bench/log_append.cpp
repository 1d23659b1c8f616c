// One partition on the real disk: append, group commit, tail and cold reads, recovery. The directory is the argument,
// or one under the system's place for temporary files.
#include "storage/partition_log.h"
#include "wire/batch_builder.h"
#include "wire/record_batch.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace millrace;
using namespace millrace::storage;

namespace {

Bytes batchOf(std::size_t bytes) {
    wire::Record record;
    record.timestamp = 1'700'000'000'000;
    record.value = Bytes::copyOf(std::string(1000, 'v'));
    auto batch = wire::buildBatch(std::vector<wire::Record>(std::max<std::size_t>(1, bytes / 1008), record));
    return batch ? *batch : Bytes();
}

double cpuSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double secondsOf(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::unique_ptr<PartitionLog> open(const std::filesystem::path& directory) {
    auto log = openPartitionLog(posixFileSystem(), directory, {}, stderrLog());
    if (log) return std::move(*log);
    std::fprintf(stderr, "%s\n", log.error().message.c_str());
    std::exit(1);
}

BatchInfo infoOf(const Bytes& batch) {
    const auto header = wire::readBatchHeader(batch.span());
    return {header->sizeBytes, header->recordCount, header->maxTimestamp};
}

void appends(PartitionLog& log, std::size_t batchBytes, std::size_t total) {
    const Bytes batch = batchOf(batchBytes);
    const BatchInfo info = infoOf(batch);
    const std::size_t count = total / batch.size();
    const double cpu = cpuSeconds();
    const double seconds = secondsOf([&] {
        for (std::size_t i = 0; i < count; ++i)
            if (!log.append(batch, {&info, 1}, 0)) std::exit(1);
    });
    const double gigabytes = static_cast<double>(count * batch.size()) * 1e-9;
    std::printf("append %8zu bytes a batch: %6.2f GB/s, %9.0f batches/s, %.2f CPU s/GB (page cache)\n", batch.size(),
                gigabytes / seconds, static_cast<double>(count) / seconds, (cpuSeconds() - cpu) / gigabytes);
}

void commits(PartitionLog& log, std::size_t batchBytes, std::size_t count) {
    const Bytes batch = batchOf(batchBytes);
    const BatchInfo info = infoOf(batch);
    const double seconds = secondsOf([&] {
        for (std::size_t i = 0; i < count; ++i)
            if (!log.append(batch, {&info, 1}, 0) || !log.flush()) std::exit(1);
    });
    std::printf("append + flush %8zu bytes: %6.0f per second\n", batch.size(), static_cast<double>(count) / seconds);
}

/// Of a log that holds nothing but `batch`, many times.
void reads(const PartitionLog& log, const Bytes& batch, bool cold) {
    const BatchInfo info = infoOf(batch);
    std::size_t bytes = 0;
    std::size_t calls = 0;
    const double seconds = secondsOf([&] {
        for (int round = 0; round < (cold ? 4 : 2000); ++round) {
            std::int64_t offset = cold ? log.logStart() : log.nextOffset() - 50 * info.recordCount;
            for (; offset < log.nextOffset(); ++calls) {
                const auto read = cold ? log.readCold(offset, 1 << 20) : log.read(offset, 1 << 20);
                if (!read || read->sizeBytes == 0) std::exit(1);
                bytes += read->sizeBytes;
                offset += static_cast<std::int64_t>(read->sizeBytes / batch.size()) * info.recordCount;
            }
        }
    });
    std::printf("%s: %6.2f GB/s, %9.0f reads/s of up to 1 MiB\n", cold ? "read from the files" : "read of the tail   ",
                static_cast<double>(bytes) * 1e-9 / seconds, static_cast<double>(calls) / seconds);
}

} // namespace

int main(int argc, char** argv) {
    const std::filesystem::path directory =
        (argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path()) / "millrace-bench-log";
    std::filesystem::remove_all(directory);
    {
        const auto log = open(directory / "appends");
        appends(*log, 100, 100'000'000);
        appends(*log, 16 * 1024, 500'000'000);
        commits(*log, 4 * 1024, 500);
        commits(*log, 64 * 1024, 500);
        if (!log->close()) return 1;
    }
    std::filesystem::remove_all(directory / "appends");
    auto log = open(directory / "reads");
    appends(*log, 64 * 1024, 1'000'000'000);
    reads(*log, batchOf(64 * 1024), false);
    reads(*log, batchOf(64 * 1024), true);
    std::printf("recovery of 1 GB by scan: %.2f s\n", secondsOf([&] { log = open(directory / "reads"); }));
    std::printf("clean stop: %.2f s\n", secondsOf([&] {
                    if (!log->close()) std::exit(1);
                }));
    std::printf("start after it: %.4f s\n", secondsOf([&] { log = open(directory / "reads"); }));
    std::filesystem::remove_all(directory);
    return 0;
}
