#include "flume/sinks/hdfs/sequence_file.h"

#include <charconv>

namespace millrace::flume {
namespace {

constexpr std::size_t kSyncInterval = 100 * 1024; // SequenceFile.SYNC_INTERVAL
constexpr std::size_t kBlockBytes = 1'000'000;    // io.seqfile.compress.blocksize
constexpr std::size_t kKeyBytes = 8;              // a LongWritable
constexpr std::string_view kSyncEscape("\xff\xff\xff\xff", 4);

void appendBigEndian(std::uint64_t value, int bytes, std::string& out) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(value >> shift);
}

/// Hadoop's WritableUtils.writeVLong, for what is not negative.
void appendVLong(std::uint64_t value, std::string& out) {
    constexpr std::uint64_t kLargestInOneByte = 127;
    constexpr int kOneByteMore = -112;
    if (value <= kLargestInOneByte) {
        out += static_cast<char>(value);
        return;
    }
    int bytes = 1;
    while (bytes < 8 && value >> (8 * bytes) != 0)
        ++bytes;
    out += static_cast<char>(kOneByteMore - bytes);
    appendBigEndian(value, bytes, out);
}

std::size_t vLongBytes(std::uint64_t value) {
    std::string text;
    appendVLong(value, text);
    return text.size();
}

void appendText(std::string_view text, std::string& out) {
    appendVLong(text.size(), out);
    out += text;
}

/// A header that is no number counts as none.
std::int64_t timestampOf(const HeaderSet& headers, std::int64_t now) {
    const std::string* text = headers.find("timestamp");
    std::int64_t value = 0;
    if (!text) return now;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), value);
    return problem == std::errc() && end == text->data() + text->size() ? value : now;
}

} // namespace

void SequenceFileSerializer::begin(std::string& out) {
    out += "SEQ\x06";
    appendText("org.apache.hadoop.io.LongWritable", out);
    appendText(value_ == SequenceValue::text ? "org.apache.hadoop.io.Text" : "org.apache.hadoop.io.BytesWritable", out);
    out += codec_ ? '\1' : '\0'; // compressed
    out += codec_ ? '\1' : '\0'; // in blocks
    if (codec_) appendText(codec_->className(), out);
    appendBigEndian(0, 4, out); // no metadata
    out.append(reinterpret_cast<const char*>(sync_.data()), sync_.size());
    sinceSync_ = out.size();
}

void SequenceFileSerializer::appendSync(std::string& out) {
    out += kSyncEscape;
    out.append(reinterpret_cast<const char*>(sync_.data()), sync_.size());
    sinceSync_ = 0;
}

void SequenceFileSerializer::appendValue(std::string_view body, std::string& out) const {
    if (value_ == SequenceValue::text)
        appendVLong(body.size(), out);
    else
        appendBigEndian(body.size(), 4, out);
    out += body;
}

void SequenceFileSerializer::add(const HeaderSet& headers, std::string_view body, std::string& out) {
    const std::int64_t key = timestampOf(headers, now_());
    if (!codec_) return addRecord(key, body, out);
    addToBlock(key, body);
    if (keys_.size() + values_.size() >= kBlockBytes) endBatch(out);
}

void SequenceFileSerializer::addRecord(std::int64_t key, std::string_view body, std::string& out) {
    if (sinceSync_ >= kSyncInterval) appendSync(out);
    const std::size_t before = out.size();
    const std::size_t lengthBytes = value_ == SequenceValue::text ? vLongBytes(body.size()) : 4;
    appendBigEndian(kKeyBytes + lengthBytes + body.size(), 4, out);
    appendBigEndian(kKeyBytes, 4, out);
    appendBigEndian(static_cast<std::uint64_t>(key), 8, out);
    appendValue(body, out);
    sinceSync_ += out.size() - before;
}

void SequenceFileSerializer::addToBlock(std::int64_t key, std::string_view body) {
    ++records_;
    appendVLong(kKeyBytes, keyLengths_);
    appendBigEndian(static_cast<std::uint64_t>(key), 8, keys_);
    const std::size_t before = values_.size();
    appendValue(body, values_);
    appendVLong(values_.size() - before, valueLengths_);
}

void SequenceFileSerializer::appendPacked(std::string& part, std::string& out) {
    std::string packed;
    codec_->compress(part, packed);
    appendText(packed, out);
    part.clear();
}

void SequenceFileSerializer::endBatch(std::string& out) {
    if (codec_ ? records_ == 0 : sinceSync_ == 0) return;
    appendSync(out);
    if (!codec_) return;
    appendVLong(static_cast<std::uint64_t>(records_), out);
    for (std::string* part : {&keyLengths_, &keys_, &valueLengths_, &values_})
        appendPacked(*part, out);
    records_ = 0;
}

} // namespace millrace::flume
