#include "flume/key_provider.h"
#include "flume/registry.h"
#include "java/java_number.h"
#include "tls/jceks.h"


namespace millrace::flume {

namespace {

constexpr std::uint64_t kMostStoreBytes = 16 << 20, kMostPasswordBytes = 64 << 10;

/// What stands in the file, without blanks around it.
Result<std::string> readPassword(const std::string& path, const ComponentServices& services) {
    const auto bytes = services.disk->readAll(services.resolve(path), kMostPasswordBytes);
    if (!bytes) return bytes.error();
    const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    return std::string(java::javaTrim(text));
}

struct JceFile {
    std::string store, passwordFile;
    std::vector<std::string> aliases;
    std::map<std::string, std::string> passwordFiles; ///< of keys: "<alias>.passwordFile"
};

Result<EncryptionKeys> readKeys(const JceFile& file, const ComponentServices& services) {
    auto bytes = services.disk->readAll(services.resolve(file.store), kMostStoreBytes);
    if (!bytes) return bytes.error();
    const auto password = readPassword(file.passwordFile, services);
    if (!password) return password.error();
    const auto store = tls::readJceks({file.store, std::move(*bytes), *password, {}});
    if (!store) return store.error();
    EncryptionKeys keys;
    for (const std::string& alias : file.aliases) {
        const auto own = file.passwordFiles.find(alias + ".passwordFile");
        const auto keyPassword = own == file.passwordFiles.end() ? password : readPassword(own->second, services);
        if (!keyPassword) return keyPassword.error();
        auto key = store->open(alias, *keyPassword);
        if (!key) return key.error();
        keys.emplace(alias, std::move(*key));
    }
    return keys;
}

/// org.apache.flume.channel.file.encryption.JCEFileKeyProvider: a JCEKS key store, the password of a key being that of
/// the store unless it has a file of its own.
Result<ReadKeys> makeJceFileKeyProvider(Settings& settings, const ComponentServices& services) {
    JceFile file{settings.text("keyStoreFile"), settings.text("keyStorePasswordFile"), settings.list("keys"),
                 settings.group("keys")};
    MILLRACE_TRY(settings.status());
    return ReadKeys([file = std::move(file), &services] { return readKeys(file, services); });
}

} // namespace

MILLRACE_COMPONENT(JceFileKeyProvider, "org.apache.flume.channel.file.encryption.JCEFileKeyProvider$Builder",
                   &makeJceFileKeyProvider)

} // namespace millrace::flume
