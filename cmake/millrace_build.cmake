# How every folder of the house is built: one library per folder, warnings in one interface target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
# Dev: optimised enough to measure by, light on debug information, assertions on.
set(CMAKE_CXX_FLAGS_DEV "-O2 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_FUZZ "-O1 -g1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined")
# Quick: what a newcomer waits for before his first look.
set(CMAKE_CXX_FLAGS_QUICK "-O2")
find_package(Threads REQUIRED)

find_program(MILLRACE_CCACHE ccache)
if(MILLRACE_CCACHE)
    # The sloppiness is what ccache's manual asks for with precompiled headers.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${MILLRACE_CCACHE})
endif()
find_program(MILLRACE_MOLD mold)
if(MILLRACE_MOLD)
    # What runs only once, at the start, lies together: else it draws the rest of the code into memory with it.
    add_link_options(-fuse-ld=mold -Wl,-z,keep-text-section-prefix)
endif()

add_library(millrace_warnings INTERFACE)
# Whoever only wants to run it (Quick) cannot do anything about a warning.
target_compile_options(millrace_warnings INTERFACE $<$<NOT:$<CONFIG:Quick>>:-Wall;-Wextra;-Wconversion> -Werror=return-type)

if(MILLRACE_SANITIZE)
    # Optimised code with the undefined behaviour checks takes GCC four times as long to compile, which two cores do not
    # get back in the tests. The thread sanitizer's run times are what hurts: it is optimised a little.
    if(MILLRACE_SANITIZE STREQUAL "thread")
        add_compile_options(-O1)
    else()
        add_compile_options(-O0)
    endif()
    # GCC sees paths through the inserted checks that cannot be taken and warns of them, in the standard library too.
    add_compile_options(-fsanitize=${MILLRACE_SANITIZE} -fno-omit-frame-pointer -Wno-maybe-uninitialized
        -Wno-stringop-overflow)
    add_link_options(-fsanitize=${MILLRACE_SANITIZE})
endif()
if(MILLRACE_TIDY)
    find_program(MILLRACE_CLANG_TIDY clang-tidy REQUIRED)
    set(CMAKE_CXX_CLANG_TIDY ${MILLRACE_CLANG_TIDY})
endif()

# Precompiled headers: one for the engine, one for the studio, one for the tests, each made once and used by every
# library of its kind (their compile flags are the same). Off for whoever wants to see that headers stand alone.
option(MILLRACE_PCH "Use precompiled headers" ON)
set(millrace_std_headers <algorithm> <array> <atomic> <chrono> <cstdint> <deque> <filesystem> <functional> <map> <memory>
    <mutex> <optional> <set> <span> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)

# millrace_precompiled(<name> <headers>…) : defines the header that millrace_use_precompiled(<target> <name>) takes.
function(millrace_precompiled name)
    cmake_parse_arguments(ARG "" "" "LINKS;HEADERS" ${ARGN})
    if(NOT MILLRACE_PCH)
        return()
    endif()
    file(WRITE ${CMAKE_BINARY_DIR}/pch/${name}.cpp "// Carries the precompiled header.\n")
    add_library(millrace_pch_${name} OBJECT ${CMAKE_BINARY_DIR}/pch/${name}.cpp)
    target_link_libraries(millrace_pch_${name} PRIVATE millrace_warnings ${ARG_LINKS})
    target_precompile_headers(millrace_pch_${name} PRIVATE ${ARG_HEADERS})
endfunction()

function(millrace_use_precompiled target name)
    if(MILLRACE_PCH)
        target_precompile_headers(${target} REUSE_FROM millrace_pch_${name})
    endif()
endfunction()

# Most of a small source's compile time goes into its headers. What nobody edits while he waits is compiled several files
# at a time: everything for run.sh, the declarations of the catalog always.
option(MILLRACE_TOGETHER "Compile several sources of a library at a time" OFF)
find_program(MILLRACE_AWK NAMES awk mawk gawk REQUIRED)

# millrace_together(<target> <root> <sources>…) : replaces them in the target by files that include several of them.
function(millrace_together target root)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/together/${target})
    file(MAKE_DIRECTORY ${out})
    execute_process(COMMAND ${MILLRACE_AWK} -f ${CMAKE_SOURCE_DIR}/cmake/unity.awk -v root=${root} -v out=${out} -v most=12
        ${ARGN} OUTPUT_VARIABLE together COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX REPLACE "\n" ";" together "${together}")
    target_sources(${target} PRIVATE ${together})
    # Listed for editors and for moc. A name that is new in one of them may want another arrangement.
    set_source_files_properties(${ARGN} PROPERTIES HEADER_FILE_ONLY ON)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/unity.awk)
endfunction()

# millrace_automoc(<target> <sources and headers>…). Of a file that is new automoc does not hear by itself (CMake 3.25 with
# Ninja): it looks again when its stamp is gone.
function(millrace_automoc target)
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    set(known ${CMAKE_CURRENT_BINARY_DIR}/${target}_automoc.txt)
    set(before)
    if(EXISTS ${known})
        file(READ ${known} before)
    endif()
    if(NOT before STREQUAL "${ARGN}")
        file(WRITE ${known} "${ARGN}")
        file(REMOVE ${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/timestamp)
    endif()
endfunction()

# millrace_library(<folder> [TOGETHER] [LINKS <folders>…] [PUBLIC <external targets>…] [PRIVATE <external targets>…])
# A folder is a library: all its sources, an alias millrace::<folder>, includes written from the repository's
# engine/ (or ui/) root. LINKS are the arrows of the architecture; tests/house checks them against the includes.
function(millrace_library folder)
    cmake_parse_arguments(ARG "QT;TOGETHER" "NAME" "LINKS;PUBLIC;PRIVATE" ${ARGN})
    set(name ${folder})
    if(ARG_NAME)
        set(name ${ARG_NAME})
    endif()
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.h)
    set(target millrace_${name})
    if(sources)
        add_library(${target} STATIC ${sources} ${headers})
        if(MILLRACE_TOGETHER OR ARG_TOGETHER)
            # An unnamed namespace is a file's own, also where that file is included by another.
            target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
            millrace_together(${target} ${CMAKE_CURRENT_SOURCE_DIR} ${sources})
        endif()
        set(scope PUBLIC)
        target_link_libraries(${target} PRIVATE millrace_warnings)
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
    endif()
    add_library(millrace::${name} ALIAS ${target})
    target_include_directories(${target} ${scope} ${CMAKE_CURRENT_SOURCE_DIR})
    foreach(link IN LISTS ARG_LINKS)
        target_link_libraries(${target} ${scope} millrace::${link})
    endforeach()
    target_link_libraries(${target} ${scope} ${ARG_PUBLIC})
    if(sources)
        target_link_libraries(${target} PRIVATE ${ARG_PRIVATE})
        if(ARG_QT)
            millrace_automoc(${target} ${sources} ${headers})
            millrace_use_precompiled(${target} ui)
        else()
            millrace_use_precompiled(${target} engine)
        endif()
    endif()
endfunction()
