# tree-sitter's core and the Swift and Objective-C grammars. Their sources come
# as npm packages, pinned by cmake/grammars/package-lock.json (versions and
# integrity hashes); no install script is run.

set(_grammars ${CMAKE_BINARY_DIR}/grammars)
set(_modules ${_grammars}/node_modules)
file(SHA256 ${PROJECT_SOURCE_DIR}/cmake/grammars/package-lock.json _lock_hash)
set(_stamp ${_grammars}/installed-${_lock_hash})
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/cmake/grammars/package-lock.json)

if(NOT EXISTS ${_stamp})
  find_program(RINGFENCE_NPM npm REQUIRED)
  file(COPY ${PROJECT_SOURCE_DIR}/cmake/grammars/package.json
            ${PROJECT_SOURCE_DIR}/cmake/grammars/package-lock.json
       DESTINATION ${_grammars})
  message(STATUS "Fetching the pinned tree-sitter packages")
  execute_process(
    COMMAND ${RINGFENCE_NPM} ci --ignore-scripts --no-audit --no-fund
            --legacy-peer-deps
    WORKING_DIRECTORY ${_grammars}
    RESULT_VARIABLE _result ERROR_VARIABLE _error OUTPUT_QUIET)
  if(NOT _result EQUAL 0)
    message(FATAL_ERROR
      "npm ci failed in ${_grammars}:\n${_error}\n"
      "The grammars come from the npm registry; check that npm reaches it.")
  endif()
  file(TOUCH ${_stamp})
endif()

set(_core ${_modules}/tree-sitter/vendor/tree-sitter/lib)
add_library(tree_sitter STATIC ${_core}/src/lib.c
  ${_modules}/tree-sitter-swift/src/parser.c
  ${_modules}/tree-sitter-swift/src/scanner.c
  ${_modules}/tree-sitter-objc/src/parser.c)
target_include_directories(tree_sitter SYSTEM PUBLIC ${_core}/include
                           PRIVATE ${_core}/src)
set_source_files_properties(${_modules}/tree-sitter-swift/src/parser.c
  ${_modules}/tree-sitter-swift/src/scanner.c PROPERTIES
  INCLUDE_DIRECTORIES ${_modules}/tree-sitter-swift/src)
set_source_files_properties(${_modules}/tree-sitter-objc/src/parser.c PROPERTIES
  INCLUDE_DIRECTORIES ${_modules}/tree-sitter-objc/src)
target_compile_options(tree_sitter PRIVATE -w -O2)
target_compile_definitions(tree_sitter PRIVATE _DEFAULT_SOURCE)
set_target_properties(tree_sitter PROPERTIES C_STANDARD 11)
