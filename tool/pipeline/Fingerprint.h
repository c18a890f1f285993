//===-- Fingerprint.h - findings keep their names -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_FINGERPRINT_H
#define RINGFENCE_TOOL_PIPELINE_FINGERPRINT_H

#include "tool/pipeline/Analysis.h"
#include <string>
#include <vector>

namespace ringfence {

/// One fingerprint per finding of \p A in their order, then one per hidden one.
/// Made of the check, the file's name, the handler's symbol and the text of the
/// line, so that edits elsewhere leave it alone; equal ones are numbered in
/// source order, hidden or not.
std::vector<std::string> fingerprints(const Analysis &A);

} // namespace ringfence

#endif
