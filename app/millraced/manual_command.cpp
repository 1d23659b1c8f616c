#include "commands.h"

#include "base/file_system.h"
#include "broker/handlers/api_table.h"
#include "catalog/pages/manual.h"

#include <fmt/core.h>

#include <filesystem>
#include <memory>
#include <span>

namespace millrace::app {

namespace {

Status write(const std::filesystem::path& path, const std::string& text) {
    return posixFileSystem().replace(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Status writePages(const std::filesystem::path& directory) {
    MILLRACE_TRY(posixFileSystem().makeDirectories(directory / "components"));
    for (const catalog::ManualPage& page : catalog::manualPages())
        MILLRACE_TRY(write(directory / "components" / page.fileName, page.text));
    return write(directory / "kafka-coverage.md",
                 "# Kafka protocol coverage\n\nWhat the embedded broker advertises and serves, printed from its table of APIs.\n\n" +
                     broker::apiCoverage());
}

int manual(const std::string& directory) {
    const Status written = writePages(directory);
    if (written) return 0;
    fmt::print(stderr, "{}\n", written.error().message);
    return kErrors;
}

} // namespace

void addManualCommand(CLI::App& program, Action& action) {
    auto directory = std::make_shared<std::string>("docs");
    CLI::App* command = program.add_subcommand("manual", "Write the reference pages that are printed from the declarations");
    command->add_option("DIR", *directory, "Directory of the pages")->capture_default_str();
    command->callback([directory, &action] { action = [directory] { return manual(*directory); }; });
}

} // namespace millrace::app
