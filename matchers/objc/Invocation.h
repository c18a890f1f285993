//===-- Invocation.h - how Clang is called -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_INVOCATION_H
#define RINGFENCE_MATCHERS_OBJC_INVOCATION_H

#include "matchers/model/SourceFile.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang::tooling {
class CompilationDatabase;
}

namespace ringfence::objc {

/// What a compile database says about one file, as far as it matters here.
struct CompileFlags {
  std::vector<std::string> Macros;  ///< "-DX=1", "-UX"
  std::vector<std::string> Headers; ///< -I, -F, -isystem … with their folders
  std::string Directory;            ///< that relative folders count from
  std::string Sysroot;              ///< of -isysroot; "" when it is not there
  bool ARC = false;
};

/// Takes from the command line of a compiler what says how the source reads.
/// Xcode's command lines carry flags that only Apple's compiler knows, so this
/// is a list of what is kept, not of what goes.
CompileFlags compileFlags(const std::vector<std::string> &CommandLine,
                          llvm::StringRef Directory);

/// Arguments of clang -cc1 for a source in \p L named \p MainFile. Without a
/// sysroot the built-in headers are included from \p HeaderFolder.
std::vector<std::string> frontendArguments(Language L, llvm::StringRef MainFile,
                                           llvm::StringRef HeaderFolder,
                                           const CompileFlags *Flags);

} // namespace ringfence::objc

#endif
