# LLVM and Clang 19 from the system, linked statically: the shared libraries
# cost 70 ms at every start, which is more than a scan of a large tree.

find_package(LLVM 19.1 REQUIRED CONFIG
  HINTS /usr/lib/llvm-19 /opt/homebrew/opt/llvm@19 /usr/local/opt/llvm@19)
find_package(Clang REQUIRED CONFIG HINTS ${LLVM_INSTALL_PREFIX})
message(STATUS "LLVM ${LLVM_PACKAGE_VERSION} in ${LLVM_INSTALL_PREFIX}")

set(RINGFENCE_LLVM_TOOLS ${LLVM_TOOLS_BINARY_DIR})
set(RINGFENCE_CLANG_RESOURCE_HEADERS
    ${LLVM_INSTALL_PREFIX}/lib/clang/${LLVM_VERSION_MAJOR}/include)

if(NOT APPLE)
  add_link_options(-Wl,--as-needed)
endif()

# Support and what else the rooms use of plain LLVM.
add_library(ringfence_llvm INTERFACE)
target_include_directories(ringfence_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_libraries(ringfence_llvm INTERFACE LLVMSupport)

# Clang's archives by file: their imported targets would pull the shared
# libLLVM in.
set(_clang
  clangTooling clangASTMatchers clangFrontend clangSerialization clangDriver
  clangToolingCore clangFormat clangToolingInclusions clangRewrite clangParse
  clangSema clangAPINotes clangAnalysis clangEdit clangAST clangSupport
  clangLex clangBasic)
list(TRANSFORM _clang REPLACE "(.+)" "$<TARGET_FILE:\\1>")
llvm_map_components_to_libnames(_llvm
  frontendopenmp frontendhlsl option windowsdriver targetparser profiledata
  bitstreamreader binaryformat core support mc)
add_library(ringfence_clang INTERFACE)
target_include_directories(ringfence_clang SYSTEM INTERFACE ${CLANG_INCLUDE_DIRS})
target_link_libraries(ringfence_clang INTERFACE ${_clang} ${_llvm} ringfence_llvm)

# The language server protocol's messages and types: one archive of MLIR's. Its
# CMake package would ask for all of MLIR.
find_library(RINGFENCE_LSP_SUPPORT MLIRLspServerSupportLib REQUIRED
  HINTS ${LLVM_INSTALL_PREFIX}/lib
  DOC "MLIR's lsp-server-support")
add_library(ringfence_json_rpc INTERFACE)
target_include_directories(ringfence_json_rpc SYSTEM INTERFACE
  ${LLVM_INCLUDE_DIRS})
target_link_libraries(ringfence_json_rpc INTERFACE
  ${RINGFENCE_LSP_SUPPORT} ringfence_llvm)
