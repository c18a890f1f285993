//===-- Step.h - statements of a function -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_STEP_H
#define RINGFENCE_MATCHERS_MODEL_STEP_H

#include "matchers/model/Call.h"
#include "matchers/model/Condition.h"
#include "matchers/model/Range.h"
#include <string>
#include <vector>

namespace ringfence {

struct Step;

/// A variable that a step brings into being.
struct Declaration {
  std::string Name;
  std::string Type; ///< as written, "" when inferred
  bool Constant = false;
  Value Init; ///< Kind::Unknown with empty Text when there is none
};

/// "Target = V" for a local or a member; Target is written as in the source
/// ("reported", "self.completion").
struct Assignment {
  std::string Target;
  Value V;
  Range Where;
};

struct Parameter {
  std::string Label; ///< Swift: argument label, "_" for none; ObjC: piece
  std::string Name;
  std::string Type; ///< as written
  bool IsClosure = false;
  bool IsEscaping = false; ///< @escaping, or any block that is not noescape
};

/// A closure or block literal. When it runs is not the reader's business: the
/// call that takes it decides (matchers/flow).
struct Closure {
  Range Where; ///< braces included; Objective-C: from the caret
  Range Body;  ///< between the braces
  std::vector<Parameter> Parameters;
  std::vector<std::string> CaptureList; ///< "weak self" and the like
  bool IsAsync = false;
  std::vector<Step> Steps;
};

/// One way through a step.
struct Arm {
  enum class Kind {
    Then,    ///< If is true; of a guard: the else body (When is negated)
    Else,    ///< no earlier arm was taken
    Case,    ///< of a switch
    Default, ///< of a switch; also @unknown default
    Body,    ///< of a loop, scope, do, defer, try
    Catch,
    Finally,
    Conditional, ///< one of the branches of #if; When is Other
  };
  Kind K = Kind::Body;
  Condition When;
  Range Where;  ///< the arm's statements with their braces where it has any
  Range Inside; ///< between the braces (or from the case's colon); where
                ///< statements may be inserted at its Begin
  /// Calls that the condition makes, in order (indices as in Step), and its
  /// closures.
  std::vector<Call> Calls;
  std::vector<Closure> Closures;
  std::vector<Declaration> Declares; ///< if let, case let, catch let
  std::vector<Step> Steps;
  bool FallsThrough = false; ///< C: reaches the next case's statements
};

/// One statement or control construct.
struct Step {
  enum class Kind {
    Do,      ///< an expression statement or an assignment
    Declare, ///< let, var, C declarations
    Branch,
    Loop, ///< while, for, repeat: one Body arm
    Exit,
    Defer, ///< one Body arm, runs when the enclosing scope is left
    Try,   ///< do-catch, @try: a Body arm, Catch arms, maybe a Finally arm
    Scope, ///< braces, autorelease pool, @synchronized, #if-free do: one arm
    Configuration, ///< #if … #elseif … #else: an arm each
    Opaque, ///< the reader does not know it: text, calls and closures kept
    LocalFunction, ///< a nested func; one Body arm, runs when called
  };
  enum class BranchKind { If, Guard, Switch };
  enum class ExitKind { Return, Throw, Break, Continue, Goto, Fallthrough };
  enum class LoopKind { While, RepeatWhile, For };

  Kind K = Kind::Do;
  BranchKind Branch = BranchKind::If;
  ExitKind Exit = ExitKind::Return;
  LoopKind Loop = LoopKind::While;

  Range Where; ///< first to last token, ';' included
  /// Where widened by the comments that stand directly above and behind the
  /// statement on its own lines.
  Range WithComments;
  std::string Label; ///< of a labelled loop, or the one that break, continue
                     ///< or goto names; a local function's name

  /// Calls that this step itself makes, in evaluation order: arguments and
  /// receivers before the call that takes them. For Branch and Switch: those
  /// of the subject; conditions keep theirs in their arms.
  std::vector<Call> Calls;
  std::vector<Closure> Closures;
  std::vector<Declaration> Declares;
  std::vector<Assignment> Assigns;
  std::vector<std::string> Reads; ///< names and member paths, sorted, unique
  std::vector<std::string> Writes;
  /// What a return or throw hands back.
  Value Result;

  std::vector<Arm> Arms;
  bool HasElse = false; ///< an Else or Default arm exists, or the switch is
                        ///< exhaustive by the language's rules (Swift)
  bool InMacro = false; ///< its text comes from a macro: never edited
  std::vector<Parameter> Parameters; ///< of a local function
};

} // namespace ringfence

#endif
