#include "flume/sinks/hdfs/webhdfs_address.h"

#include "catalog/flume/hadoop_path.h"
#include "net/http_client.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {
namespace {

constexpr std::uint16_t kHttpPort = 9870, kHttpsPort = 9871; // Hadoop 3's dfs.namenode.http-address, https-address

Error bad(std::string message) {
    return {ErrorCode::invalidArgument, std::move(message), false};
}

Result<net::Address> nodeOf(std::string_view authority, std::uint16_t usual) {
    const std::string text(authority);
    if (authority.rfind(':') == std::string_view::npos || authority.ends_with(']'))
        return net::parseAddress(fmt::format("{}:{}", text, usual));
    return net::parseAddress(text);
}

Status readWebAddresses(const std::vector<std::string>& list, StoreAddress& address) {
    for (std::string_view one : list) {
        while (one.ends_with('/'))
            one.remove_suffix(1);
        const auto url = net::parseHttpUrl(one);
        if (!url) return url.error().in("hdfs.webAddress");
        if (!address.nodes.empty() && url->secure != address.secure)
            return bad("hdfs.webAddress: either all addresses begin with https:, or none");
        address.secure = url->secure;
        address.nodes.push_back(url->address);
    }
    return ok();
}

Status readAuthority(std::string_view scheme, std::string_view authority, StoreAddress& address) {
    if (authority.find('%') != std::string_view::npos)
        return bad(
            fmt::format("hdfs.path: there can be no escapes in the host {}, only in the path behind it", authority));
    const bool rpc = scheme == "hdfs";
    address.secure = scheme == "swebhdfs";
    // The port of an hdfs: path is that of Hadoop's own protocol.
    const auto host = rpc ? authority.substr(0, std::min(authority.rfind(':'), authority.size())) : authority;
    if (host.empty())
        return bad(
            fmt::format("hdfs.path: {}: without a host means what Hadoop's configuration says, which is not read "
                        "here; write {}://host/… or set hdfs.webAddress",
                        scheme, scheme));
    const auto node = nodeOf(host, address.secure ? kHttpsPort : kHttpPort);
    if (!node) return node.error().in("hdfs.path");
    address.nodes.push_back(*node);
    return ok();
}

} // namespace

Result<StoreAddress> storeAddressOf(std::string_view hdfsPath, const std::vector<std::string>& webAddresses) {
    StoreAddress address;
    const std::string_view scheme = catalog::hadoopScheme(hdfsPath);
    std::string_view rest = hdfsPath.substr(scheme.empty() ? 0 : scheme.size() + 1);
    address.local = scheme.empty() ? webAddresses.empty() : scheme == "file";
    if (!address.local && !scheme.empty() && scheme != "hdfs" && scheme != "webhdfs" && scheme != "swebhdfs")
        return bad(fmt::format("hdfs.path: {}: is not written here; file:, hdfs:, webhdfs: and swebhdfs: are. Apache "
                               "Flume with Hadoop's module for {} can write it",
                               scheme, scheme));
    std::string_view authority;
    if (rest.starts_with("//")) {
        const auto end = std::min(rest.find('/', 2), rest.size());
        authority = rest.substr(2, end - 2);
        rest.remove_prefix(end);
    }
    if (!address.local && !rest.starts_with('/'))
        return bad(
            fmt::format("hdfs.path: {} names no directory; write one behind the host, such as /flume", hdfsPath));
    address.path = std::string(rest);
    if (address.local) return address;
    MILLRACE_TRY(readWebAddresses(webAddresses, address));
    if (address.nodes.empty()) MILLRACE_TRY(readAuthority(scheme, authority, address));
    return address;
}

} // namespace millrace::flume
