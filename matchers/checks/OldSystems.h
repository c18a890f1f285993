//===-- OldSystems.h - code for systems below iOS 13 -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_CHECKS_OLDSYSTEMS_H
#define RINGFENCE_MATCHERS_CHECKS_OLDSYSTEMS_H

#include "matchers/model/File.h"
#include <vector>

namespace ringfence {

/// Whether a condition anywhere in \p Fn asks for iOS 13 or later, or for a
/// system before it.
bool asksFor13(const Function &Fn);

/// Whether arm \p A of the branch \p Of is taken below iOS 13 alone, where VoIP
/// pushes need not be reported.
bool isBelow13Only(const Step &Of, const Arm &A);

/// The statements of \p R's function that say which pushes it is for, those
/// that run below iOS 13 alone left out. Empty, too, if there are none.
struct Desires {
  std::vector<const Step *> OnNewSystems;
  bool OnOldSystems = false; ///< some run below iOS 13 alone
};
Desires desiresOf(const File &F, const Registration &R);

/// Whether \p R asks for its pushes below iOS 13 alone.
bool isBelow13Only(const File &F, const Registration &R);

} // namespace ringfence

#endif
