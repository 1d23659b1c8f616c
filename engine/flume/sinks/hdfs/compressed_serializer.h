#pragma once

#include "flume/event_serializer.h"
#include "flume/sinks/hdfs/hadoop_codec.h"

#include <string>

namespace millrace::flume {

/// hdfs.fileType = CompressedStream: what another serializer writes, compressed. Each batch is a stream of its own, so
/// that all of it can be read as soon as the batch is in the file; as Flume does at each flush.
class CompressedSerializer final : public EventSerializer {
public:
    CompressedSerializer(std::unique_ptr<EventSerializer> inner, HadoopCodec codec)
        : inner_(std::move(inner)), codec_(codec) {}

    void begin(std::string&) override { inner_->begin(plain_); }
    void add(const HeaderSet& headers, std::string_view body, std::string& out) override {
        inner_->add(headers, body, plain_);
        if (plain_.size() >= kPieceBytes) pack(out);
    }
    void endBatch(std::string& out) override {
        inner_->endBatch(plain_);
        if (!plain_.empty()) pack(out);
    }

private:
    static constexpr std::size_t kPieceBytes = 16 << 20; ///< a batch of large events is several streams
    void pack(std::string& out) {
        codec_.compress(plain_, out);
        plain_.clear();
    }

    const std::unique_ptr<EventSerializer> inner_;
    const HadoopCodec codec_;
    std::string plain_;
};

} // namespace millrace::flume
