#include "flume/registry.h"

#include <algorithm>

namespace millrace::flume {
namespace {

/// org.apache.flume.sink.solr.morphline.BlobDeserializer: the whole file is one event, or several where it is longer
/// than maxBlobLength.
class BlobDeserializer final : public Deserializer {
public:
    BlobDeserializer(const DeserializerInput& input, std::size_t longest)
        : file_(input.file), size_(input.size), position_(input.position), longest_(longest) {}

    Status read(std::size_t most, EventBatchBuilder& builder) override {
        while (builder.size() < most && position_ < size_ && builder.bodyBytes() < kEnoughBytes) {
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(longest_, size_ - position_));
            char* body = builder.reserveBody(wanted);
            const auto got = file_->readAt(position_, {reinterpret_cast<std::uint8_t*>(body), wanted});
            if (!got && builder.empty()) return got.error();
            if (!got || *got == 0) break;
            builder.commitBody(*got);
            position_ += *got;
        }
        return ok();
    }
    std::uint64_t position() const override { return position_; }
    void grown(std::uint64_t size) override { size_ = size; }

private:
    /// Of one batch; the rest comes with the next.
    static constexpr std::size_t kEnoughBytes = 8u << 20;

    const std::shared_ptr<const File> file_;
    std::uint64_t size_;
    std::uint64_t position_;
    const std::size_t longest_;
};

Result<MakeDeserializer> makeBlobDeserializer(Settings& settings, const ComponentServices&) {
    const auto longest = static_cast<std::size_t>(settings.number("maxBlobLength"));
    MILLRACE_TRY(settings.status());
    return MakeDeserializer([longest](const DeserializerInput& input) -> Result<std::unique_ptr<Deserializer>> {
        return std::unique_ptr<Deserializer>(std::make_unique<BlobDeserializer>(input, longest));
    });
}

} // namespace

MILLRACE_COMPONENT(BlobDeserializer, "org.apache.flume.sink.solr.morphline.BlobDeserializer$Builder",
                   &makeBlobDeserializer)

} // namespace millrace::flume
