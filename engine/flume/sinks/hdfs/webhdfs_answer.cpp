#include "flume/sinks/hdfs/webhdfs_answer.h"

#include "base/sentences.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace millrace::flume {
namespace {

namespace json = boost::json;

json::value parsed(std::string_view text) {
    boost::system::error_code problem;
    return json::parse(text, problem);
}

/// Null when it is not there or not of that kind.
const json::value* below(const json::value& value, std::string_view key) {
    const auto* object = value.if_object();
    return object ? object->if_contains(key) : nullptr;
}

std::string textBelow(const json::value& value, std::string_view key) {
    const auto* found = below(value, key);
    const auto* text = found ? found->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

ErrorCode codeOf(std::string_view exception, int status) {
    constexpr std::pair<std::string_view, ErrorCode> kCodes[] = {
        {"FileNotFoundException", ErrorCode::notFound},
        {"FileAlreadyExistsException", ErrorCode::alreadyExists},
        {"AccessControlException", ErrorCode::denied},
        {"AuthorizationException", ErrorCode::denied},
        {"SecurityException", ErrorCode::denied},
        {"NSQuotaExceededException", ErrorCode::noSpace},
        {"DSQuotaExceededException", ErrorCode::noSpace},
        {"QuotaExceededException", ErrorCode::noSpace},
        {"InvalidPathException", ErrorCode::invalidArgument},
        {"IllegalArgumentException", ErrorCode::invalidArgument},
    };
    const auto* known = std::ranges::find(kCodes, exception, [](const auto& row) { return row.first; });
    if (known != std::end(kCodes)) return known->second;
    return status == 401 ? ErrorCode::denied : ErrorCode::io;
}

Error strange(const std::string& what) {
    return {ErrorCode::protocol,
            what + ": the answer is none of WebHDFS; is this the HTTP port of a NameNode, or HttpFS?", true};
}

} // namespace

std::string remoteException(const net::HttpAnswer& answer) {
    const json::value value = parsed(answer.body);
    const auto* remote = below(value, "RemoteException");
    return remote ? textBelow(*remote, "exception") : std::string();
}

Error remoteError(const net::HttpAnswer& answer, const std::string& what) {
    const json::value value = parsed(answer.body);
    const auto* remote = below(value, "RemoteException");
    const std::string exception = remote ? textBelow(*remote, "exception") : std::string();
    if (answer.status == 401)
        return {ErrorCode::denied,
                what +
                    ": the cluster asks who we are (401), most likely with Kerberos, which does not run here; Apache "
                    "Flume does that",
                true};
    if (!remote)
        return {ErrorCode::io, fmt::format("{}: the answer is {} without a reason", what, answer.status), true};
    std::string message = textBelow(*remote, "message");
    message.resize(std::min(message.find('\n'), message.size()));
    return {codeOf(exception, answer.status), fmt::format("{}: {}: {}", what, exception, shortened(message)), true};
}

Result<bool> booleanOf(const net::HttpAnswer& answer, const std::string& what) {
    const json::value value = parsed(answer.body);
    const auto* found = below(value, "boolean");
    if (!found || !found->is_bool()) return strange(what);
    return found->get_bool();
}

Result<std::uint64_t> lengthOf(const net::HttpAnswer& answer, const std::string& what) {
    const json::value value = parsed(answer.body);
    const auto* status = below(value, "FileStatus");
    const auto* length = status ? below(*status, "length") : nullptr;
    if (!length || !length->is_int64() || length->get_int64() < 0) return strange(what);
    return static_cast<std::uint64_t>(length->get_int64());
}

std::string urlEncoded(std::string_view text) {
    constexpr std::string_view kPlain = "-._~/";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || kPlain.find(c) != std::string_view::npos;
        if (plain)
            out += c;
        else
            out += fmt::format("%{:02X}", byte);
    }
    return out;
}

} // namespace millrace::flume
