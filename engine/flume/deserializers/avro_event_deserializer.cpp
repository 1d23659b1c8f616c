#include "flume/deserializers/avro_container.h"
#include "flume/deserializers/avro_schema.h"
#include "flume/registry.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {
namespace {

/// Data that take no bytes: more of them in one block are no data.
constexpr std::int64_t kMostEmptyData = 1'000'000;

/// AVRO (org.apache.flume.serialization.AvroEventDeserializer): a datum is an event, whose body is its encoding without
/// the schema; which schema that is a header tells. Begins again with the first datum of a block.
class AvroEventDeserializer final : public Deserializer {
public:
    AvroEventDeserializer(AvroContainer container, AvroSchema schema, HeaderSetPtr headers, std::uint64_t first)
        : container_(std::move(container)),
          schema_(std::move(schema)),
          headers_(std::move(headers)),
          next_(first),
          position_(first) {}

    Status read(std::size_t most, EventBatchBuilder& builder) override {
        builder.setHeaders(headers_);
        while (builder.size() < most && builder.bodyBytes() < kEnoughBytes) {
            if (left_ == 0) {
                auto block = nextBlock();
                if (!block && builder.empty()) return std::move(block).error();
                if (!block || !*block) break;
            }
            if (Status added = addDatum(builder); !added) {
                if (builder.empty()) return added;
                break;
            }
        }
        return ok();
    }
    std::uint64_t position() const override { return position_; }
    void grown(std::uint64_t size) override { container_.grown(size); }

private:
    /// Of one batch; the rest comes with the next.
    static constexpr std::size_t kEnoughBytes = 8u << 20;

    /// False at the end of the file. Blocks without data are passed over.
    Result<bool> nextBlock() {
        while (left_ == 0) {
            auto block = container_.block(next_);
            if (!block) return std::move(block).error();
            // All before it is given. Flume takes the place of the sync marker in front of it.
            position_ = *block ? next_ - AvroContainer::kSyncBytes : next_;
            if (!*block) return false;
            block_ = std::move((*block)->data);
            left_ = (*block)->count;
            at_ = 0;
            next_ = (*block)->next;
            if (schema_.takesNoBytes() && left_ > kMostEmptyData) left_ = -1;
        }
        return true;
    }

    Status addDatum(EventBatchBuilder& builder) {
        rpc::AvroReader reader({reinterpret_cast<const std::uint8_t*>(block_.data()) + at_, block_.size() - at_});
        if (left_ < 0) reader.fail("a block that claims more data than there can be");
        schema_.skip(reader);
        if (reader.failed()) {
            Error error = reader.status().error();
            error.code = ErrorCode::corrupt;
            return error.in(fmt::format("the block at byte {}", position_));
        }
        const std::size_t size = block_.size() - at_ - reader.left();
        (void)builder.add(std::string_view(block_).substr(at_, size));
        at_ += size;
        --left_;
        if (left_ == 0 && at_ == block_.size()) position_ = next_ - AvroContainer::kSyncBytes;
        return ok();
    }

    AvroContainer container_;
    const AvroSchema schema_;
    const HeaderSetPtr headers_;
    std::uint64_t next_; ///< the block behind this one
    std::uint64_t position_;
    std::string block_;
    std::size_t at_ = 0;
    std::int64_t left_ = 0; ///< data of the block that are not given yet; below 0: it cannot be
};

Result<std::unique_ptr<Deserializer>> openAvro(const DeserializerInput& input, bool literal) {
    auto container = AvroContainer::open(input.file, input.size);
    if (!container) return std::move(container).error();
    auto schema = AvroSchema::parse(container->metadata("avro.schema"));
    if (!schema) return std::move(schema).error();
    const auto first = container->blockBehind(input.position);
    MILLRACE_TRY(first);
    HeaderSet headers(
        {literal ? std::pair<std::string, std::string>{"flume.avro.schema.literal", container->metadata("avro.schema")}
                 : std::pair<std::string, std::string>{"flume.avro.schema.hash", schema->fingerprint()}});
    return std::unique_ptr<Deserializer>(std::make_unique<AvroEventDeserializer>(
        std::move(*container), std::move(*schema), std::make_shared<const HeaderSet>(std::move(headers)), *first));
}

Result<MakeDeserializer> makeAvroEventDeserializer(Settings& settings, const ComponentServices&) {
    std::string type = settings.text("schemaType");
    MILLRACE_TRY(settings.status());
    std::ranges::transform(type, type.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (type != "HASH" && type != "LITERAL")
        return Error{ErrorCode::invalidArgument, fmt::format("schemaType = {}; it is HASH or LITERAL", type), false};
    const bool literal = type == "LITERAL";
    return MakeDeserializer([literal](const DeserializerInput& input) { return openAvro(input, literal); });
}

} // namespace

MILLRACE_COMPONENT(AvroEventDeserializer, "org.apache.flume.serialization.AvroEventDeserializer$Builder",
                   &makeAvroEventDeserializer)

} // namespace millrace::flume
