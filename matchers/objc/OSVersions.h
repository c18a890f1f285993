//===-- OSVersions.h - how sources ask for the version of the system -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_OSVERSIONS_H
#define RINGFENCE_MATCHERS_OBJC_OSVERSIONS_H

#include "matchers/model/Condition.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace ringfence::objc {

/// Reads a condition that compares the version of iOS with a number:
/// \@available, systemVersion, majorVersion, NSFoundationVersionNumber,
/// isOperatingSystemAtLeastVersion: and macros such as
/// SYSTEM_VERSION_LESS_THAN(\@"13.0"). \returns nothing for any other text.
/// Text and Where of the result are left to the caller.
std::optional<Condition> versionCondition(llvm::StringRef Text);

} // namespace ringfence::objc

#endif
