// A sequence file as the hdfs sink writes it: whatever the bytes are, the reader of the tests ends; what it reads can
// be written again and reads as the same, plain and in blocks.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "flume/sinks/hdfs/sequence_file.h"
#include "flume/support/sequence_reader.h"

namespace {

using namespace millrace;
using namespace millrace::flume;

std::string writtenAgain(const flume::test::SequenceFile& file, std::optional<HadoopCodec> codec) {
    SeededRandom random{1};
    const bool isText = file.valueClass == "org.apache.hadoop.io.Text";
    SequenceFileSerializer serializer(isText ? SequenceValue::text : SequenceValue::writable, codec, random,
                                      [] { return EpochMs(0); });
    std::string out;
    serializer.begin(out);
    for (const auto& [key, value] : file.records)
        serializer.add(HeaderSet().with("timestamp", std::to_string(key)), value, out);
    serializer.endBatch(out);
    return out;
}

} // namespace

MILLRACE_FUZZ_TARGET(sequence_file) {
    const auto file = flume::test::SequenceReader::read({reinterpret_cast<const char*>(data.data()), data.size()});
    if (!file) return;
    for (const auto& codec : {std::optional<HadoopCodec>(), std::optional(*HadoopCodec::named("snappy"))}) {
        const auto again = flume::test::SequenceReader::read(writtenAgain(*file, codec));
        MILLRACE_ASSERT(again && again->records == file->records, "{} records read otherwise", file->records.size());
    }
}
