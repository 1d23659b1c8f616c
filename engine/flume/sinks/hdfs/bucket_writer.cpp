#include "flume/sinks/hdfs/bucket_writer.h"

#include <fmt/core.h>

namespace millrace::flume {
namespace {

constexpr int kNamesTried = 100;

/// "directory/name" with something in front of the name.
std::string withPrefix(const std::string& path, const std::string& prefix) {
    const auto slash = path.rfind('/');
    const std::size_t at = slash == std::string::npos ? 0 : slash + 1;
    return path.substr(0, at) + prefix + path.substr(at);
}

} // namespace

std::string FileEnd::target() const {
    return fmt::format("{}.{}{}", base, number, ending);
}

FileEnd BucketWriter::named() const {
    FileEnd file{{}, base_, number_, options_.suffix, size_, kept_, failed_};
    file.inUse = withPrefix(file.target(), options_.inUsePrefix) + options_.inUseSuffix;
    return file;
}

bool BucketWriter::isFull() const {
    return (options_.rollCount > 0 && events_ >= options_.rollCount) ||
           (options_.rollSize > 0 && bodyBytes_ >= options_.rollSize);
}

void BucketWriter::add(const HeaderSet& headers, std::string_view body) {
    if (!serializer_) {
        ++number_;
        serializer_ = options_.serializer();
        serializer_->begin(unflushed_);
    }
    serializer_->add(headers, body, unflushed_);
    ++events_;
    bodyBytes_ += body.size();
    unstored_ = true;
}

void BucketWriter::flushOnce() {
    const std::string path = named().inUse;
    flush_ = made_ ? store_.append(path, unflushed_) : store_.create(path, unflushed_);
}

void BucketWriter::beginFlush() {
    serializer_->endBatch(unflushed_);
    if (unflushed_.empty())
        flush_ = [] { return ok(); }; // empty bodies without line ends
    else
        flushOnce();
}

Status BucketWriter::endFlush() {
    Status stored = std::exchange(flush_, {})();
    // Another writes to the same directory under the same prefix.
    for (int tries = 1; !stored && !made_ && stored.error().code == ErrorCode::alreadyExists && tries < kNamesTried;
         ++tries) {
        ++number_;
        flushOnce();
        stored = std::exchange(flush_, {})();
    }
    failed_ = !stored;
    if (!stored) return stored;
    unstored_ = false;
    made_ = made_ || !unflushed_.empty();
    size_ += unflushed_.size();
    unflushed_.clear();
    return ok();
}

std::optional<FileEnd> BucketWriter::end() {
    const FileEnd file = named();
    const bool there = made_;
    serializer_.reset();
    unflushed_.clear();
    made_ = failed_ = unstored_ = false;
    events_ = bodyBytes_ = size_ = kept_ = 0;
    if (!there) return {};
    store_.release(file.inUse);
    return file;
}

} // namespace millrace::flume
