# Compiler settings and ringfence_library(), which makes one room.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# The distribution's LLVM is built without assertions; its headers must be
# compiled alike, so NDEBUG is set in every build type.
add_compile_definitions(NDEBUG)

find_program(RINGFENCE_CCACHE ccache)
if(RINGFENCE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${RINGFENCE_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${RINGFENCE_CCACHE})
endif()

# lld links the static Clang in under a second; GNU ld takes three times that.
find_program(RINGFENCE_LLD NAMES ld.lld-19 ld.lld)
if(RINGFENCE_LLD AND NOT APPLE)
  add_link_options(-fuse-ld=lld)
  cmake_path(GET RINGFENCE_LLD PARENT_PATH RINGFENCE_LLD_DIR)
  # g++ finds "ld.lld" beside its own search path only under that name.
  if(NOT EXISTS ${CMAKE_BINARY_DIR}/lld/ld.lld)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/lld)
    file(CREATE_LINK ${RINGFENCE_LLD} ${CMAKE_BINARY_DIR}/lld/ld.lld SYMBOLIC)
  endif()
  add_link_options(-B${CMAKE_BINARY_DIR}/lld)
endif()

if(RINGFENCE_SANITIZE)
  list(JOIN RINGFENCE_SANITIZE "," _sanitizers)
  add_compile_options(-fsanitize=${_sanitizers} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${_sanitizers})
elseif(NOT APPLE)
  # Position-dependent code starts in 9 ms instead of 18: relocations of the
  # static Clang are two thirds of the start.
  set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
  add_compile_options(-fno-pie)
  add_link_options(-no-pie)
endif()

# ringfence_library(NAME sources... LINK libraries...)
# A room of the project: headers are included by their path from the root.
function(ringfence_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  ringfence_warnings(${name})
endfunction()

function(ringfence_warnings name)
  target_compile_options(${name} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wno-unused-parameter>)
  if(RINGFENCE_WERROR)
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Werror>)
  endif()
endfunction()
