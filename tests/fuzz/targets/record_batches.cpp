// A record batch as a producer sends it: header, checksum, compressed block, records. Work and memory are bounded.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "wire/record_batch.h"
#include "wire/record_reader.h"

MILLRACE_FUZZ_TARGET(record_batches) {
    using namespace millrace;
    constexpr std::size_t kLimitBytes = 1024 * 1024;
    const auto header = wire::readBatchHeader(data);
    if (!header) return;
    MILLRACE_ASSERT(header->sizeBytes <= data.size() && header->sizeBytes >= wire::kBatchHeaderBytes, "{} of {}",
                    header->sizeBytes, data.size());
    (void)wire::crcMatches(data.first(header->sizeBytes));
    const Bytes batch = Bytes::copyOf(data.first(header->sizeBytes));
    auto places = wire::RecordReader::open(batch, kLimitBytes);
    if (!places) return;
    std::int64_t count = 0;
    for (auto place = places->nextPlace(); place && *place; place = places->nextPlace()) ++count;
    MILLRACE_ASSERT(count <= std::max(0, header->recordCount), "{} of {} records", count, header->recordCount);
    auto records = wire::RecordReader::open(batch, kLimitBytes);
    MILLRACE_ASSERT(records.has_value(), "the same batch opens twice");
    for (auto record = records->next(); record && *record; record = records->next()) --count;
    MILLRACE_ASSERT(count >= 0, "more whole records than places");
}
