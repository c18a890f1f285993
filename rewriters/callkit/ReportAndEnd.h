//===-- ReportAndEnd.h - report a call where a handler reports none -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_REPORTANDEND_H
#define RINGFENCE_REWRITERS_CALLKIT_REPORTANDEND_H

#include "rewriters/Fix.h"

namespace ringfence {

/// The fix "report-and-end" for `unreported-path`: at the head of each arm
/// that leaves a handler unreported, a call is reported and ended at once. One
/// set closes all exits of the handler; an exit that cannot be closed gets
/// advice in its finding and is named in what is left to do.
std::optional<FixSet> reportAndEnd(const FixRequest &Request);

/// The fix "report-existing" for `state-guard`: where a handler reports nothing
/// because of a running call, that call is reported again; where the app's
/// state is the reason, or nothing names the call, one is reported and ended.
std::optional<FixSet> reportExisting(const FixRequest &Request);

/// The fix "adopt-metadata" for `state-guard`, where the project's SDK has it:
/// the same reports, made where the system says that one is due, and the
/// delegate method by which it says so. reportExisting() makes no set then.
std::optional<FixSet> adoptMetadata(const FixRequest &Request);

} // namespace ringfence

#endif
