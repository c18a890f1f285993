//===-- GitHub.h - workflow commands of GitHub Actions -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_GITHUB_H
#define RINGFENCE_TOOL_OUTPUT_GITHUB_H

#include "tool/output/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes one workflow command a finding ("::error file=…,line=…::message"),
/// errors first: of each severity, GitHub shows the first ten of a step. The
/// last line says if there are more.
/// Source: docs.github.com, "Workflow commands for GitHub Actions".
void printGitHub(llvm::raw_ostream &OS, const Report &R);

} // namespace ringfence

#endif
