#include "flume/serializers/avro_event_serializer.h"

#include "flume/serializers/event_datum.h"

namespace millrace::flume {
namespace {

constexpr std::string_view kMagic("Obj\1", 4);
constexpr std::string_view kSchema =
    R"({"type":"record","name":"Event","fields":[)"
    R"({"name":"headers","type":{"type":"map","values":"string"}},{"name":"body","type":"bytes"}]})";

} // namespace

Status AvroEventSerializer::check(const SerializerProperties& properties) {
    const auto codec = properties.find("compressionCodec");
    if (codec == properties.end() || codec->second == "null") return ok();
    return Error{ErrorCode::unsupported, "compressionCodec " + codec->second + " does not run here; leave it out",
                 false};
}

void AvroEventSerializer::appendSync(std::string& out) const {
    out.append(reinterpret_cast<const char*>(sync_.data()), sync_.size());
}

void AvroEventSerializer::begin(std::string& out) {
    out += kMagic;
    appendAvroLong(2, out);
    appendAvroText("avro.schema", out);
    appendAvroText(kSchema, out);
    appendAvroText("avro.codec", out);
    appendAvroText("null", out);
    appendAvroLong(0, out);
    appendSync(out);
}

void AvroEventSerializer::add(const HeaderSet& headers, std::string_view body, std::string&) {
    appendEventDatum(headers, body, block_);
    ++count_;
}

void AvroEventSerializer::endBatch(std::string& out) {
    if (count_ == 0) return;
    appendAvroLong(count_, out);
    appendAvroText(block_, out);
    appendSync(out);
    block_.clear();
    count_ = 0;
}

} // namespace millrace::flume
