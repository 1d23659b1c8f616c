# Writes the table of flume/'s components: a call for each MILLRACE_COMPONENT(Name, …) in the sources below ROOT. Run by
# the build when one of them has changed; an unchanged table is left alone, so that nothing is compiled for it.
#   cmake -DROOT=<engine/flume> -DOUT=<file> -P flume_components.cmake
file(GLOB_RECURSE sources ${ROOT}/*.cpp)
set(names)
foreach(source IN LISTS sources)
    file(STRINGS ${source} lines REGEX "^MILLRACE_COMPONENT\\(")
    foreach(line IN LISTS lines)
        string(REGEX REPLACE "^MILLRACE_COMPONENT\\(([A-Za-z0-9]+),.*" "\\1" name "${line}")
        list(APPEND names ${name})
    endforeach()
endforeach()
list(SORT names)
set(declarations)
set(calls)
foreach(name IN LISTS names)
    string(APPEND declarations "void register${name}(Registry& registry);\n")
    string(APPEND calls "    register${name}(registry);\n")
endforeach()
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT "// Made by cmake/flume_components.cmake.
namespace millrace::flume {
class Registry;
@declarations@void registerAllComponents(Registry& registry);
void registerAllComponents(Registry& registry) {
@calls@}
} // namespace millrace::flume
")
