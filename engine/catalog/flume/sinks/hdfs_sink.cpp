#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/hadoop_path.h"
#include "catalog/flume/shared_values.h"

#include <algorithm>

namespace millrace::catalog {
namespace {

constexpr std::string_view kFileTypes[] = {"SequenceFile", "DataStream", "CompressedStream"};
constexpr std::string_view kWriteFormats[] = {"Writable", "Text"};
constexpr std::string_view kSerializers[] = {"TEXT", "HEADER_AND_TEXT", "AVRO_EVENT"};
constexpr std::string_view kCodecs[] = {"Gzip", "BZip2",  "Deflate",   "Default",
                                        "Lz4",  "Snappy", "ZStandard", "Passthrough"};
constexpr std::string_view kCommonCodecs[] = {"gzip", "bzip2", "deflate", "lz4", "snappy"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "hdfs.path",
     .required = true,
     .help = "Directory in the file system, in which %{header} and time escapes such as %Y-%m-%d are replaced."},
    {.name = "hdfs.webAddress",
     .type = PropertyType::list,
     .level = PropertyLevel::advanced,
     .help = "HTTP addresses of the NameNodes or of HttpFS, such as http://host:9870, separated by commas: over these "
             "Millrace writes to HDFS, while Apache Flume does not look at them.",
     .separator = ','},
    {.name = "hdfs.filePrefix",
     .defaultValue = "FlumeData",
     .help = "Beginning of the file names, in which the same escapes are replaced."},
    {.name = "hdfs.fileSuffix", .help = "Ending of the file names, dot included."},
    {.name = "hdfs.inUsePrefix",
     .level = PropertyLevel::advanced,
     .help = "Beginning of the name of a file that is still written."},
    {.name = "hdfs.inUseSuffix",
     .defaultValue = ".tmp",
     .level = PropertyLevel::advanced,
     .help = "Ending of the name of a file that is still written."},
    {.name = "hdfs.emptyInUseSuffix",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Gives files no special ending while they are written."},
    {.name = "hdfs.rollInterval",
     .type = PropertyType::duration,
     .defaultValue = "30",
     .unit = "s",
     .help = "Age at which a file is closed, where 0 sets no limit."},
    {.name = "hdfs.rollSize",
     .type = PropertyType::bytes,
     .defaultValue = "1024",
     .unit = "bytes",
     .help = "Size at which a file is closed, where 0 sets no limit."},
    {.name = "hdfs.rollCount",
     .type = PropertyType::longInteger,
     .defaultValue = "10",
     .unit = "events",
     .help = "Events after which a file is closed, where 0 sets no limit."},
    {.name = "hdfs.idleTimeout",
     .type = PropertyType::duration,
     .defaultValue = "0",
     .unit = "s",
     .level = PropertyLevel::advanced,
     .help = "A file without events for this long is closed, where 0 sets no limit."},
    {.name = "hdfs.batchSize",
     .type = PropertyType::longInteger,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel and flushed in one transaction.",
     .strict = true},
    {.name = "hdfs.codeC", .help = "Compression of the files, such as gzip, bzip2, snappy or lz4."},
    {.name = "hdfs.fileType",
     .type = PropertyType::choice,
     .defaultValue = "SequenceFile",
     .choices = kFileTypes,
     .help = "Format of the files, where compression needs CompressedStream or SequenceFile."},
    {.name = "hdfs.writeFormat",
     .type = PropertyType::choice,
     .defaultValue = "Writable",
     .choices = kWriteFormats,
     .level = PropertyLevel::advanced,
     .help = "How events are stored in a sequence file."},
    {.name = "hdfs.maxOpenFiles",
     .type = PropertyType::integer,
     .defaultValue = "5000",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Most files open at a time, above which the longest unused is closed."},
    {.name = "hdfs.minBlockReplicas",
     .type = PropertyType::integer,
     .level = PropertyLevel::expert,
     .help = "Copies a block must have, below which the file is closed.",
     .lenient = true},
    {.name = "hdfs.threadsPoolSize",
     .type = PropertyType::integer,
     .defaultValue = "10",
     .range = {.minimum = 1},
     .level = PropertyLevel::expert,
     .help = "Threads for file operations."},
    {.name = "hdfs.rollTimerPoolSize",
     .type = PropertyType::integer,
     .defaultValue = "1",
     .range = {.minimum = 1},
     .level = PropertyLevel::expert,
     .help = "Threads that close files by time."},
    {.name = "hdfs.callTimeout",
     .type = PropertyType::duration,
     .defaultValue = "30000",
     .unit = "ms",
     .level = PropertyLevel::expert,
     .help = "Longest time for one file operation, where 0 waits for ever."},
    {.name = "hdfs.round",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Rounds times in the path down."},
    {.name = "hdfs.roundValue",
     .type = PropertyType::integer,
     .defaultValue = "1",
     .level = PropertyLevel::advanced,
     .help = "Times are rounded down to a multiple of this many units."},
    {.name = "hdfs.roundUnit",
     .type = PropertyType::choice,
     .defaultValue = "second",
     .choices = kTimeUnits,
     .level = PropertyLevel::advanced,
     .help = "Unit to which times are rounded."},
    {.name = "hdfs.timeZone",
     .level = PropertyLevel::advanced,
     .help = "Time zone for the escapes in the path, by default that of the computer."},
    {.name = "hdfs.useLocalTimeStamp",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Takes the time for the path from the clock instead of the header timestamp."},
    {.name = "hdfs.closeTries",
     .type = PropertyType::integer,
     .defaultValue = "2147483647",
     .level = PropertyLevel::expert,
     .help = "Attempts to close a file, by default without limit."},
    {.name = "hdfs.retryInterval",
     .type = PropertyType::duration,
     .defaultValue = "180",
     .unit = "s",
     .level = PropertyLevel::expert,
     .help = "Time between two attempts to close a file."},
    {.name = "hdfs.useRawLocalFileSystem",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Writes local files without checksum files."},
    {.name = "hdfs.kerberosPrincipal",
     .level = PropertyLevel::expert,
     .help = "Kerberos principal for the file system."},
    {.name = "hdfs.kerberosKeytab",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Keytab file of that principal."},
    {.name = "hdfs.proxyUser", .level = PropertyLevel::expert, .help = "User in whose name files are written."},
    {.name = "serializer",
     .type = PropertyType::className,
     .defaultValue = "TEXT",
     .choices = kSerializers,
     .level = PropertyLevel::advanced,
     .help = "How an event is written to a file that is no sequence file."},
    {.name = "serializer.*", .level = PropertyLevel::advanced, .help = "Settings of the chosen serializer."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);
constexpr ComponentPart kParts[] = {
    {.kind = ComponentKind::eventSerializer, .key = "serializer", .prefix = "serializer."},
};

/// Hadoop finds a codec by its class, with or without the package, and by what stands before "Codec" in its name. LZO
/// has another licence and does not come along.
bool isCodec(std::string_view name) {
    constexpr std::string_view kPackage = "org.apache.hadoop.io.compress.", kEnding = "Codec";
    const bool whole = name.starts_with(kPackage);
    if (whole) name.remove_prefix(kPackage.size());
    return std::ranges::any_of(kCodecs, [&](std::string_view codec) {
        const std::string ownName = std::string(codec) + std::string(kEnding);
        return whole ? name == ownName : equalsIgnoringCase(name, codec) || equalsIgnoringCase(name, ownName);
    });
}

void checkCodec(const PropertyReader& reader, std::vector<Finding>& findings) {
    constexpr std::string_view kKey = "hdfs.codeC";
    const std::string type = reader.textOr("hdfs.fileType", "SequenceFile");
    const auto codec = reader.text(kKey);
    const bool none = !reader.has(kKey) || (codec && equalsIgnoringCase(*codec, "None"));
    if (equalsIgnoringCase(type, "DataStream") && reader.has(kKey)) {
        return refuse(findings, kKey, "hdfs-codec-not-allowed", {std::string(kKey)});
    }
    if (equalsIgnoringCase(type, "CompressedStream") && none) {
        return refuse(findings, kKey, "hdfs-codec-missing", {std::string(kKey)}, "gzip");
    }
    if (codec && !none && !isCodec(*codec)) {
        refuse(findings, kKey, "hdfs-codec-unknown", {std::string(kKey), *codec},
               Catalog::nearest(*codec, {std::begin(kCommonCodecs), std::end(kCommonCodecs)}));
    }
}

void checkKerberos(const PropertyReader& reader, std::vector<Finding>& findings) {
    constexpr std::string_view kPrincipal = "hdfs.kerberosPrincipal", kKeytab = "hdfs.kerberosKeytab";
    if (reader.has(kPrincipal) == reader.has(kKeytab)) return;
    const std::string_view missing = reader.has(kPrincipal) ? kKeytab : kPrincipal;
    refuse(findings, missing, "kerberos-incomplete", {std::string(missing)});
}

/// What is written here otherwise than by Hadoop's own client.
void checkPlace(const PropertyReader& reader, std::vector<Finding>& findings) {
    constexpr std::string_view kPath = "hdfs.path", kPrincipal = "hdfs.kerberosPrincipal";
    const auto tell = [&](std::string_view property, std::string_view code, std::vector<std::string> arguments) {
        findings.push_back(makeFinding(Finding::Effect::information, property, code, std::move(arguments)));
    };
    if (reader.has(kPrincipal) && reader.has("hdfs.kerberosKeytab")) tell(kPrincipal, "hdfs-kerberos-elsewhere", {});
    const std::string path = reader.textOr(kPath, "");
    const std::string scheme(hadoopScheme(path));
    if (scheme == "hdfs" && !reader.has("hdfs.webAddress")) tell(kPath, "hdfs-over-http", {path, "hdfs.webAddress"});
    const bool written =
        scheme.empty() || scheme == "file" || scheme == "hdfs" || scheme == "webhdfs" || scheme == "swebhdfs";
    if (!written) tell(kPath, "hdfs-scheme-elsewhere", {scheme});
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkPlace(reader, findings);
    checkCodec(reader, findings);
    checkKerberos(reader, findings);
    if (reader.isTrue("hdfs.round")) checkRounding(reader, "hdfs.", "second", findings);
    if (reader.isTrue("hdfs.emptyInUseSuffix") && reader.has("hdfs.inUseSuffix")) {
        warn(findings, "hdfs.inUseSuffix", "hdfs-suffix-ignored", {"hdfs.inUseSuffix"});
    }
    if (!reader.has("hdfs.rollInterval") && !reader.has("hdfs.rollSize") && !reader.has("hdfs.rollCount")) {
        warn(findings, "hdfs.rollCount", "hdfs-small-files", {});
    }
}

} // namespace

constinit const ComponentSpec kHdfsSink{
    .kind = ComponentKind::sink,
    .alias = "hdfs",
    .className = "org.apache.flume.sink.hdfs.HDFSEventSink",
    .title = "hdfs",
    .summary =
        "Writes events to files in HDFS or another Hadoop file system, sorted into directories by time or header.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-hdfs-sink",
    .properties = kProperties,
    .parts = kParts,
    .batchProperty = "hdfs.batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
