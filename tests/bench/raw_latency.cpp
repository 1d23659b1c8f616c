// How long a record takes from its producer to its consumer, both in this process and on one clock, at a given pace:
//   bench_raw_latency HOST:PORT TOPIC --rate RECORDS_PER_SECOND [--record 1024] [--linger 0] [--seconds 20] [--warm 5]
// Records that are due while five requests wait for their answers leave together, as a client's do. Prints quantiles in
// ms.
#include "raw_connection.h"

#include "wire/batch_builder.h"
#include "wire/messages/fetch.h"
#include "wire/messages/produce.h"
#include "wire/record_reader.h"

#include <atomic>
#include <thread>

using namespace millrace;
using namespace millrace::bench;

namespace {

std::int64_t nowNs() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(SteadyClock::now().time_since_epoch()).count();
}

/// A value that begins with the time at which it was due.
wire::Record dueAt(std::int64_t ns, const Bytes& filler) {
    std::vector<std::uint8_t> value(filler.span().begin(), filler.span().end());
    std::memcpy(value.data(), &ns, sizeof ns);
    wire::Record record;
    record.timestamp =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    record.value = Bytes(std::move(value));
    return record;
}

void produce(const Arguments& arguments, long records, std::int64_t start) {
    RawConnection connection(arguments.plain(0));
    const Bytes filler(payload(static_cast<std::size_t>(std::max(8L, arguments.number("record", 1024)))));
    const std::int64_t gap = 1'000'000'000 / arguments.number("rate", 1000),
                       linger = arguments.number("linger", 0) * 1'000'000;
    std::size_t inFlight = 0;
    const auto answer = [&] {
        demand(
            decoded<wire::ProduceResponse>(connection.receive(), 9).responses.at(0).partitionResponses.at(0).errorCode,
            "Produce");
        --inFlight;
    };
    for (long sent = 0; sent < records;) {
        const std::int64_t leaves = start + sent * gap + linger;
        if (const std::int64_t wait = leaves - nowNs(); wait > 0)
            std::this_thread::sleep_for(std::chrono::nanoseconds(wait));
        while (inFlight >= 5)
            answer();
        std::vector<wire::Record> due;
        for (std::size_t bytes = 0; sent < records && start + sent * gap <= nowNs() && bytes < 900'000;
             ++sent, bytes += filler.size())
            due.push_back(dueAt(start + sent * gap, filler));
        if (due.empty()) continue;
        const auto batch = wire::buildBatch(due);
        if (!batch) giveUp(batch.error().message);
        wire::ProduceRequest request;
        request.acks = 1;
        request.timeoutMs = 30000;
        request.topicData = {{arguments.plain(1), {{0, *batch}}}};
        connection.send(encoded(request, 9));
        ++inFlight;
        for (char byte = 0; inFlight > 0 && ::recv(connection.fd(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1;)
            answer();
    }
    while (inFlight > 0)
        answer();
}

} // namespace

int main(int count, char** values) {
    const Arguments arguments(count, values);
    const long rate = arguments.number("rate", 1000), warm = rate * arguments.number("warm", 5);
    const long records = warm + rate * arguments.number("seconds", 20);
    RawConnection connection(arguments.plain(0));
    wire::FetchRequest request;
    request.maxWaitMs = 500;
    request.minBytes = 1;
    request.maxBytes = 50 << 20;
    wire::FetchRequest::Topic::Partition partition;
    partition.partitionMaxBytes = 1 << 20;
    request.topics = {{arguments.plain(1), {}, {partition}}};
    std::thread producer(produce, std::cref(arguments), records, nowNs() + 100'000'000);
    std::vector<double> milliseconds;
    for (long seen = 0; seen < records;) {
        const auto answer = connection.ask<wire::FetchResponse>(request, 11);
        const std::int64_t arrived = nowNs();
        if (answer.responses.empty()) continue;
        const auto& got = answer.responses[0].partitions.at(0);
        demand(got.errorCode, "Fetch");
        for (const Bytes& piece : got.records.pieces)
            for (std::size_t at = 0; at < piece.size();) {
                const Bytes rest = piece.slice(at);
                auto reader = wire::RecordReader::open(rest);
                if (!reader) break; // cut
                for (auto record = reader->next(); record && *record; record = reader->next()) {
                    std::int64_t due = 0;
                    std::memcpy(&due, (*record)->value->data(), sizeof due);
                    if (++seen > warm) milliseconds.push_back(static_cast<double>(arrived - due) / 1e6);
                }
                request.topics[0].partitions[0].fetchOffset = reader->header().lastOffset() + 1;
                at += reader->header().sizeBytes;
            }
    }
    producer.join();
    printQuantiles(milliseconds);
    return 0;
}
