#include "tls/java_stream.h"

#include "tls/fields.h"

#include <variant>

namespace millrace::tls {

namespace {

// The marks of the specification, §6.4.2.
constexpr std::uint32_t kStreamHeader = 0xaced0005;
enum Mark : std::uint32_t { null = 0x70, reference, classDescription, object, string, array, endOfBlock = 0x78 };
constexpr std::uint32_t kFirstHandle = 0x7e0000;
constexpr std::uint32_t kPlainFields = 0x02; ///< SC_SERIALIZABLE without a writeObject of its own
constexpr int kMostAncestors = 8;

struct Field {
    char type = 0;
    std::string name;
};
struct ClassDescription {
    std::string name;
    std::vector<Field> fields;
    std::optional<std::size_t> super; ///< its handle
};
struct Opaque {}; ///< an object or array, whose content nobody refers to
using Handle = std::variant<Opaque, ClassDescription, std::string>;

class Reader {
public:
    explicit Reader(Fields::View bytes) : fields_(bytes) {}

    std::optional<JavaObject> read() {
        const std::size_t all = fields_.rest().size();
        JavaObject read;
        if (fields_.number(4) != kStreamHeader || fields_.number(1) != Mark::object) return std::nullopt;
        const auto description = readClass(0);
        handles_.emplace_back(Opaque());
        if (!description || !readValues(*description, read)) return std::nullopt;
        read.className = std::get<ClassDescription>(handles_[*description]).name;
        read.size = all - fields_.rest().size();
        return fields_.failed() ? std::nullopt : std::optional(std::move(read));
    }

private:
    static std::string asText(Fields::View bytes) { return {bytes.begin(), bytes.end()}; }

    template <typename T>
    std::optional<std::size_t> referred() {
        const std::size_t index = fields_.number(4) - kFirstHandle;
        const bool there = index < handles_.size() && std::holds_alternative<T>(handles_[index]);
        return there ? std::optional(index) : std::nullopt;
    }

    /// The handle of a class; nothing where none is described.
    std::optional<std::size_t> readClass(int depth) {
        const std::uint32_t mark = fields_.number(1);
        if (mark == Mark::reference) return referred<ClassDescription>();
        if (mark != Mark::classDescription || depth > kMostAncestors) return std::nullopt;
        ClassDescription description{asText(fields_.text()), {}, {}};
        (void)fields_.take(8); // serialVersionUID
        const std::size_t own = handles_.size();
        handles_.emplace_back(Opaque());
        if (fields_.number(1) != kPlainFields || !readFields(description)) return std::nullopt;
        if (fields_.number(1) != Mark::endOfBlock) return std::nullopt; // annotations: none
        if (fields_.rest().empty()) return std::nullopt;
        if (fields_.rest().front() == Mark::null)
            (void)fields_.take(1);
        else if (description.super = readClass(depth + 1); !description.super)
            return std::nullopt;
        handles_[own] = std::move(description);
        return own;
    }

    bool readFields(ClassDescription& description) {
        for (std::uint32_t count = fields_.number(2); count > 0 && !fields_.failed(); --count) {
            Field field{static_cast<char>(fields_.number(1)), asText(fields_.text())};
            const bool isObject = field.type == 'L' || field.type == '[';
            if (isObject && !readString()) return false; // the name of its class
            description.fields.push_back(std::move(field));
        }
        return !fields_.failed();
    }

    std::optional<std::string> readString() {
        const std::uint32_t mark = fields_.number(1);
        if (mark == Mark::reference) {
            const auto index = referred<std::string>();
            return index ? std::optional(std::get<std::string>(handles_[*index])) : std::nullopt;
        }
        if (mark != Mark::string) return std::nullopt;
        std::string text = asText(fields_.text());
        handles_.emplace_back(text);
        return text;
    }

    /// Ancestors come first; in each class primitive fields first, as the descriptions have them.
    bool readValues(std::size_t handle, JavaObject& into) {
        const ClassDescription description = std::get<ClassDescription>(handles_[handle]);
        if (description.super && !readValues(*description.super, into)) return false;
        for (const Field& field : description.fields)
            if (!readValue(field, into)) return false;
        return !fields_.failed();
    }

    bool readValue(const Field& field, JavaObject& into) {
        switch (field.type) {
        case 'B':
        case 'Z':
            return fields_.take(1).size() == 1;
        case 'C':
        case 'S':
            return fields_.take(2).size() == 2;
        case 'I':
        case 'F':
            return fields_.take(4).size() == 4;
        case 'J':
        case 'D':
            return fields_.take(8).size() == 8;
        case 'L':
            return readText(field, into);
        case '[':
            return readArray(field, into);
        default:
            return false;
        }
    }

    bool skipNull() {
        const bool isNull = !fields_.rest().empty() && fields_.rest().front() == Mark::null;
        if (isNull) (void)fields_.take(1);
        return isNull;
    }

    bool readText(const Field& field, JavaObject& into) {
        if (skipNull()) return true;
        const auto text = readString();
        if (text) into.texts[field.name] = *text;
        return text.has_value();
    }

    bool readArray(const Field& field, JavaObject& into) {
        if (skipNull()) return true;
        if (fields_.number(1) != Mark::array) return false;
        const auto description = readClass(0);
        handles_.emplace_back(Opaque());
        if (!description || std::get<ClassDescription>(handles_[*description]).name != "[B") return false;
        const Fields::View bytes = fields_.block();
        into.arrays[field.name].assign(bytes.begin(), bytes.end());
        return !fields_.failed();
    }

    Fields fields_;
    std::vector<Handle> handles_;
};

} // namespace

bool isJavaStream(std::span<const std::uint8_t> bytes) {
    return Fields(bytes).number(4) == kStreamHeader;
}

std::optional<JavaObject> readJavaObject(std::span<const std::uint8_t> bytes) {
    return Reader(bytes).read();
}

} // namespace millrace::tls
