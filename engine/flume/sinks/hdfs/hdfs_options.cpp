#include "flume/sinks/hdfs/hdfs_options.h"

#include "base/environment.h"
#include "catalog/check_support.h"
#include "flume/sinks/hdfs/compressed_serializer.h"
#include "flume/sinks/hdfs/local_store.h"
#include "flume/sinks/hdfs/sequence_file.h"
#include "flume/sinks/hdfs/webhdfs_address.h"
#include "flume/sinks/hdfs/webhdfs_store.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <pwd.h>
#include <unistd.h>

namespace millrace::flume {
namespace {

Error unsupported(const Settings& settings, std::string_view property, std::string what) {
    return {ErrorCode::unsupported, fmt::format("{}: {}: {}", settings.who(), property, what), false};
}

/// As Hadoop without Kerberos: HADOOP_USER_NAME, else who runs this program.
std::string userName() {
    const auto variables = lookAtProcess().variables;
    if (const auto set = variables.find("HADOOP_USER_NAME"); set != variables.end() && !set->second.empty())
        return set->second;
    std::array<char, 4096> room{};
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, room.data(), room.size(), &found) == 0 && found) return found->pw_name;
    return fmt::format("{}", ::getuid());
}

std::uint64_t atLeastZero(std::int64_t number) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, number));
}

Status refuseKerberos(Settings& settings) {
    for (const char* key : {"hdfs.kerberosPrincipal", "hdfs.kerberosKeytab"})
        if (settings.textIfSet(key).value_or("") != "")
            return unsupported(settings, key,
                               "Kerberos does not run here; deploy this agent to Apache Flume, or write through an "
                               "HttpFS that trusts this computer (hdfs.webAddress)");
    return ok();
}

Status readTimes(Settings& settings, const ComponentServices& services, HdfsOptions& options) {
    options.useLocalTime = settings.flag("hdfs.useLocalTimeStamp");
    const bool rounds = settings.flag("hdfs.round");
    const auto roundTo = static_cast<int>(settings.number("hdfs.roundValue"));
    const std::string unit = settings.text("hdfs.roundUnit");
    if (rounds) {
        options.times.roundTo = roundTo;
        options.times.unit = catalog::equalsIgnoringCase(unit, "hour")     ? EscapeTime::Unit::hour
                             : catalog::equalsIgnoringCase(unit, "minute") ? EscapeTime::Unit::minute
                                                                           : EscapeTime::Unit::second;
        const int most = options.times.unit == EscapeTime::Unit::hour ? 24 : 60;
        if (roundTo < 1 || roundTo > most)
            return Error{ErrorCode::outOfRange,
                         fmt::format("{}: hdfs.roundValue is {}; it can be 1 to {}", settings.who(), roundTo, most),
                         false};
    }
    const std::string zone = settings.textIfSet("hdfs.timeZone").value_or("");
    if (zone.empty()) return ok();
    auto found = java::TimeZone::named(zone);
    if (!found)
        services.log->warning(services.id, "hdfs.timeZone: {}; GMT is taken, as Flume does", found.error().message);
    if (!found) found = java::TimeZone::named("GMT");
    options.times.zone = std::move(*found);
    return ok();
}

void readNames(Settings& settings, HdfsOptions& options) {
    options.prefix = settings.text("hdfs.filePrefix");
    options.suffix = settings.textIfSet("hdfs.fileSuffix").value_or("");
    options.inUsePrefix = settings.textIfSet("hdfs.inUsePrefix").value_or("");
    const std::string inUseSuffix = settings.text("hdfs.inUseSuffix");
    if (!settings.flag("hdfs.emptyInUseSuffix")) options.inUseSuffix = inUseSuffix;
}

void readLimits(Settings& settings, HdfsOptions& options) {
    options.rollInterval = settings.duration("hdfs.rollInterval");
    options.idleTimeout = settings.duration("hdfs.idleTimeout");
    options.rollSize = atLeastZero(settings.number("hdfs.rollSize"));
    options.rollCount = atLeastZero(settings.number("hdfs.rollCount"));
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("hdfs.batchSize")));
    options.maxOpenFiles = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("hdfs.maxOpenFiles")));
    options.callsAtOnce =
        static_cast<std::size_t>(std::clamp<std::int64_t>(settings.number("hdfs.threadsPoolSize"), 1, 256));
    options.closeTries = std::max<std::int64_t>(0, settings.number("hdfs.closeTries"));
    options.retryInterval = settings.duration("hdfs.retryInterval");
    if (options.retryInterval.count() <= 0) options.closeTries = 1; // as Flume
    // What belongs to Hadoop's own client and its threads.
    (void)settings.numberIfSet("hdfs.minBlockReplicas");
    (void)settings.number("hdfs.rollTimerPoolSize");
    (void)settings.flag("hdfs.useRawLocalFileSystem");
}

