//===-- UserDataCollection.cpp - data about the user, gathered on a push -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
using namespace ringfence;

void checks::userDataCollection(const CheckInput &In,
                                std::vector<Finding> &Out) {
  findWorks(
      In, "ringfence-user-data-collection",
      [](const Work &W) {
        // The caller's name for the call screen is no collection.
        bool Reads = W.E == Effect::Location || W.E == Effect::PersonalData;
        return Reads && W.D != Destination::Report;
      },
      [](const Work &W) {
        return phraseFor(W) + " on a push that the user did not ask for";
      },
      "gather this when the user uses the app, or not at all", Out);
}
