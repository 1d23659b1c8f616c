#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// What an Elasticsearch or OpenSearch server says of itself at /.
struct SearchServer {
    std::string number; ///< "2.4.6"
    int major = 0;
    bool openSearch = false;
    std::string cluster;
    /// Entries have a type: Elasticsearch before 7.
    bool hasTypes() const { return !openSearch && major < 7; }
    /// Entries may have a life time: Elasticsearch before 5.
    bool hasLifeTimes() const { return !openSearch && major < 5; }
};
Result<SearchServer> readSearchServer(std::string_view answer);

/// Where an entry goes.
struct BulkTarget {
    std::string index;
    std::string type;                     ///< used by servers that have types
    std::optional<std::int64_t> lifeTime; ///< in milliseconds, used by servers that have them
};
/// Appends the line that stands before a document in a request to /_bulk.
void appendBulkAction(const BulkTarget& target, const SearchServer& server, std::string& out);

/// What became of one document of a request.
struct BulkOutcome {
    enum class Fate {
        stored,
        again,    ///< the server is busy or not whole: the same may be taken later
        rejected, ///< for what is in it: it will never be taken
        refused,  ///< for how the server or the sink is set up: nothing like it will be taken before that changes
    };
    Fate fate = Fate::stored;
    std::string reason; ///< unless stored
};
/// Of the answer to /_bulk, in the order of the request. Error protocol: it is none for `count` documents.
Result<std::vector<BulkOutcome>> readBulkAnswer(std::string_view answer, std::size_t count);

} // namespace millrace::flume
