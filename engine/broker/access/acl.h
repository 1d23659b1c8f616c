#pragma once

#include "broker/access/access.h"

#include <cstdint>
#include <optional>
#include <string>

namespace millrace::broker {

/// One rule: who may or may not do what from where on which resources. Numbers are Kafka's.
struct Acl {
    enum class Pattern : std::int8_t {
        literal = 3, ///< the resource of that name; "*": all of the kind
        prefixed = 4 ///< all whose names begin so
    };
    static constexpr const char* kAnyName = "*";
    static constexpr const char* kAnyPrincipal = "User:*";
    static constexpr const char* kAnyHost = "*";

    Access::Resource resource = Access::Resource::none;
    Pattern pattern = Pattern::literal;
    std::string name;
    std::string principal; ///< as "User:alice"
    std::string host;      ///< as "10.0.0.7"
    Access::Operation operation = Access::Operation::none;
    bool allow = false; ///< false: deny
    auto operator<=>(const Acl&) const = default;
};

/// What Kafka's numbers mean; nothing for those that are no kind, no operation, or stand for any.
std::optional<Access::Resource> aclResource(std::int8_t number);
std::optional<Access::Operation> aclOperation(std::int8_t number);
std::optional<Acl::Pattern> aclPattern(std::int8_t number);

/// Which rules are meant (Kafka's AclBindingFilter). What is absent means any.
struct AclFilter {
    enum class Pattern { any, match, literal, prefixed };
    std::optional<Access::Resource> resource;
    std::optional<std::string> name;
    /// `match`: rules that apply to the resource of that name; `any`: rules of that very name, of either kind.
    Pattern pattern = Pattern::any;
    std::optional<std::string> principal;
    std::optional<std::string> host;
    std::optional<Access::Operation> operation;
    std::optional<bool> allow;

    bool matches(const Acl& acl) const;
};

} // namespace millrace::broker
