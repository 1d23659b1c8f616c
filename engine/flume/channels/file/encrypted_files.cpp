#include "flume/channels/file/encrypted_files.h"

#include "base/big_endian.h"
#include "base/crc32c.h"
#include "flume/channels/file/log_format.h"
#include "tls/aes_ctr.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace millrace::flume {

namespace {

using tls::AesCtr;

/// What stands in front of an encrypted file; `valid` says whether it could be read.
struct Prefix {
    static constexpr std::size_t kCopy = 512, kBytes = 2 * kCopy;
    static constexpr std::size_t kNonceAt = 8, kProofAt = 24, kNameAt = 40, kChecksumAt = kCopy - 4, kMostName = 255;
    AesCtr::Nonce nonce{};
    AesCtr::Nonce proof{};
    std::string key;

    std::array<std::uint8_t, kBytes> encoded() const {
        std::array<std::uint8_t, kBytes> bytes{};
        std::ranges::copy(kEncryptedMagic, bytes.begin());
        std::ranges::copy(nonce, bytes.begin() + kNonceAt);
        std::ranges::copy(proof, bytes.begin() + kProofAt);
        bytes[kNameAt] = static_cast<std::uint8_t>(key.size());
        std::ranges::copy(key, bytes.begin() + kNameAt + 1);
        storeBigEndian(bytes.data() + kChecksumAt, crc32c(std::span(bytes).first(kChecksumAt)));
        std::copy_n(bytes.begin(), kCopy, bytes.begin() + kCopy);
        return bytes;
    }
    static std::optional<Prefix> decode(std::span<const std::uint8_t> copy) {
        if (copy.size() < kCopy || !isEncrypted(copy)) return std::nullopt;
        if (loadBigEndian<std::uint32_t>(copy.data() + kChecksumAt) != crc32c(copy.first(kChecksumAt)))
            return std::nullopt;
        Prefix prefix;
        std::copy_n(copy.begin() + kNonceAt, AesCtr::kBlock, prefix.nonce.begin());
        std::copy_n(copy.begin() + kProofAt, AesCtr::kBlock, prefix.proof.begin());
        const std::size_t length = copy[kNameAt];
        prefix.key.assign(copy.begin() + kNameAt + 1, copy.begin() + static_cast<std::ptrdiff_t>(kNameAt + 1 + length));
        return prefix;
    }
};

AesCtr::Nonce proofOf(const AesCtr& cipher) {
    AesCtr::Nonce zeros{};
    cipher.apply(std::numeric_limits<std::uint64_t>::max() / AesCtr::kBlock * AesCtr::kBlock, zeros);
    return zeros;
}

/// The content of a file, at the places that it has in clear.
class EncryptedFile final : public File {
public:
    EncryptedFile(std::unique_ptr<File> file, AesCtr cipher, std::uint64_t end)
        : file_(std::move(file)), cipher_(std::move(cipher)), end_(end) {}

    Status append(std::span<const std::uint8_t> data) override { return appendAll(std::span(&data, 1)); }
    Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) override {
        std::vector<std::uint8_t> hidden;
        std::uint64_t at = end_;
        const auto flush = [&] {
            cipher_.apply(at, hidden);
            at += hidden.size();
            Status written = file_->append(hidden);
            hidden.clear();
            return written;
        };
        for (std::span<const std::uint8_t> piece : pieces)
            while (!piece.empty()) {
                const std::size_t count = std::min(piece.size(), kAtOnce - hidden.size());
                hidden.insert(hidden.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(count));
                piece = piece.subspan(count);
                if (hidden.size() == kAtOnce) MILLRACE_TRY(flush());
            }
        if (!hidden.empty()) MILLRACE_TRY(flush());
        end_ = at;
        return ok();
    }
    Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
        const auto got = file_->readAt(position + Prefix::kBytes, into);
        if (got) cipher_.apply(position, into.first(*got));
        return got;
    }
    Status writeAt(std::uint64_t position, std::span<const std::uint8_t> data) override {
        std::vector<std::uint8_t> hidden(data.begin(), data.end());
        cipher_.apply(position, hidden);
        return file_->writeAt(position + Prefix::kBytes, hidden);
    }
    Result<std::uint64_t> size() const override {
        const auto size = file_->size();
        if (!size) return size;
        return *size - std::min<std::uint64_t>(*size, Prefix::kBytes);
    }
    Status truncate(std::uint64_t size) override {
        MILLRACE_TRY(file_->truncate(size + Prefix::kBytes));
        end_ = size;
        return ok();
    }
    void reserve(std::uint64_t size) override { file_->reserve(size + Prefix::kBytes); }
    Status sync() override { return file_->sync(); }

private:
    static constexpr std::size_t kAtOnce = 1 << 20;
    std::unique_ptr<File> file_;
    AesCtr cipher_;
    std::uint64_t end_;
};

/// An encrypted file whose prefix cannot be read: a crash came before it was there.
class UnfinishedFile final : public File {
public:
    Status append(std::span<const std::uint8_t>) override { return refusal(); }
    Status appendAll(std::span<const std::span<const std::uint8_t>>) override { return refusal(); }
    Result<std::size_t> readAt(std::uint64_t, std::span<std::uint8_t>) const override { return std::size_t(0); }
    Status writeAt(std::uint64_t, std::span<const std::uint8_t>) override { return refusal(); }
    Result<std::uint64_t> size() const override { return std::uint64_t(0); }
    Status truncate(std::uint64_t) override { return ok(); }
    Status sync() override { return ok(); }

private:
    static Error refusal() { return {ErrorCode::corrupt, "the file was never finished", false}; }
};

