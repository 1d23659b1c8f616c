# The APIs of Kafka that the broker serves are found by their files: engine/wire/messages/<name>.h, beside it
# engine/broker/handlers/<name>.cpp with the function <name>() and its row <name>Row(). What goes through all of them is
# written here, so that nobody keeps a list by hand.

# millrace_api_names(<variable>) : as "offset_commit", those with a message file.
function(millrace_api_names variable)
    file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/wire/messages/*.h)
    list(FILTER headers EXCLUDE REGEX "/header\\.h$")
    set(names)
    foreach(header IN LISTS headers)
        get_filename_component(name ${header} NAME_WE)
        list(APPEND names ${name})
    endforeach()
    set(${variable} ${names} PARENT_SCOPE)
endfunction()

# offset_commit → OffsetCommit
function(millrace_camel name variable)
    string(REPLACE "_" ";" words ${name})
    set(camel)
    foreach(word IN LISTS words)
        string(SUBSTRING ${word} 0 1 first)
        string(SUBSTRING ${word} 1 -1 rest)
        string(TOUPPER ${first} first)
        string(APPEND camel ${first}${rest})
    endforeach()
    set(${variable} ${camel} PARENT_SCOPE)
endfunction()

# broker/handlers/handlers.h: what the handlers and their rows are called.
function(millrace_handlers_header path)
    millrace_api_names(names)
    set(messages)
    set(handlers)
    set(rows)
    foreach(name IN LISTS names)
        millrace_camel(${name} Name)
        string(SUBSTRING ${Name} 0 1 first)
        string(SUBSTRING ${Name} 1 -1 rest)
        string(TOLOWER ${first} first)
        string(APPEND messages "struct ${Name}Request;\nstruct ${Name}Response;\n")
        string(APPEND handlers "Answer<wire::${Name}Response> ${first}${rest}(const wire::${Name}Request&, const Call&, Context&);\n"
            "ApiRow ${first}${rest}Row();\n")
        string(APPEND rows "    ${first}${rest}Row,\n")
    endforeach()
    file(CONFIGURE OUTPUT ${path} @ONLY CONTENT "// Written by cmake/millrace_apis.cmake.
#pragma once

#include \"broker/requests/api_row.h\"

namespace millrace::wire {
@messages@} // namespace millrace::wire

namespace millrace::broker {
@handlers@
inline constexpr ApiRow (*kApiRows[])() = {
@rows@};
} // namespace millrace::broker
")
endfunction()

# wire/support/all_messages.h, for what goes through every message in tests: requests and responses by turns.
function(millrace_messages_header path)
    millrace_api_names(names)
    set(includes)
    set(types)
    foreach(name IN LISTS names)
        millrace_camel(${name} Name)
        string(APPEND includes "#include \"wire/messages/${name}.h\"\n")
        list(APPEND types ${Name}Request ${Name}Response)
    endforeach()
    list(JOIN types ",\n    " types)
    file(CONFIGURE OUTPUT ${path} @ONLY CONTENT "// Written by cmake/millrace_apis.cmake.
#pragma once

@includes@
#include <tuple>

namespace millrace::wire {
/// Every message, a request and its response by turns.
using AllMessages = std::tuple<
    @types@>;
} // namespace millrace::wire
")
endfunction()
