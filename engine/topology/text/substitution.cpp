#include "topology/text/substitution.h"

#include "java/java_date.h"
#include "java/java_hash.h"

#include <algorithm>

namespace millrace::topology {
namespace {

constexpr std::size_t kMostNested = 32;
/// References that multiply each other must not fill the memory.
constexpr std::size_t kMostBytes = 1 << 16;

/// Index of the brace that closes the `${` whose content begins at `at`, or npos.
std::size_t closingBrace(std::string_view text, std::size_t at) {
    int depth = 1;
    for (; at < text.size(); ++at) {
        if (text.substr(at, 2) == "${") {
            ++depth;
            ++at;
        } else if (text[at] == '}' && --depth == 0) {
            return at;
        }
    }
    return std::string_view::npos;
}

class Substitution {
public:
    Substitution(const Lookup& lookup, std::string* cycle) : lookup_(lookup), cycle_(cycle) {}

    std::string run(std::string_view text) {
        std::string out;
        if (depth_ >= kMostNested) return std::string(text);
        const Deeper deeper(depth_);
        for (std::size_t at = 0; at < text.size();) {
            if (text.substr(at, 3) == "$${") {
                out += "${";
                at += 3;
            } else if (text.substr(at, 2) == "${") {
                const std::size_t end = closingBrace(text, at + 2);
                if (end == std::string_view::npos) return out.append(text.substr(at));
                const std::string_view whole = text.substr(at, end + 1 - at);
                out += variable(text.substr(at + 2, end - at - 2)).value_or(std::string(whole));
                at = end + 1;
            } else {
                out += text[at++];
            }
        }
        return out;
    }

private:
    struct Deeper {
        explicit Deeper(std::size_t& depth) : depth_(depth) { ++depth_; }
        ~Deeper() { --depth_; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;
        std::size_t& depth_;
    };

    std::optional<std::string> variable(std::string_view expression) {
        if (spent_ > kMostBytes) return std::nullopt;
        std::string name = run(expression);
        std::optional<std::string> fallback;
        if (const std::size_t split = name.find(":-"); split != std::string::npos) {
            fallback = name.substr(split + 2);
            name.resize(split);
        }
        if (std::find(stack_.begin(), stack_.end(), name) != stack_.end()) {
            if (cycle_ != nullptr) *cycle_ = name;
            return std::nullopt;
        }
        std::optional<std::string> value = lookup_(name);
        if (!value) value = fallback;
        if (!value) return std::nullopt;
        spent_ += value->size() + 1;
        stack_.push_back(name);
        std::string resolved = run(*value);
        stack_.pop_back();
        return resolved;
    }

    const Lookup& lookup_;
    std::string* cycle_;
    std::vector<std::string> stack_;
    std::size_t spent_ = 0, depth_ = 0;
};

} // namespace

std::string substitute(std::string_view text, const Lookup& lookup, std::string* cycle) {
    if (text.find("${") == std::string_view::npos) return std::string(text);
    return Substitution(lookup, cycle).run(text);
}

std::vector<std::string> referencedNames(std::string_view text) {
    std::vector<std::string> names;
    substitute(text, [&names](const std::string& name) -> std::optional<std::string> {
        names.push_back(name);
        return std::nullopt;
    });
    return names;
}

namespace {

std::optional<std::string> found(const ValueMap& values, std::string_view name) {
    const auto value = values.find(name);
    if (value == values.end()) return std::nullopt;
    return value->second;
}

std::string lowerPrefix(std::string_view name) {
    std::string prefix(name.substr(0, name.find(':')));
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    std::ranges::transform(prefix, prefix.begin(), lower);
    return prefix;
}

std::optional<std::string> lookUpPrefixed(std::string_view name, const Surroundings& around) {
    const std::string prefix = lowerPrefix(name);
    const std::string_view rest = name.substr(name.find(':') + 1);
    if (prefix == "env") return found(around.environment, rest);
    if (prefix == "sys") return found(around.systemProperties, rest);
    return prefix == "date" && around.now ? java::formatJavaDate(rest, *around.now) : std::nullopt;
}

} // namespace

std::optional<std::string> lookUp(const std::string& name, const Surroundings& around, const Lookup& plain) {
    const std::size_t colon = name.find(':');
    std::optional<std::string> value;
    if (colon != std::string::npos) value = lookUpPrefixed(name, around);
    const std::string rest = name.substr(colon == std::string::npos ? 0 : colon + 1);
    if (!value) value = plain(rest);
    const auto resolver = around.systemProperties.find("propertiesImplementation");
    const bool old = resolver != around.systemProperties.end() &&
                     resolver->second == "org.apache.flume.node.EnvVarResolverProperties";
    return !value && old ? found(around.environment, rest) : value;
}

bool isKnownToJavaOnly(std::string_view name) {
    const std::string prefix = lowerPrefix(name);
    return name.find(':') != std::string_view::npos && (prefix == "sys" || prefix == "java");
}

FileValues::FileValues(ValueMap raw, const Surroundings* around) : raw_(std::move(raw)), around_(around) {}

std::optional<std::string> FileValues::find(const std::string& name) const {
    static const Surroundings kNone;
    return lookUp(name, around_ != nullptr ? *around_ : kNone,
                  [this](const std::string& key) { return found(raw_, key); });
}

std::string FileValues::resolve(std::string_view value, std::string* cycle) const {
    return substitute(
        value, [this](const std::string& name) { return find(name); }, cycle);
}

ValueMap resolveInHashOrder(const ValueMap& raw, const std::vector<std::string>& fileOrder,
                            const Surroundings& around) {
    ValueMap resolved;
    const Lookup lookup = [&](const std::string& name) {
        return lookUp(name, around, [&resolved](const std::string& key) { return found(resolved, key); });
    };
    for (const std::string& key : java::javaHashOrder(fileOrder)) {
        if (const auto value = raw.find(key); value != raw.end()) resolved[key] = substitute(value->second, lookup);
    }
    return resolved;
}

} // namespace millrace::topology
