#include "client_options.h"
#include "commands.h"

#include <fmt/format.h>

#include <memory>

namespace millrace::app {

namespace {

struct ConfigOptions {
    ClientOptions client;
    std::string topic;
    std::optional<std::string> broker; ///< a number, or "all"
    std::vector<std::string> names;    ///< or NAME=VALUE
    bool all = false;
    bool json = false;
};

kafka::ConfigOwner ownerOf(const ConfigOptions& options) {
    if (!options.topic.empty()) return {kafka::ConfigOwner::Kind::topic, options.topic};
    return {kafka::ConfigOwner::Kind::broker, *options.broker == "all" ? "" : *options.broker};
}

int describe(const ConfigOptions& options) {
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    const auto values = (*admin)->configs(ownerOf(options), options.client.limit());
    if (!values) return endWith(values.error());
    Table table({{"NAME"}, {"VALUE"}, {"SOURCE"}, {"CHANGEABLE"}});
    for (const kafka::ConfigValue& value : *values)
        if (options.all || value.source != "default")
            table.add({value.name,
                       value.sensitive && value.source != "default" ? "(not told)" : value.value.value_or(""),
                       value.source, value.readOnly ? "no" : "yes"});
    return table.print(options.json);
}

int change(const ConfigOptions& options, const Result<kafka::ConfigChanges>& changes) {
    if (!changes) return endWith(changes.error());
    const auto admin = adminOf(options.client);
    if (!admin) return endWith(admin.error());
    const Status done = (*admin)->changeConfigs(ownerOf(options), *changes, options.client.limit());
    return done ? 0 : endWith(done.error());
}
int set(const ConfigOptions& options) {
    return change(options, changesOf(options.names, {}));
}
int unset(const ConfigOptions& options) {
    return change(options, changesOf({}, options.names));
}

CLI::App* add(CLI::App& parent, Action& action, const std::shared_ptr<ConfigOptions>& options, const char* name,
              const char* help, int (*verb)(const ConfigOptions&)) {
    CLI::App* command = parent.add_subcommand(name, help);
    addClientOptions(*command, options->client);
    CLI::Option_group* owner = command->add_option_group("Whose", "Whose settings these are");
    owner->add_option("-t,--topic", options->topic, "Name of a topic");
    owner->add_option("--broker", options->broker, "Number of a broker, or all for what is set for every one");
    owner->require_option(1);
    command->callback([options, verb, &action] { action = [options, verb] { return verb(*options); }; });
    return command;
}

} // namespace

void addConfigsCommand(CLI::App& program, Action& action) {
    auto options = std::make_shared<ConfigOptions>();
    CLI::App* configs = program.add_subcommand("configs", "Look at settings of topics and brokers and change them");
    configs->require_subcommand(1);
    configs->footer("Examples:\n  millraced configs describe --topic orders --all\n"
                    "  millraced configs set --topic orders retention.ms=86400000 cleanup.policy=compact\n"
                    "  millraced configs unset --broker all log.retention.ms");
    CLI::App* described = add(*configs, action, options, "describe", "What is set", describe);
    described->add_flag("--all", options->all, "Those too that have their default");
    described->add_flag("--json", options->json, "One JSON object a line");
    add(*configs, action, options, "set", "Set some and leave the others", set)
        ->add_option("SETTING", options->names, "NAME=VALUE")
        ->required();
    add(*configs, action, options, "unset", "Take some back to their defaults", unset)
        ->add_option("NAME", options->names, "Names of settings")
        ->required();
}

} // namespace millrace::app
