#include "broker/server/add_scram_users.h"

#include "broker/security/scram_users.h"
#include "broker/server/data_directory.h"
#include "broker/topics/topic_journal.h"

#include <map>

namespace millrace::broker {

Status addScramUsers(FileSystem& disk, const std::filesystem::path& dataDir, std::span<const NewScramUser> users,
                     Log& log) {
    const auto lock = lockDataDirectory(disk, dataDir);
    if (!lock) return lock.error();
    const auto journal = TopicJournal::open(disk, dataDir / TopicJournal::kFileName, log);
    if (!journal) return journal.error();
    std::map<std::string, ScramCredentials> changed;
    for (const NewScramUser& user : users) {
        const auto before = (*journal)->scramUsers().find(user.name);
        if (!changed.contains(user.name) && before != (*journal)->scramUsers().end())
            changed[user.name] = ScramUsers::credentialsOf(before->second, log);
        changed[user.name].insert_or_assign(user.mechanism, user.credential);
    }
    std::vector<TopicEntry> entries;
    for (const auto& [user, credentials] : changed)
        entries.push_back(ScramUsers::entryOf(user, credentials));
    return (*journal)->append(entries);
}

} // namespace millrace::broker
