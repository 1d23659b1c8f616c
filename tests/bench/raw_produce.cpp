// The raw generator of Produce requests, encoded once and sent again and again, against any Kafka broker:
//   bench_raw_produce HOST:PORT TOPIC [--seconds 5] [--batch 65536] [--record 100] [--connections 1] [--partitions 1]
//                     [--in-flight 5] [--acks 1] [--codec none|lz4] [--bytes 0]
// `--bytes` ends it after so many bytes of batches instead of after a time. Prints records/s, MB/s, bytes of batches
// and the time of one request in ms. The topic has to exist with its partitions: `bench_raw_coordinators topics` makes
// it.
#include "raw_connection.h"

#include "wire/batch_builder.h"
#include "wire/messages/produce.h"

#include <poll.h>

#include <deque>
#include <memory>

using namespace millrace;
using namespace millrace::bench;

namespace {

struct Load {
    std::vector<std::vector<std::uint8_t>> frames; ///< one a partition
    std::size_t records = 0, batchBytes = 0;       ///< of one frame
};

Load makeLoad(const std::string& topic, const Arguments& arguments) {
    const auto size = static_cast<std::size_t>(arguments.number("record", 100));
    wire::Record record;
    record.timestamp =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    record.value = Bytes(payload(size));
    const auto records =
        std::max<std::size_t>(1, static_cast<std::size_t>(arguments.number("batch", 65536)) / (size + 12));
    const std::vector<wire::Record> all(records, record);
    wire::BatchOptions options;
    if (arguments.text("codec", "none") == "lz4") options.codec = wire::Codec::lz4;
    const auto batch = wire::buildBatch(all, options);
    if (!batch) giveUp(batch.error().message);
    Load load{{}, records, batch->size()};
    for (std::int32_t partition = 0; partition < arguments.number("partitions", 1); ++partition) {
        wire::ProduceRequest request;
        request.acks = static_cast<std::int16_t>(arguments.number("acks", 1));
        request.timeoutMs = 30000;
        request.topicData = {{topic, {{partition, *batch}}}};
        load.frames.push_back(encoded(request, 9));
    }
    return load;
}

struct Lane {
    std::unique_ptr<RawConnection> connection;
    std::deque<SteadyClock::time_point> sentAt; ///< of the requests that wait for their answers
    std::size_t next = 0;                       ///< partition
};

void takeAnswer(Lane& lane, std::vector<double>& milliseconds) {
    const auto answer = decoded<wire::ProduceResponse>(lane.connection->receive(), 9);
    demand(answer.responses.at(0).partitionResponses.at(0).errorCode, "Produce");
    milliseconds.push_back(secondsSince(lane.sentAt.front()) * 1000);
    lane.sentAt.pop_front();
}

} // namespace

int main(int count, char** values) {
    const Arguments arguments(count, values);
    const Load load = makeLoad(arguments.plain(1), arguments);
    const auto inFlight = static_cast<std::size_t>(arguments.number("in-flight", 5));
    const auto seconds = static_cast<double>(arguments.number("seconds", 5));
    const auto requests =
        static_cast<std::size_t>(arguments.number("bytes", 0)) / load.batchBytes; // 0: until the time is over
    std::vector<Lane> lanes(static_cast<std::size_t>(arguments.number("connections", 1)));
    std::vector<pollfd> waiting;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        lanes[i] = {std::make_unique<RawConnection>(arguments.plain(0)), {}, i % load.frames.size()};
        waiting.push_back({lanes[i].connection->fd(), POLLIN, 0});
    }
    std::vector<double> milliseconds;
    std::size_t sent = 0;
    const auto start = SteadyClock::now();
    const auto wanted = [&] { return requests > 0 ? sent < requests : secondsSince(start) < seconds; };
    for (bool more = true;
         more || std::any_of(lanes.begin(), lanes.end(), [](const Lane& lane) { return !lane.sentAt.empty(); });) {
        for (Lane& lane : lanes)
            while ((more = more && wanted()) && lane.sentAt.size() < inFlight) {
                lane.sentAt.push_back(SteadyClock::now());
                lane.connection->send(load.frames[lane.next]);
                lane.next = (lane.next + lanes.size()) % load.frames.size();
                ++sent;
            }
        ::poll(waiting.data(), waiting.size(), 1000);
        for (std::size_t i = 0; i < lanes.size(); ++i)
            if (waiting[i].revents != 0) takeAnswer(lanes[i], milliseconds);
    }
    const double took = secondsSince(start);
    std::printf("records/s %.0f\nMB/s %.1f\nbytes %zu\n", static_cast<double>(sent * load.records) / took,
                static_cast<double>(sent * load.batchBytes) / 1e6 / took, sent * load.batchBytes);
    printQuantiles(milliseconds);
    return 0;
}
