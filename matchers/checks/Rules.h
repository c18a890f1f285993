//===-- Rules.h - what each check does -*- C++ -* -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_CHECKS_RULES_H
#define RINGFENCE_MATCHERS_CHECKS_RULES_H

#include "matchers/checks/Check.h"

namespace ringfence::checks {

// One function per check, each in the file of its name. Findings come in
// source order; what several checks say of one exit is merged by runChecks.
void pushWithoutCalls(const CheckInput &In, std::vector<Finding> &Out);
void lateReport(const CheckInput &In, std::vector<Finding> &Out);
void stateGuard(const CheckInput &In, std::vector<Finding> &Out);
void unreportedPath(const CheckInput &In, std::vector<Finding> &Out);
void workBeforeReport(const CheckInput &In, std::vector<Finding> &Out);
void messageWork(const CheckInput &In, std::vector<Finding> &Out);
void backgroundWork(const CheckInput &In, std::vector<Finding> &Out);
void userDataCollection(const CheckInput &In, std::vector<Finding> &Out);
void lateRegistration(const CheckInput &In, std::vector<Finding> &Out);
void legacyHandler(const CheckInput &In, std::vector<Finding> &Out);
void completionNotCalled(const CheckInput &In, std::vector<Finding> &Out);
void projectSettings(const CheckInput &In, std::vector<Finding> &Out);

} // namespace ringfence::checks

#endif
