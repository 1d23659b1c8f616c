#pragma once

#include "broker/access/acl_table.h"
#include "broker/common/kept_changes.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace millrace::broker {

/// One line of `access.journal`: a rule that is there from now on, or is no more. Numbers are Kafka's.
struct AccessEntry {
    enum Kind : std::int8_t { added = 1, removed = 2 };
    std::int8_t kind = added;
    std::int8_t resource = 0;
    std::int8_t pattern = 0;
    std::string name;
    std::string principal;
    std::string host;
    std::int8_t operation = 0;
    bool allow = false;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.kind);
        io.field(self.resource);
        io.field(self.pattern);
        io.field(self.name);
        io.field(self.principal);
        io.field(self.host);
        io.field(self.operation);
        io.field(self.allow);
    }
    static AccessEntry of(const Acl& acl, Kind kind);
    /// Nothing for what no version that is known here writes.
    std::optional<Acl> acl() const;
};

/// The rules that clients have set. Loop thread only.
class AccessStore {
public:
    using Plan = std::function<std::vector<AccessEntry>(const AclTable& rules)>;

    /// All outlive it.
    AccessStore(Executor& loop, Executor& slow, Log& log);
    /// May wait for the disk: before the loop serves.
    Status open(FileSystem& disk, const std::filesystem::path& directory);

    const AclTable& rules() const { return rules_; }
    /// See KeptChanges.
    void change(Plan plan, KeptChanges<AccessEntry>::Done done) {
        kept_.change([this, plan = std::move(plan)] { return plan(rules_); }, std::move(done));
    }

private:
    AclTable rules_;
    KeptChanges<AccessEntry> kept_;
};

} // namespace millrace::broker
