//===-- ReportFirst.h - report before work that can block -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_REPORTFIRST_H
#define RINGFENCE_REWRITERS_CALLKIT_REPORTFIRST_H

#include "rewriters/Fix.h"

namespace ringfence {

/// The fix "report-first" for `work-before-report`: the report, and what it is
/// made from, goes in front of the work that can block. What decides whether
/// there is a call is never crossed.
std::optional<FixSet> reportFirst(const FixRequest &Request);

} // namespace ringfence

#endif
