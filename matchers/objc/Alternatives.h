//===-- Alternatives.h - branches of #if left out -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_ALTERNATIVES_H
#define RINGFENCE_MATCHERS_OBJC_ALTERNATIVES_H

#include "matchers/model/File.h"
#include "matchers/objc/SourceLayout.h"
#include <optional>
#include <string>

namespace ringfence::objc {

/// Text of the same length as \p Source in which arm number \p Choice of every
/// region is taken (none, if a region has fewer arms and no #else). Regions
/// that split the head of one of \p F's functions stay as they are.
std::string withArm(const SourceFile &Source, const SourceLayout &Layout,
                    const File &F, unsigned Choice);

/// How many arms the largest region has that a second reading could help
/// with; 0 if nothing that matters was left out. \p Skipped: ranges left out
/// of \p F.
unsigned armsToRead(const SourceLayout &Layout, const File &F,
                    const std::vector<Range> &Skipped);

/// Puts Configuration steps into \p F's functions. \p Readings[i] is the file
/// as read with arm i. Also adds functions that only stand in arms that were
/// left out. What could not be put together is a problem of \p F.
void mergeArms(File &F, const SourceLayout &Layout,
               const std::vector<Range> &Skipped,
               const std::vector<File> &Readings);

} // namespace ringfence::objc

#endif
