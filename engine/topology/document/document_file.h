#pragma once

#include "base/file_system.h"

#include <string>

namespace millrace::topology {

/// writeDocumentFile() of document.h on `disk`. The copy beside is made by system calls, not by FileSystem::replace():
/// that one makes files of Millrace's own, while a document is the user's, whose owner, group and mode the copy must
/// have before the first byte, and which may be reached by a symbolic link that has to stay. Renaming, syncing the
/// directory and cleaning up go through `disk`.
Status writeDocumentFile(FileSystem& disk, const std::string& path, const std::string& text);

} // namespace millrace::topology
