//===-- Purpose.h - what work is for, and where it belongs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_PURPOSE_H
#define RINGFENCE_MATCHERS_FLOW_PURPOSE_H

#include "matchers/flow/Engine.h"

namespace ringfence::flow {

/// What an arm of the handler is for.
enum class Purpose {
  None,
  Call,       ///< a call: reports it, updates it, readies its connection
  Message,    ///< shows, decodes or stores content
  Deletion,   ///< takes notifications back, marks things read
  Upkeep,     ///< syncs, uploads, prefetches, tidies up
  Collection, ///< gathers data about the user
};

/// Decides for every work where it belongs: by what the innermost arm around
/// it is for that shows a purpose, then by what it does. Project functions and
/// conditions speak through their names only where nothing else does. In a
/// project in which nothing reports (\p ProjectReports), a connection that is
/// not one for calls serves messages.
void sendToDestinations(std::vector<FoundWork> &Works, bool ProjectReports);

} // namespace ringfence::flow

#endif
