#include "wire/transaction_marker.h"

#include "wire/batch_builder.h"
#include "wire/record_batch.h"
#include "wire/record_reader.h"
#include "wire/writer.h"

namespace millrace::wire {

namespace {

constexpr std::int16_t kFormat = 0; ///< of key and value; later ones may only add to them
constexpr std::int16_t kAborted = 0, kCommitted = 1;

} // namespace

Bytes markerBatch(const TransactionMarker& marker) {
    Writer key(0, false), value(0, false);
    key.field(kFormat);
    key.field(marker.committed ? kCommitted : kAborted);
    value.field(kFormat);
    value.field(marker.coordinatorEpoch);
    Record record;
    record.timestamp = marker.timestamp;
    record.key = Bytes(key.takeBuffer());
    record.value = Bytes(value.takeBuffer());
    BatchOptions options;
    options.producerId = marker.producerId;
    options.producerEpoch = marker.producerEpoch;
    options.flags = kTransactionalBit | kControlBit;
    return *buildBatch({&record, 1}, options); // fails for a codec only
}

std::optional<TransactionMarker> readTransactionMarker(const Bytes& batch) {
    auto reader = RecordReader::open(batch);
    if (!reader || !reader->header().control()) return std::nullopt;
    const auto record = reader->next();
    if (!record || !*record || !(*record)->key || !(*record)->value) return std::nullopt;
    Reader key(*(*record)->key, 0, false), value(*(*record)->value, 0, false);
    std::int16_t format = -1, type = -1;
    key.field(format);
    key.field(type);
    TransactionMarker marker{reader->header().producerId, reader->header().producerEpoch, type == kCommitted, 0,
                             (*record)->timestamp};
    value.field(format);
    value.field(marker.coordinatorEpoch);
    if (!key.status() || !value.status() || (type != kAborted && type != kCommitted)) return std::nullopt;
    return marker;
}

} // namespace millrace::wire
