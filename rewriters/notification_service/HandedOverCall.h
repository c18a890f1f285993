//===-- HandedOverCall.h - a call on both sides of the hand-over -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_HANDEDOVERCALL_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_HANDEDOVERCALL_H

#include "rewriters/edit/Builders.h"
#include "rewriters/notification_service/HandedValues.h"
#include "rewriters/notification_service/Posted.h"
#include <string>
#include <vector>

namespace ringfence {

/// A call that the extension finds in a push and the app reports: the lines
/// that put what the report needs into a property list, and those that report
/// it from there.
class HandedOverCall {
public:
  /// \p H is the function that \p Q is in. \p Blockers gets, as clauses, why
  /// the call cannot be handed over.
  HandedOverCall(const ProposeInput &In, const Host &H, const CallOrMessage &Q,
                 std::vector<std::string> &Blockers);

  /// What the extension has to decide, without its lines.
  CallDecision decision(bool InCaller) const;
  /// In template form: asks whether the push is a call, and leaves with the
  /// payload if it is. \p Need has taken in decision().
  std::string linesInExtension(const Needs &Need) const;
  /// Has the host report such a payload ahead of all else. False if there is
  /// no place for that.
  bool insert(Builders &Edits) const;
  /// What property lists hold of these, the team has to say.
  std::vector<std::string> unknown() const;

private:
  /// A part of the question, which has to hold or not to hold.
  struct Part {
    Range Text;
    Range Subject; ///< of a case, what is compared; Text is its pattern
    bool IsNegated = false;
  };
  void choosePlace();
  void askArms();
  void ask(std::vector<std::string> &Blockers);
  std::string question(const Needs &Need) const;
  std::string negated(std::string Text) const;
  std::string withoutContent() const;
  std::string statements() const;

  const ProposeInput &In;
  const Host &H;
  const CallOrMessage &Q;
  const bool IsSwift;
  unsigned Place = 0; ///< the statement of the host that it goes before
  std::vector<Part> Parts;
  std::vector<HandedValue> Values;
};

/// Whether \p H reports what an extension has handed over.
bool isHandedOver(const Host &H);

} // namespace ringfence

#endif
