#pragma once

#include "flume/support/hadoop_streams.h"

#include <array>
#include <utility>
#include <vector>

namespace millrace::flume::test {

/// What is in a sequence file whose keys are LongWritables.
struct SequenceFile {
    std::string keyClass, valueClass;
    std::string codec; ///< its class; empty = not compressed
    std::vector<std::pair<std::int64_t, std::string>> records;
    int marks = 0; ///< sync marks behind the header
};

/// Reads it as org.apache.hadoop.io.SequenceFile.Reader does, version 6, by record or by block. Whatever the bytes are,
/// the answer is the content or an error.
class SequenceReader {
public:
    static Result<SequenceFile> read(std::string_view bytes) {
        SequenceReader reader(bytes);
        reader.readHeader();
        while (reader.good_ && !reader.rest_.empty())
            reader.compressed_ ? reader.readBlock() : reader.readRecord();
        if (!reader.good_) return Error{ErrorCode::corrupt, "no sequence file, or a damaged one", false};
        return std::move(reader.file_);
    }

private:
    explicit SequenceReader(std::string_view bytes) : rest_(bytes) {}

    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            good_ = false;
            rest_ = {};
            return {};
        }
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    std::uint64_t number(int size) {
        std::uint64_t value = 0;
        for (const char c : take(static_cast<std::size_t>(size)))
            value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    /// WritableUtils.readVLong; a negative one is damage here.
    std::size_t vLong() {
        const auto first = static_cast<signed char>(number(1));
        if (first >= 0) return static_cast<std::size_t>(first);
        if (first > -113 || first < -120) return good_ = false, 0;
        return number(-112 - first);
    }
    std::string text() { return std::string(take(vLong())); }

    void readHeader() {
        if (take(4) != std::string_view("SEQ\x06")) good_ = false;
        file_.keyClass = text();
        file_.valueClass = text();
        compressed_ = number(1) != 0;
        if ((number(1) != 0) != compressed_) good_ = false;
        if (compressed_) file_.codec = text();
        if (number(4) != 0) good_ = false; // metadata
        sync_ = take(16);
        if (file_.keyClass != "org.apache.hadoop.io.LongWritable") good_ = false;
    }
    bool takeMark() {
        if (rest_.size() < 4 || bigEndian(rest_) != 0xffffffff) return false;
        (void)take(4);
        if (take(16) != sync_) good_ = false;
        ++file_.marks;
        return true;
    }
    void readRecord() {
        if (takeMark()) return;
        const std::size_t length = number(4), keyLength = number(4);
        if (keyLength != 8 || length < keyLength) good_ = false;
        const auto key = static_cast<std::int64_t>(number(8));
        addRecord(key, take(length - std::min(length, keyLength)));
    }
    void addRecord(std::int64_t key, std::string_view value) {
        SequenceReader inside(value);
        const bool isText = file_.valueClass == "org.apache.hadoop.io.Text";
        const std::size_t size = isText ? inside.vLong() : inside.number(4);
        if (!inside.good_ || inside.rest_.size() != size) good_ = false;
        if (good_) file_.records.emplace_back(key, inside.rest_);
    }
    std::string part() {
        const auto simple = file_.codec.substr(file_.codec.rfind('.') + 1);
        auto plain = unpacked(simple, take(vLong()));
        if (!plain) good_ = false;
        return plain ? std::move(*plain) : std::string();
    }
    void readBlock() {
        if (!takeMark()) good_ = false;
        const std::size_t count = vLong();
        const std::string keyLengths = part(), keys = part(), valueLengths = part(), values = part();
        SequenceReader inKeyLengths(keyLengths), inKeys(keys), inValueLengths(valueLengths), inValues(values);
        for (std::size_t i = 0; i < count && good_; ++i) {
            if (inKeyLengths.vLong() != 8) good_ = false;
            const auto key = static_cast<std::int64_t>(inKeys.number(8));
            const auto value = inValues.take(inValueLengths.vLong());
            good_ = good_ && inKeyLengths.good_ && inKeys.good_ && inValueLengths.good_ && inValues.good_;
            if (good_) addRecord(key, value);
        }
        if (!inKeys.rest_.empty() || !inValues.rest_.empty()) good_ = false;
    }

    std::string_view rest_;
    std::string_view sync_;
    SequenceFile file_;
    bool compressed_ = false;
    bool good_ = true;
};

} // namespace millrace::flume::test
