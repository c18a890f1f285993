//===-- ReportNow.h - report before the method returns -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_REPORTNOW_H
#define RINGFENCE_REWRITERS_CALLKIT_REPORTNOW_H

#include "rewriters/Fix.h"

namespace ringfence {

/// The fix "report-now-update-later" for `late-report`. A needless hop to the
/// main queue goes; else the call is reported in front of the closure with what
/// is known there, and the closure tells CallKit the rest.
std::optional<FixSet> reportNowUpdateLater(const FixRequest &Request);

} // namespace ringfence

#endif
