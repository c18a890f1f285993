//===-- AnalysisState.h - what an analysis keeps alive -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_ANALYSISSTATE_H
#define RINGFENCE_TOOL_PIPELINE_ANALYSISSTATE_H

#include "tool/pipeline/Analysis.h"
#include "tool/pipeline/Project.h"

namespace ringfence {

struct Analysis::State {
  std::unique_ptr<Project> Opened;
  Project &TheProject;
  explicit State(std::unique_ptr<Project> P)
      : Opened(std::move(P)), TheProject(*Opened) {}
};

} // namespace ringfence

#endif
