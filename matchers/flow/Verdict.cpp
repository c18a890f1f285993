//===-- Verdict.cpp - the words for a verdict -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Verdict.h"
using namespace ringfence;

llvm::StringRef ringfence::nameOf(Reports R) {
  switch (R) {
  case Reports::Always:
    return "always";
  case Reports::SomePaths:
    return "some-paths";
  case Reports::Late:
    return "late";
  case Reports::Never:
    return "never";
  case Reports::Unknown:
    return "unknown";
  }
  return "";
}

llvm::StringRef ringfence::nameOf(CompletionUse C) {
  switch (C) {
  case CompletionUse::Always:
    return "always";
  case CompletionUse::SomePaths:
    return "some-paths";
  case CompletionUse::Never:
    return "never";
  case CompletionUse::None:
    return "none";
  }
  return "";
}

llvm::StringRef ringfence::nameOf(UnreportedExit::Kind K) {
  switch (K) {
  case UnreportedExit::Kind::Return:
    return "return";
  case UnreportedExit::Kind::End:
    return "end";
  case UnreportedExit::Kind::Throw:
    return "throw";
  }
  return "";
}
