//===-- Version.cpp - what this program was built from -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Version.h"
#include "llvm/Config/llvm-config.h"
#include <CLI/Version.hpp>
#include <git2.h>

std::string ringfence::versionText() {
  std::string Text = "ringfence " RINGFENCE_VERSION "\n";
  Text += "  Clang and LLVM " LLVM_VERSION_STRING
          ", tree-sitter " RINGFENCE_TREE_SITTER ", libgit2 " LIBGIT2_VERSION
          ", CLI11 " CLI11_VERSION "\n";
#ifdef __clang__
  Text += "  built by Clang " __clang_version__;
#else
  Text += "  built by GCC " __VERSION__;
#endif
  return Text + " as " RINGFENCE_BUILD_TYPE " for " LLVM_HOST_TRIPLE;
}
