#include "flume/deserializers/avro_schema.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>

namespace millrace::flume {
namespace {

namespace json = boost::json;

constexpr int kDeepestSchema = 64;
constexpr int kDeepestDatum = 200;
constexpr std::size_t kMostTypes = 100'000;

std::string asJson(std::string_view text) {
    return json::serialize(json::string(text.data(), text.size()));
}

std::string textAt(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Error wrong(const std::string& what) {
    return {ErrorCode::corrupt, "the schema: " + what, false};
}

} // namespace

/// Builds the types and the canonical form in one walk.
class AvroSchema::Parser {
public:
    explicit Parser(AvroSchema& schema) : schema_(schema) {}

    /// The index of the type; its canonical form is appended.
    Result<std::size_t> type(const json::value& value, const std::string& space, int depth) {
        if (depth > kDeepestSchema || schema_.types_.size() > kMostTypes) return wrong("it is too deep, or too large");
        if (value.is_string()) return named(std::string(value.get_string()), space);
        if (value.is_array()) return choice(value.get_array(), space, depth);
        if (!value.is_object()) return wrong("a type that is neither a name nor an object");
        const json::object& object = value.get_object();
        const json::value* inner = object.if_contains("type");
        if (!inner) return wrong("an object without a type");
        if (!inner->is_string()) return type(*inner, space, depth + 1);
        const std::string name(inner->get_string());
        if (name == "record" || name == "error") return record(object, space, depth);
        if (name == "enum") return enumeration(object, space);
        if (name == "fixed") return fixed(object, space);
        if (name == "array") return collection(object, Kind::array, "items", space, depth);
        if (name == "map") return collection(object, Kind::map, "values", space, depth);
        return named(name, space);
    }

private:
    std::size_t add(Type type) {
        schema_.types_.push_back(std::move(type));
        return schema_.types_.size() - 1;
    }

    static bool primitive(std::string_view name, Type& type) {
        if (name == "null")
            type.kind = Kind::null;
        else if (name == "boolean")
            type.kind = Kind::boolean;
        else if (name == "int" || name == "long")
            type.kind = Kind::number;
        else if (name == "float" || name == "double") {
            type.kind = Kind::fixed;
            type.size = name == "float" ? 4 : 8;
        } else if (name == "bytes" || name == "string")
            type.kind = Kind::bytes;
        else
            return false;
        return true;
    }

    Result<std::size_t> named(const std::string& name, const std::string& space) {
        Type type;
        if (primitive(name, type)) {
            schema_.canonical_ += asJson(name);
            return add(std::move(type));
        }
        const std::string full = name.find('.') == std::string::npos && !space.empty() ? space + '.' + name : name;
        auto known = known_.find(full);
        if (known == known_.end()) known = known_.find(name);
        if (known == known_.end()) return wrong(fmt::format("the type {} is not defined", name));
        schema_.canonical_ += asJson(known->first);
        return known->second;
    }

    /// Its full name and the name space of what it holds.
    static std::pair<std::string, std::string> nameOf(const json::object& object, const std::string& space) {
        const std::string name = textAt(object, "name");
        if (const auto dot = name.rfind('.'); dot != std::string::npos) return {name, name.substr(0, dot)};
        const std::string own = object.contains("namespace") ? textAt(object, "namespace") : space;
        return {own.empty() ? name : own + '.' + name, own};
    }

    Result<std::string> define(const json::object& object, const std::string& space, std::size_t index) {
        const std::string name = nameOf(object, space).first;
        if (textAt(object, "name").empty()) return wrong("a record, an enum or a fixed without a name");
        if (!known_.emplace(name, index).second) return wrong(fmt::format("the type {} is defined twice", name));
        return name;
    }

    Result<std::size_t> record(const json::object& object, const std::string& space, int depth) {
        const std::size_t index = add({Kind::record, 0, {}, false});
        const auto name = define(object, space, index);
        MILLRACE_TRY(name);
        const json::value* fields = object.if_contains("fields");
        if (!fields || !fields->is_array()) return wrong(fmt::format("the record {} has no fields", *name));
        schema_.canonical_ += fmt::format(R"({{"name":{},"type":"record","fields":[)", asJson(*name));
        std::vector<std::size_t> parts;
        for (const json::value& field : fields->get_array()) {
            if (!field.is_object() || !field.get_object().contains("type"))
                return wrong(fmt::format("a field of {} has no type", *name));
            if (!parts.empty()) schema_.canonical_ += ',';
            schema_.canonical_ += fmt::format(R"({{"name":{},"type":)", asJson(textAt(field.get_object(), "name")));
            const auto part = type(field.get_object().at("type"), nameOf(object, space).second, depth + 1);
            MILLRACE_TRY(part);
            schema_.canonical_ += '}';
            parts.push_back(*part);
        }
        schema_.canonical_ += "]}";
        schema_.types_[index].parts = std::move(parts);
        return index;
    }

    Result<std::size_t> enumeration(const json::object& object, const std::string& space) {
        const std::size_t index = add({Kind::number, 0, {}, false});
        const auto name = define(object, space, index);
        MILLRACE_TRY(name);
        const json::value* symbols = object.if_contains("symbols");
        if (!symbols || !symbols->is_array()) return wrong(fmt::format("the enum {} has no symbols", *name));
        schema_.canonical_ += fmt::format(R"({{"name":{},"type":"enum","symbols":)", asJson(*name));
        schema_.canonical_ += json::serialize(*symbols) + '}';
        return index;
    }

