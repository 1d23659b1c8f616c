#include "flume/serializers/avro_event_serializer.h"

#include "flume/registry.h"
#include "rpc/avro_event.h"

namespace millrace::flume {
namespace {

constexpr std::string_view kMagic("Obj\1", 4);
constexpr std::string_view kSchema =
    R"({"type":"record","name":"Event","fields":[)"
    R"({"name":"headers","type":{"type":"map","values":"string"}},{"name":"body","type":"bytes"}]})";

Result<MakeSerializer> makeAvroEvent(Settings& settings, const ComponentServices& services) {
    const auto codec = AvroCodec::named(settings.text("compressionCodec"));
    const auto blockBytes = static_cast<std::size_t>(settings.number("syncIntervalBytes"));
    MILLRACE_TRY(settings.status());
    if (!codec) return codec.error();
    return MakeSerializer([blockBytes, codec = *codec, random = services.random] {
        return std::make_unique<AvroEventSerializer>(*random, blockBytes, codec);
    });
}

} // namespace

void AvroEventSerializer::appendSync(std::string& out) const {
    out.append(reinterpret_cast<const char*>(sync_.data()), sync_.size());
}

void AvroEventSerializer::begin(std::string& out) {
    out += kMagic;
    rpc::AvroWriter writer(out);
    writer.writeLong(2);
    writer.writeBytes("avro.schema");
    writer.writeBytes(kSchema);
    writer.writeBytes("avro.codec");
    writer.writeBytes(codec_.name());
    writer.writeLong(0);
    appendSync(out);
}

void AvroEventSerializer::add(const HeaderSet& headers, std::string_view body, std::string& out) {
    rpc::encodeAvroEvent(headers.entries(), body, block_);
    ++count_;
    if (block_.size() >= blockBytes_) endBatch(out);
}

void AvroEventSerializer::endBatch(std::string& out) {
    if (count_ == 0) return;
    rpc::AvroWriter writer(out);
    writer.writeLong(count_);
    writer.writeBytes(codec_.compressed(block_));
    appendSync(out);
    block_.clear();
    count_ = 0;
}

MILLRACE_COMPONENT(AvroEventSerializer, "org.apache.flume.serialization.FlumeEventAvroEventSerializer$Builder",
                   &makeAvroEvent)

} // namespace millrace::flume
