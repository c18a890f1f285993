//===-- Judge.cpp - judges one handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Judge.h"
using namespace ringfence;
Verdict ringfence::judge(const File &, const Handler &, FunctionSource &, const Catalogue &, const JudgeOptions &) { return {}; }
