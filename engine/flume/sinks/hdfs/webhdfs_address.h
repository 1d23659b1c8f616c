#pragma once

#include "base/result.h"
#include "net/address.h"

#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// Where the directory of hdfs.path is.
struct StoreAddress {
    bool local = false;              ///< on this computer
    bool secure = false;             ///< over https
    std::vector<net::Address> nodes; ///< that speak WebHDFS: NameNodes, HttpFS; each is asked when one cannot help
    std::string path;                ///< without scheme and host; absolute, or local
};

/// Of "file:…" and a path without a scheme, of "hdfs:", "webhdfs:" and "swebhdfs://host:port/path".
///
/// Hadoop's own protocol is not spoken here: files are written over WebHDFS, which a NameNode and HttpFS offer beside
/// it. `webAddresses` names these ("http://nn1:9870"); without them an hdfs: path leads to port 9870 of its host,
/// Hadoop's default for dfs.namenode.http-address. An error says what to write instead.
Result<StoreAddress> storeAddressOf(std::string_view hdfsPath, const std::vector<std::string>& webAddresses);

} // namespace millrace::flume
