#pragma once

#include "broker/partitions/partition.h"
#include "wire/batch_builder.h"
#include "wire/record_reader.h"

#include <QString>
#include <QStringList>
#include <QtTest>

#include <map>
#include <string>

namespace millrace::broker {

/// Writes batches with keys that are told in a few letters, and reads back what is left of them:
///
///   "a=1 b=2 a"    a batch of three records, the last of which deletes a; "=x" has no key
///   "P7: a=1"      of the idempotent producer 7
///   "T7: a=1"      of its transaction
///   "C7", "A7"     which is committed, or aborted
class KeyedRecords {
public:
    wire::Codec codec = wire::Codec::none;
    EpochMs timestamp = 1'700'000'000'000; ///< of the next record; one more for each
    std::map<std::int64_t, std::int32_t> sequences;

    void appendAll(Partition& partition, const QString& batches) {
        for (const QString& text : batches.split('|', Qt::SkipEmptyParts))
            append(partition, text.trimmed());
    }
    void append(Partition& partition, const QString& text) {
        const bool ofProducer = text.size() >= 2 && text[1].isDigit() && QString("PTCA").contains(text[0]);
        const std::int64_t producer = ofProducer ? text[1].digitValue() : -1;
        if (ofProducer && QString("CA").contains(text[0])) {
            QVERIFY(partition.end({producer, 0, text[0] == 'C', 0, timestamp}));
            return;
        }
        wire::BatchOptions options;
        options.codec = codec;
        const auto records = recordsOf(ofProducer ? text.section(':', 1).trimmed() : text);
        if (ofProducer) {
            options.producerId = producer;
            options.producerEpoch = 0;
            options.baseSequence = sequences[producer];
            sequences[producer] += static_cast<std::int32_t>(records.size());
            if (text[0] == 'T') options.flags = wire::kTransactionalBit;
        }
        const Bytes batch = *wire::buildBatch(records, options);
        QVERIFY(partition.append(batch, *wire::readBatchHeader(batch.span())));
    }

    /// "offset:key=value" for each record, "offset:key" for one that deletes, "offset:commit" and "offset:abort", and
    /// "offset:-" for the last offset of a batch without records.
    static QStringList in(const Partition& partition, std::int64_t from = 0) {
        QStringList lines;
        const auto& log = partition.log();
        for (std::int64_t at = std::max(from, log.logStart()); at < log.nextOffset();) {
            const auto read = log.readCold(at, 1);
            if (!read) return {QString::fromStdString(read.error().message)};
            if (read->sizeBytes == 0) return lines << QString("nothing at %1").arg(at);
            at = describe(read->pieces.at(0), lines);
        }
        return lines;
    }
    /// What a reader of all records knows in the end.
    static std::map<std::string, std::string> newestIn(const Partition& partition) {
        std::map<std::string, std::string> newest;
        for (const QString& line : in(partition)) {
            const QString record = line.section(':', 1);
            const std::string key = record.section('=', 0, 0).toStdString();
            if (record.contains('='))
                newest[key] = record.section('=', 1).toStdString();
            else
                newest.erase(key);
        }
        return newest;
    }

private:
    std::vector<wire::Record> recordsOf(const QString& text) {
        std::vector<wire::Record> records;
        for (const QString& word : text.split(' ', Qt::SkipEmptyParts)) {
            wire::Record record;
            record.timestamp = timestamp++;
            if (!word.startsWith('=')) record.key = Bytes::copyOf(word.section('=', 0, 0).toStdString());
            if (word.contains('=')) record.value = Bytes::copyOf(word.section('=', 1).toStdString());
            record.headers.push_back({"of", Bytes::copyOf("it")});
            records.push_back(std::move(record));
        }
        return records;
    }
    static std::int64_t describe(const Bytes& batch, QStringList& lines) {
        const auto header = *wire::readBatchHeader(batch.span());
        const QString offset = QString::number(header.lastOffset());
        if (!wire::crcMatches(batch.span().first(header.sizeBytes))) lines << offset + ":wrong CRC";
        if (header.recordCount == 0) {
            lines << offset + ":-";
        } else if (const auto marker = header.control() ? wire::readTransactionMarker(batch) : std::nullopt) {
            lines << offset + (marker->committed ? ":commit" : ":abort");
        } else {
            auto reader = *wire::RecordReader::open(batch.slice(0, header.sizeBytes));
            for (auto record = *reader.next(); record; record = *reader.next()) {
                QString line = QString::number(record->offset) + ":";
                if (record->key) line += QString::fromStdString(std::string(record->key->text()));
                if (record->value) line += "=" + QString::fromStdString(std::string(record->value->text()));
                lines << line;
            }
        }
        return header.lastOffset() + 1;
    }
};

} // namespace millrace::broker
