//===-- Propose.cpp - findings become fix sets -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/Propose.h"
using namespace ringfence;
ProjectFiles::~ProjectFiles() = default;
std::vector<FixSet> ringfence::propose(const ProposeInput &, MigrationStep) { return {}; }
