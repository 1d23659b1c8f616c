// An Avro file as the AVRO deserializer finds it, and its schema alone: work and memory are bounded, what is read goes
// on at each place, and no schema says anything else in its canonical form.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "flume/deserializers/avro_container.h"
#include "flume/deserializers/avro_schema.h"

#include <algorithm>

namespace {

using namespace millrace;
using namespace millrace::flume;

class Bytes final : public File {
public:
    explicit Bytes(fuzz::Input data) : data_(data) {}
    Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
        const std::size_t from = std::min<std::size_t>(position, data_.size());
        const std::size_t count = std::min(into.size(), data_.size() - from);
        std::copy_n(data_.begin() + static_cast<std::ptrdiff_t>(from), count, into.begin());
        return count;
    }
    Result<std::uint64_t> size() const override { return data_.size(); }
    Status append(std::span<const std::uint8_t>) override { return ok(); }
    Status appendAll(std::span<const std::span<const std::uint8_t>>) override { return ok(); }
    Status writeAt(std::uint64_t, std::span<const std::uint8_t>) override { return ok(); }
    Status truncate(std::uint64_t) override { return ok(); }
    Status sync() override { return ok(); }

private:
    fuzz::Input data_;
};

void parseSchema(std::string_view text) {
    const auto schema = AvroSchema::parse(text);
    if (!schema) return;
    (void)schema->fingerprint();
    (void)AvroSchema::parse(schema->canonical()).has_value();
}

void readFile(fuzz::Input data) {
    const auto container = AvroContainer::open(std::make_shared<Bytes>(data), data.size());
    if (!container) return;
    const auto schema = AvroSchema::parse(container->metadata("avro.schema"));
    for (std::uint64_t at = container->firstBlock(); at < data.size();) {
        const auto block = container->block(at);
        if (!block || !*block) return;
        MILLRACE_ASSERT((*block)->next > at, "the block behind {} begins at {}", at, (*block)->next);
        const auto behind = container->blockBehind((*block)->next - AvroContainer::kSyncBytes);
        MILLRACE_ASSERT(behind && *behind == (*block)->next, "the block at {} is not found", (*block)->next);
        if (schema) {
            rpc::AvroReader reader(
                {reinterpret_cast<const std::uint8_t*>((*block)->data.data()), (*block)->data.size()});
            for (std::int64_t i = 0; i < std::min<std::int64_t>((*block)->count, 1000) && !reader.failed(); ++i)
                schema->skip(reader);
        }
        at = (*block)->next;
    }
}

} // namespace

MILLRACE_FUZZ_TARGET(avro_files) {
    parseSchema({reinterpret_cast<const char*>(data.data()), data.size()});
    readFile(data);
}