Result<std::optional<HadoopCodec>> readCodec(Settings& settings) {
    const std::string name = settings.textIfSet("hdfs.codeC").value_or("");
    if (name.empty() || catalog::equalsIgnoringCase(name, "None")) return std::optional<HadoopCodec>();
    auto codec = HadoopCodec::named(name);
    if (!codec) return codec.error().in(settings.who());
    return std::optional(*codec);
}

Result<MakeSerializer> sequenceFiles(Settings& settings, const std::string& format, std::optional<HadoopCodec> codec,
                                     const ComponentServices& services) {
    const bool text = catalog::equalsIgnoringCase(format, "Text");
    if (!text && !catalog::equalsIgnoringCase(format, "Writable"))
        return unsupported(settings, "hdfs.writeFormat", format + " does not run here; Writable and Text do");
    const auto value = text ? SequenceValue::text : SequenceValue::writable;
    return MakeSerializer([value, codec, random = services.random, clock = services.clock] {
        return std::make_unique<SequenceFileSerializer>(value, codec, *random, [clock] { return clock->epochMs(); });
    });
}

Status readFormat(Settings& settings, const ComponentServices& services, HdfsOptions& options) {
    const std::string type = settings.text("hdfs.fileType"), format = settings.text("hdfs.writeFormat");
    const std::string name = settings.text("serializer");
    const auto ofSerializer = settings.group("serializer");
    const auto codec = readCodec(settings);
    if (!codec) return codec.error();
    if (*codec && options.suffix.empty()) options.suffix = (*codec)->extension();
    if (catalog::equalsIgnoringCase(type, "SequenceFile")) {
        auto made = sequenceFiles(settings, format, *codec, services);
        if (!made) return std::move(made).error();
        options.serializer = std::move(*made);
        return ok();
    }
    auto plain = serializerMaker(name, {ofSerializer.begin(), ofSerializer.end()}, services);
    if (!plain) return plain.error().in(settings.who() + ": serializer");
    if (catalog::equalsIgnoringCase(type, "DataStream") && !*codec) {
        options.serializer = std::move(*plain);
        return ok();
    }
    if (!catalog::equalsIgnoringCase(type, "CompressedStream") || !*codec)
        return unsupported(settings, "hdfs.fileType",
                           fmt::format("{} {} hdfs.codeC cannot be written; choose SequenceFile, DataStream without a "
                                       "codec or CompressedStream with one",
                                       type, *codec ? "with" : "without"));
    options.serializer = [plain = std::move(*plain), codec = **codec] {
        return std::make_unique<CompressedSerializer>(plain(), codec);
    };
    return ok();
}

Status readStore(Settings& settings, const ComponentServices& services, HdfsOptions& options) {
    const std::string path = settings.text("hdfs.path");
    const auto web = settings.list("hdfs.webAddress");
    WebHdfsOptions remote;
    remote.callTimeout = settings.duration("hdfs.callTimeout");
    remote.doAs = settings.textIfSet("hdfs.proxyUser").value_or("");
    remote.connections = options.callsAtOnce;
    auto address = storeAddressOf(path, web);
    if (!address) return address.error().in(settings.who());
    options.directory = std::move(address->path);
    if (address->local) {
        options.store = [disk = services.disk, root = services.runDirectory] {
            return std::make_unique<LocalStore>(*disk, root);
        };
        return ok();
    }
    remote.nodes = std::move(address->nodes);
    remote.secure = address->secure;
    remote.user = userName();
    options.store = [loop = services.loop, remote = std::move(remote)] {
        return std::make_unique<WebHdfsStore>(loop(), remote);
    };
    return ok();
}

} // namespace

Result<HdfsOptions> readHdfsOptions(Settings& settings, const ComponentServices& services) {
    HdfsOptions options;
    readNames(settings, options);
    readLimits(settings, options);
    const Status times = readTimes(settings, services, options);
    const Status format = readFormat(settings, services, options);
    const Status store = readStore(settings, services, options);
    const Status kerberos = refuseKerberos(settings);
    MILLRACE_TRY(settings.status());
    for (const Status* status : {&kerberos, &store, &format, &times})
        if (!*status) return status->error();
    return options;
}

} // namespace millrace::flume
