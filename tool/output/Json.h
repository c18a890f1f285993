//===-- Json.h - findings for programs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_JSON_H
#define RINGFENCE_TOOL_OUTPUT_JSON_H

#include "tool/pipeline/Analysis.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes \p A and \p Sets as docs/ringfence.schema.json describes. Bytes of
/// sources that are not UTF-8 become U+FFFD; offsets count the file's bytes.
void printJson(llvm::raw_ostream &OS, const Analysis &A,
               const std::vector<FixSet> &Sets, llvm::StringRef Version);

} // namespace ringfence

#endif
