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

constexpr std::string_view kProvider = "encryption.keyProvider", kProviders = "encryption.keyProvider.";

/// Flume refuses a channel that has one of the three and not all.
Status readEncryption(Settings& settings, std::optional<FileChannelOptions::Encryption>& encryption) {
    FileChannelOptions::Encryption read;
    for (const char* key : {"keyStoreFile", "keyStorePasswordFile", "keys"})
        if (auto value = settings.textIfSet(std::string(kProviders) + key)) read.provider.emplace(key, *value);
    for (auto& [key, value] : settings.group("encryption.keyProvider.keys"))
        read.provider.emplace("keys." + key, value);
    const auto active = settings.textIfSet("encryption.activeKey"), provider = settings.textIfSet(kProvider);
    const auto cipher = settings.textIfSet("encryption.cipherProvider");
    if (!active && !provider && !cipher) return ok();
    if (!active || !provider || !cipher)
        return Error{ErrorCode::invalidArgument,
                     settings.who() + ": encryption takes encryption.keyProvider, encryption.activeKey and "
                                      "encryption.cipherProvider together",
                     false};
    const auto* spec = catalog::flumeCatalog().find(catalog::ComponentKind::cipherProvider, *cipher);
    if (spec == nullptr || spec->alias != "AESCTRNOPADDING")
        return Error{ErrorCode::unsupported,
                     fmt::format("{}: encryption.cipherProvider {} does not run here; AESCTRNOPADDING does",
                                 settings.who(), *cipher),
                     false};
    read.activeKey = *active;
    read.keyProvider = *provider;
    encryption = std::move(read);
    return ok();
}

} // namespace

Status readFileStore(Settings& settings, const ComponentServices& services, FileChannelOptions& options) {
    const auto directory = [&](const std::string& path) { return services.resolve(withHome(path)).lexically_normal(); };
    options.checkpointDirectory = directory(settings.text("checkpointDir"));
    for (const std::string& path : settings.list("dataDirs"))
        options.dataDirectories.push_back(directory(path));
    options.transactionCapacity = static_cast<std::size_t>(settings.number("transactionCapacity"));
    options.checkpointInterval = settings.duration("checkpointInterval");
    options.checkpointOnClose = settings.flag("checkpointOnClose");
    options.maxFileBytes = static_cast<std::uint64_t>(settings.number("maxFileSize"));
    options.minimumSpace = static_cast<std::uint64_t>(settings.number("minimumRequiredSpace"));
    options.syncEach = settings.flag("fsyncPerTransaction");
    options.syncInterval = settings.duration("fsyncInterval");
    readWhatHasNoEffect(settings);
    const Status encryption = readEncryption(settings, options.encryption);
    MILLRACE_TRY(settings.status());
    MILLRACE_TRY(encryption);
    MILLRACE_TRY(transactionFits(settings, options.transactionCapacity, options.capacity));
    if (options.dataDirectories.empty())
        return Error{ErrorCode::invalidArgument, settings.who() + ": dataDirs names no directory", false};
    return ok();
}

Result<FileChannelOptions> FileChannel::readOptions(Settings& settings, const ComponentServices& services) {
    FileChannelOptions options;
    options.capacity = static_cast<std::size_t>(settings.number("capacity"));
    options.keepAlive = settings.duration("keep-alive");
    MILLRACE_TRY(readFileStore(settings, services, options));
    return options;
}

Result<std::unique_ptr<Channel>> FileChannel::make(Settings& settings, const ComponentServices& services) {
    auto options = readOptions(settings, services);
    for (const std::string& warning : settings.warnings())
        services.log->warning(services.id, "{}", warning);
    if (!options) return options.error();
    return std::unique_ptr<Channel>(std::make_unique<FileChannel>(*options, services));
}

} // namespace millrace::flume
