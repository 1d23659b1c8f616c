// A fetcher that walks every record it gets, against any Kafka broker:
//   bench_raw_consume HOST:PORT TOPIC --records N [--partitions 1] [--from 0]
// Waits for records that are not there yet. Prints records/s and MB/s from its first record to its last.
#include "raw_connection.h"

#include "wire/messages/fetch.h"
#include "wire/record_batch.h"
#include "wire/record_reader.h"

using namespace millrace;
using namespace millrace::bench;

namespace {

/// The offset behind the last whole batch; adds what it saw.
std::int64_t walk(const wire::Records& records, std::int64_t from, std::size_t& seen, std::size_t& bytes) {
    for (const Bytes& piece : records.pieces)
        for (std::size_t at = 0; at < piece.size();) {
            const Bytes rest = piece.slice(at);
            const auto header = wire::readBatchHeader(rest.span());
            if (!header) return from; // the last batch of an answer may be cut
            auto reader = wire::RecordReader::open(rest);
            if (!reader) giveUp(reader.error().message);
            for (auto place = reader->nextPlace(); place && *place; place = reader->nextPlace())
                ++seen;
            from = header->lastOffset() + 1;
            at += header->sizeBytes;
            bytes += header->sizeBytes;
        }
    return from;
}

} // namespace

int main(int count, char** values) {
    const Arguments arguments(count, values);
    RawConnection connection(arguments.plain(0));
    const auto wanted = static_cast<std::size_t>(arguments.number("records", 0));
    wire::FetchRequest request;
    request.maxWaitMs = 500;
    request.minBytes = 1;
    request.maxBytes = 50 << 20;
    request.topics = {{arguments.plain(1), {}, {}}};
    for (std::int32_t partition = 0; partition < arguments.number("partitions", 1); ++partition) {
        wire::FetchRequest::Topic::Partition each;
        each.partition = partition;
        each.fetchOffset = arguments.number("from", 0);
        each.partitionMaxBytes = 1 << 20;
        request.topics[0].partitions.push_back(each);
    }
    std::size_t seen = 0, bytes = 0;
    auto start = SteadyClock::now();
    while (seen < wanted) {
        const auto answer = connection.ask<wire::FetchResponse>(request, 11);
        demand(answer.errorCode, "Fetch");
        if (seen == 0) start = SteadyClock::now();
        for (const auto& topic : answer.responses)
            for (const auto& partition : topic.partitions) {
                demand(partition.errorCode, "Fetch");
                auto& asked = request.topics[0].partitions.at(static_cast<std::size_t>(partition.partitionIndex));
                asked.fetchOffset = walk(partition.records, asked.fetchOffset, seen, bytes);
            }
    }
    const double took = secondsSince(start);
    std::printf("records/s %.0f\nMB/s %.1f\n", static_cast<double>(seen) / took,
                static_cast<double>(bytes) / 1e6 / took);
    return 0;
}
