#include "flume/channels/file/file_channel.h"
#include "flume/channels/transaction_limits.h"
#include "flume/support/home.h"

namespace millrace::flume {

namespace {

/// Accepted and without effect: one checkpoint is enough where it can always be made again, and there is one way to
/// read the log, which is fast.
void readWhatHasNoEffect(Settings& settings) {
    for (const char* key : {"useDualCheckpoints", "compressBackupCheckpoint", "use-log-replay-v1", "use-fast-replay"})
        (void)settings.flag(key);
    (void)settings.textIfSet("backupCheckpointDir");
}

std::optional<Error> refusedEncryption(Settings& settings) {
    std::string set;
    for (const char* key : {"encryption.activeKey", "encryption.cipherProvider", "encryption.keyProvider.keyStoreFile",
                            "encryption.keyProvider.keyStorePasswordFile", "encryption.keyProvider"})
        if (settings.textIfSet(key)) set = key;
    (void)settings.list("encryption.keyProvider.keys");
    (void)settings.group("encryption.keyProvider.keys");
    if (set.empty()) return std::nullopt;
    return Error{
        ErrorCode::unsupported,
        fmt::format("{}: {} is set, but Millrace does not encrypt a file channel yet and will not keep in clear "
                    "what is to be encrypted: remove the encryption properties, or let Apache Flume run it",
                    settings.who(), set),
        false};
}

} // namespace

Result<FileChannelOptions> FileChannel::readOptions(Settings& settings, const ComponentServices& services) {
    FileChannelOptions options;
    const auto directory = [&](const std::string& path) { return services.resolve(withHome(path)).lexically_normal(); };
    options.checkpointDirectory = directory(settings.text("checkpointDir"));
    for (const std::string& path : settings.list("dataDirs"))
        options.dataDirectories.push_back(directory(path));
    options.capacity = static_cast<std::size_t>(settings.number("capacity"));
    options.transactionCapacity = static_cast<std::size_t>(settings.number("transactionCapacity"));
    options.keepAlive = settings.duration("keep-alive");
    options.checkpointInterval = settings.duration("checkpointInterval");
    options.checkpointOnClose = settings.flag("checkpointOnClose");
    options.maxFileBytes = static_cast<std::uint64_t>(settings.number("maxFileSize"));
    options.minimumSpace = static_cast<std::uint64_t>(settings.number("minimumRequiredSpace"));
    options.syncEach = settings.flag("fsyncPerTransaction");
    options.syncInterval = settings.duration("fsyncInterval");
    readWhatHasNoEffect(settings);
    MILLRACE_TRY(settings.status());
    MILLRACE_TRY(transactionFits(settings, options.transactionCapacity, options.capacity));
    if (options.dataDirectories.empty())
        return Error{ErrorCode::invalidArgument, settings.who() + ": dataDirs names no directory", false};
    return options;
}

Result<std::unique_ptr<Channel>> FileChannel::make(Settings& settings, const ComponentServices& services) {
    auto options = readOptions(settings, services);
    auto refusal = refusedEncryption(settings);
    for (const std::string& warning : settings.warnings())
        services.log->warning(services.id, "{}", warning);
    if (!options) return options.error();
    return std::unique_ptr<Channel>(std::make_unique<FileChannel>(*options, std::move(refusal), services));
}

} // namespace millrace::flume
