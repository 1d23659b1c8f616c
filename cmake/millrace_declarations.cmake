# The components of Apache Flume are declared in engine/catalog/flume/<kind>/<name>.cpp, each as the constant of its file's
# name (sinks/null_sink.cpp: kNullSink). The list of them is written here, so that nobody keeps one by hand.

# catalog/flume/components.h
function(millrace_declarations_header path)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/catalog/flume/*/*.cpp)
    set(declarations)
    set(rows)
    foreach(source IN LISTS sources)
        get_filename_component(name ${source} NAME_WE)
        millrace_camel(${name} Name)
        string(APPEND declarations "extern const ComponentSpec k${Name};\n")
        string(APPEND rows "    &k${Name},\n")
    endforeach()
    file(CONFIGURE OUTPUT ${path} @ONLY CONTENT "// Written by cmake/millrace_declarations.cmake.
#pragma once

#include \"catalog/component_spec.h\"

namespace millrace::catalog {
@declarations@
inline constexpr const ComponentSpec* kFlumeComponents[] = {
@rows@};
} // namespace millrace::catalog
")
endfunction()
