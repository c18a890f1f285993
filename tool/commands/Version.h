//===-- Version.h - what this program was built from -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_COMMANDS_VERSION_H
#define RINGFENCE_TOOL_COMMANDS_VERSION_H

#include <string>

namespace ringfence {

/// "ringfence 0.1.0", then a line each for what it was built with. No times and
/// no paths: the same sources give the same text.
std::string versionText();

} // namespace ringfence

#endif
