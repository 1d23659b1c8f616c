#include "commands.h"

#include "topology/document/document.h"
#include "topology/edits/edits.h"

#include <fmt/core.h>

#include <memory>

namespace millrace::app {

namespace {

struct PropertyOptions {
    std::string file, key, value;
};

/// `#@ topic.weblog.partitions` and plain keys alike: the mark in front tells the two worlds apart.
struct Key {
    std::string text;
    bool ours = false;
};
Key keyOf(const std::string& given) {
    if (!given.starts_with("#@")) return {given, false};
    const auto start = given.find_first_not_of(" \t", 2);
    return {start == std::string::npos ? "" : given.substr(start), true};
}

Result<topology::Document> load(const std::string& file) {
    auto text = topology::readDocumentFile(file);
    if (!text) return text.error();
    return topology::Document::parse(std::move(*text), catalog::flumeCatalog());
}

int fail(const std::string& file, const Error& error) {
    fmt::print(stderr, "{}: error: {}\n", file, error.message);
    return kErrors;
}

int write(const PropertyOptions& options, const topology::Document& document, const Result<topology::Edit>& edit) {
    if (!edit) return fail(options.file, edit.error());
    if (edit->empty()) return 0;
    const auto applied = document.apply(*edit);
    if (!applied) return fail(options.file, applied.error());
    const Status written = topology::writeDocumentFile(options.file, applied->document.text());
    return written ? 0 : fail(options.file, written.error());
}

int get(const PropertyOptions& options) {
    const auto document = load(options.file);
    if (!document) return fail(options.file, document.error());
    const Key key = keyOf(options.key);
    const auto property = document->find(key.text, key.ours);
    if (!property) return fail(options.file, {ErrorCode::notFound, options.key + " is not set"});
    fmt::print("{}\n", property->value);
    return 0;
}

int set(const PropertyOptions& options) {
    const auto document = load(options.file);
    if (!document) return fail(options.file, document.error());
    const Key key = keyOf(options.key);
    return write(options, *document, topology::setProperty(*document, key.text, options.value, key.ours));
}

int unset(const PropertyOptions& options) {
    const auto document = load(options.file);
    if (!document) return fail(options.file, document.error());
    const Key key = keyOf(options.key);
    return write(options, *document, topology::unsetProperty(*document, key.text, key.ours));
}

void add(CLI::App& program, Action& action, const char* name, const char* help, bool value, int (*run)(const PropertyOptions&)) {
    auto options = std::make_shared<PropertyOptions>();
    CLI::App* command = program.add_subcommand(name, help);
    command->add_option("FILE", options->file, "A Flume properties file")->required();
    command->add_option("KEY", options->key, "Full key, as web.channels.buffer.capacity or '#@ topic.weblog.partitions'")->required();
    if (value) command->add_option("VALUE", options->value, "The new value")->required();
    command->callback([options, run, &action] { action = [options, run] { return run(*options); }; });
}

} // namespace

void addPropertyCommands(CLI::App& program, Action& action) {
    add(program, action, "get", "Print one property", false, get);
    add(program, action, "set", "Set one property, changing only its own bytes", true, set);
    add(program, action, "unset", "Remove one property", false, unset);
}

} // namespace millrace::app