    Result<std::size_t> fixed(const json::object& object, const std::string& space) {
        const json::value* size = object.if_contains("size");
        json::error_code problem;
        const auto bytes = size && size->is_number() ? size->to_number<std::uint32_t>(problem) : 0;
        if (!size || !size->is_number() || problem) return wrong("a fixed without a size");
        const std::size_t index = add({Kind::fixed, bytes, {}, false});
        const auto name = define(object, space, index);
        MILLRACE_TRY(name);
        schema_.canonical_ += fmt::format(R"({{"name":{},"type":"fixed","size":{}}})", asJson(*name), bytes);
        return index;
    }

    Result<std::size_t> collection(const json::object& object, Kind kind, const char* key, const std::string& space,
                                   int depth) {
        const std::size_t index = add({kind, 0, {}, false});
        const json::value* items = object.if_contains(key);
        if (!items) return wrong(fmt::format("an array or a map without {}", key));
        schema_.canonical_ += fmt::format(R"({{"type":"{}","{}":)", kind == Kind::map ? "map" : "array", key);
        const auto part = type(*items, space, depth + 1);
        MILLRACE_TRY(part);
        schema_.canonical_ += '}';
        schema_.types_[index].parts = {*part};
        return index;
    }

    Result<std::size_t> choice(const json::array& branches, const std::string& space, int depth) {
        const std::size_t index = add({Kind::choice, 0, {}, false});
        schema_.canonical_ += '[';
        std::vector<std::size_t> parts;
        for (const json::value& branch : branches) {
            if (!parts.empty()) schema_.canonical_ += ',';
            const auto part = type(branch, space, depth + 1);
            MILLRACE_TRY(part);
            parts.push_back(*part);
        }
        schema_.canonical_ += ']';
        schema_.types_[index].parts = std::move(parts);
        return index;
    }

    AvroSchema& schema_;
    std::map<std::string, std::size_t> known_;
};

Result<AvroSchema> AvroSchema::parse(std::string_view text) {
    json::error_code problem;
    const auto value = json::parse({text.data(), text.size()}, problem);
    if (problem) return wrong("it is no JSON: " + problem.message());
    AvroSchema schema;
    const auto type = Parser(schema).type(value, {}, 0);
    MILLRACE_TRY(type);
    if (schema.types_.empty()) return wrong("it is empty");
    // What holds only what takes no bytes takes none itself; a record may hold one that stands behind it.
    for (bool changed = true; changed;) {
        changed = false;
        for (Type& each : schema.types_) {
            bool empty = each.kind == Kind::null || (each.kind == Kind::fixed && each.size == 0);
            if (each.kind == Kind::record) {
                empty = true;
                for (const std::size_t part : each.parts)
                    empty = empty && schema.types_[part].empty;
            }
            changed = changed || (empty && !each.empty);
            each.empty = each.empty || empty;
        }
    }
    return schema;
}

void AvroSchema::skip(rpc::AvroReader& reader, std::size_t index, int depth) const {
    const Type& type = types_[index];
    if (type.empty || reader.failed()) return;
    if (depth > kDeepestDatum) {
        reader.fail("a datum that is nested too deep");
        return;
    }
    switch (type.kind) {
    case Kind::null:
        break;
    case Kind::boolean:
        (void)reader.readFixed(1);
        break;
    case Kind::number:
        (void)reader.readLong();
        break;
    case Kind::fixed:
        (void)reader.readFixed(type.size);
        break;
    case Kind::bytes:
        (void)reader.readBytes();
        break;
    case Kind::record:
        for (const std::size_t part : type.parts)
            skip(reader, part, depth + 1);
        break;
    case Kind::choice: {
        const auto branch = static_cast<std::uint64_t>(reader.readLong());
        if (branch < type.parts.size())
            skip(reader, type.parts[branch], depth + 1);
        else
            reader.fail("a branch that its union has not");
        break;
    }
    case Kind::array:
    case Kind::map:
        skipItems(reader, type, depth);
        break;
    }
}

void AvroSchema::skipItems(rpc::AvroReader& reader, const Type& type, int depth) const {
    const bool keyed = type.kind == Kind::map;
    const bool nothing = !keyed && types_[type.parts[0]].empty;
    for (;;) {
        // Items that take no bytes: any number of them stands in nothing.
        if (nothing) {
            std::int64_t count = reader.readLong();
            if (count < 0) (void)reader.readLong();
            if (count == 0 || reader.failed()) return;
            continue;
        }
        std::size_t count = reader.readBlock(1);
        if (count == 0 || reader.failed()) return;
        for (; count > 0 && !reader.failed(); --count) {
            if (keyed) (void)reader.readBytes();
            skip(reader, type.parts[0], depth + 1);
        }
    }
}

std::string AvroSchema::fingerprint() const {
    constexpr std::uint64_t kEmpty = 0xc15d213aa4d7a795;
    static const auto kTable = [] {
        std::array<std::uint64_t, 256> table{};
        for (std::size_t i = 0; i < table.size(); ++i) {
            std::uint64_t value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = (value >> 1) ^ (kEmpty & -(value & 1));
            table[i] = value;
        }
        return table;
    }();
    std::uint64_t value = kEmpty;
    for (const char c : canonical_)
        value = (value >> 8) ^ kTable[(value ^ static_cast<unsigned char>(c)) & 0xff];
    std::string hex; // the smaller byte first
    for (int i = 0; i < 8; ++i, value >>= 8)
        hex += fmt::format("{:02x}", value & 0xff);
    return hex;
}

} // namespace millrace::flume
