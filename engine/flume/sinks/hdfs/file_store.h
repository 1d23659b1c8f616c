#pragma once

#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace millrace::flume {

/// The files that an hdfs sink writes, wherever they are. Operations begin where they are called and end in what is
/// returned, so that many can be under way at once. A path is absolute and parted by slashes. One thread at a time,
/// interrupt() from any.
class FileStore {
public:
    /// Call it once: waits until the operation has ended and tells how. Where it is dropped instead, the operation goes
    /// on and nobody hears of it. After an error nobody knows how far it came: only cutBack() and rename() may follow.
    using Outcome = std::function<Status()>;

    virtual ~FileStore() = default;
    /// A new file that begins with `bytes`, which are stored for good when it has ended well: an event that is in them
    /// may leave its channel. Makes the directories above it. alreadyExists: there is one, which is not touched. After
    /// another error there may be one of which nobody knows whose it is: it stays.
    virtual Outcome create(const std::string& path, std::string_view bytes) = 0;
    /// More of a file all of whose writes have ended well; stored for good as in create().
    virtual Outcome append(const std::string& path, std::string_view bytes) = 0;
    /// Takes away what is behind the first `size` bytes of a file that this store has created, which an append that
    /// failed may have left; with none the file itself. Ok when there is nothing to take away. rename() may follow.
    virtual Outcome cutBack(const std::string& path, std::uint64_t size) = 0;
    /// Nothing is appended to it any more.
    virtual void release(const std::string& path) { (void)path; }
    /// The last that is asked of a file. alreadyExists: there is a file of that name, which is not touched.
    virtual Outcome rename(const std::string& from, const std::string& to) = 0;

    /// Ends every wait with `cancelled`, now and until allowWaits().
    virtual void interrupt() {}
    virtual void allowWaits() {}
    /// From now on nothing is waited for beyond `longest`, counted from this call, and interrupt() has no effect: for
    /// what has to be done before the end.
    virtual void limitWaits(std::chrono::milliseconds longest) { (void)longest; }
};

} // namespace millrace::flume
