//===-- ImportNames.h - one function under two names -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_IMPORTNAMES_H
#define RINGFENCE_TOOL_PIPELINE_IMPORTNAMES_H

#include "matchers/model/Call.h"
#include "matchers/model/File.h"
#include <string>
#include <vector>

namespace ringfence {

/// The selector under which Objective-C sees Swift function \p F: its
/// @objc(name), or base name and labels put together by the export rules
/// ("show(call:animated:)" is "showWithCall:animated:",
/// "show(for:)" is "showFor:", "show(_:)" is "show:").
std::string selectorOf(const Function &F);

/// Base names that a Swift function with an exported selector may have: every
/// prefix of the first piece that ends where a new word begins, longest first.
std::vector<std::string> baseNamesOf(llvm::StringRef Selector);

/// Whether a Swift call with \p C's base name and labels may mean the
/// Objective-C method \p Selector: the importer splits the first piece at a
/// preposition and drops words that only repeat a type, so the call's words
/// have to be found in the selector in order.
bool mayMean(const Call &C, llvm::StringRef Selector);

} // namespace ringfence

#endif