bool isEventFile(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    return logFileNumber(path) || name.find(".log.damaged-") != std::string::npos;
}

/// Nothing for a file that ends within its prefix, whatever stands there.
std::optional<Prefix> prefixOf(std::span<const std::uint8_t> beginning) {
    if (beginning.size() < Prefix::kBytes) return std::nullopt;
    auto prefix = Prefix::decode(beginning.first(Prefix::kCopy));
    return prefix ? prefix : Prefix::decode(beginning.last(Prefix::kCopy));
}

std::vector<std::uint8_t> beginningOf(const File& file) {
    std::vector<std::uint8_t> bytes(Prefix::kBytes);
    const auto got = file.readAt(0, bytes);
    bytes.resize(got ? *got : 0);
    return bytes;
}

} // namespace

Result<std::unique_ptr<EncryptedFiles>> EncryptedFiles::make(FileSystem& below, EncryptionKeys keys,
                                                             std::string active) {
    if (!keys.contains(active))
        return Error{ErrorCode::invalidArgument,
                     fmt::format("encryption.activeKey is \"{}\", which encryption.keyProvider.keys does not name", active),
                     false};
    for (const auto& [name, key] : keys) {
        if (const auto cipher = AesCtr::make(key, {}); !cipher) return cipher.error().in("the key \"" + name + "\"");
        if (name.size() > Prefix::kMostName)
            return Error{ErrorCode::invalidArgument, "the key \"" + name + "\" has too long a name", false};
    }
    return std::unique_ptr<EncryptedFiles>(new EncryptedFiles(below, std::move(keys), std::move(active)));
}

Result<std::unique_ptr<File>> EncryptedFiles::open(const std::filesystem::path& path, OpenMode mode) {
    auto file = below_.open(path, mode);
    if (!file || !isEventFile(path)) return file;
    const auto size = (*file)->size();
    if (!size) return size.error();
    const bool fresh = *size == 0 && mode != OpenMode::read;
    return fresh ? begin(std::move(*file)) : goOn(std::move(*file), path);
}

Result<std::unique_ptr<File>> EncryptedFiles::begin(std::unique_ptr<File> file) const {
    Prefix prefix{AesCtr::freshNonce(), {}, active_};
    auto cipher = AesCtr::make(keys_.at(active_), prefix.nonce);
    if (!cipher) return cipher.error();
    prefix.proof = proofOf(*cipher);
    MILLRACE_TRY(file->append(prefix.encoded()));
    return std::unique_ptr<File>(std::make_unique<EncryptedFile>(std::move(file), std::move(*cipher), 0));
}

Result<std::unique_ptr<File>> EncryptedFiles::goOn(std::unique_ptr<File> file,
                                                   const std::filesystem::path& path) const {
    const auto beginning = beginningOf(*file);
    if (LogFileHeader::decode(beginning)) return file; // from the time before there was a key
    const auto prefix = prefixOf(beginning);
    if (!prefix) return std::unique_ptr<File>(std::make_unique<UnfinishedFile>());
    const auto key = keys_.find(prefix->key);
    if (key == keys_.end())
        return Error{ErrorCode::denied,
                     fmt::format("{} is encrypted with the key \"{}\": name it in encryption.keyProvider.keys",
                                 path.string(), prefix->key),
                     false};
    auto cipher = AesCtr::make(key->second, prefix->nonce);
    if (!cipher) return cipher.error();
    if (proofOf(*cipher) != prefix->proof)
        return Error{ErrorCode::denied,
                     fmt::format("{} is encrypted with another key than the one that is called \"{}\" now: bring the "
                                 "old one back under this name",
                                 path.string(), prefix->key),
                     false};
    const auto size = file->size();
    if (!size) return size.error();
    return std::unique_ptr<File>(
        std::make_unique<EncryptedFile>(std::move(file), std::move(*cipher), *size - Prefix::kBytes));
}

Status EncryptedFiles::correctSize(FileInfo& info) const {
    if (info.directory || !isEventFile(info.path)) return ok();
    const auto file = below_.open(info.path, OpenMode::read);
    if (!file) return file.error();
    const auto beginning = beginningOf(**file);
    if (LogFileHeader::decode(beginning)) return ok();
    const bool unfinished = !prefixOf(beginning);
    // Nothing is written behind a header before it is on stable storage.
    if (unfinished && info.size > Prefix::kBytes + LogFileHeader::kBytes)
        return Error{ErrorCode::corrupt,
                     info.path.string() + " does not say any more how it is encrypted: bring it back from a copy, or "
                                          "move it away to go on without its events",
                     false};
    info.size = unfinished ? 0 : info.size - Prefix::kBytes;
    return ok();
}

Result<FileInfo> EncryptedFiles::info(const std::filesystem::path& path) const {
    auto info = below_.info(path);
    if (info) MILLRACE_TRY(correctSize(*info));
    return info;
}

Result<std::vector<FileInfo>> EncryptedFiles::list(const std::filesystem::path& directory) const {
    auto entries = below_.list(directory);
    if (!entries) return entries;
    for (FileInfo& entry : *entries)
        MILLRACE_TRY(correctSize(entry));
    return entries;
}

} // namespace millrace::flume
