#pragma once

#include "base/executor.h"
#include "base/log.h"
#include "broker/security/scram_credential.h"
#include "broker/topics/topic_journal.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace millrace::broker {

/// Who can prove who they are by SCRAM. Kept in the journal of topics; changes are done one after the other, and are on
/// stable storage before they count. Loop thread only.
class ScramUsers {
public:
    struct Alteration {
        std::string user;
        ScramMechanism mechanism;
        std::optional<ScramCredential> credential; ///< nothing: it is taken away
    };
    /// Meets what all changes before have left; empty: nothing is to be changed.
    using Plan = std::function<std::vector<Alteration>()>;
    using Done = std::function<void(const Status&)>;

    /// All outlive it. `slow`: the lane that the journal belongs to.
    ScramUsers(TopicJournal& journal, Executor& loop, Executor& slow, Log& log);
    /// Null when nobody is called so.
    const ScramCredentials* find(const std::string& user) const;
    const std::map<std::string, ScramCredentials>& all() const { return users_; }
    /// The credential to prove the password by; of who is unknown one that nobody can prove, and always the same.
    ScramCredential toProve(const std::string& user, ScramMechanism mechanism, bool& known) const;
    /// All of what is planned or, after an error, nothing.
    void change(Plan plan, Done done);

    /// What stands in the journal of one who has these.
    static TopicEntry entryOf(const std::string& user, const ScramCredentials& credentials);
    /// The other way round; what is no credential is told in `log` and left out.
    static ScramCredentials credentialsOf(const TopicEntry& entry, Log& log);

private:
    struct Job {
        Plan plan;
        Done done;
    };
    /// Does the jobs one after the other, until one has to wait for the disk; that one goes on with the rest.
    void run();
    void write(const std::vector<Alteration>& alterations);
    void finish(const Status& status);

    TopicJournal& journal_;
    Executor& loop_;
    Executor& slow_;
    Log& log_;
    std::map<std::string, ScramCredentials> users_;
    std::deque<Job> jobs_; ///< the first one runs
    /// What made-up credentials come from; drawn with the first, for OpenSSL costs a broker that nobody proves anything
    /// to megabytes.
    mutable std::vector<std::uint8_t> secret_;
};

} // namespace millrace::broker
