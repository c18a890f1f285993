//===-- Call.h - calls and the values they take -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_CALL_H
#define RINGFENCE_MATCHERS_MODEL_CALL_H

#include "matchers/model/Range.h"
#include <string>
#include <vector>

namespace ringfence {

/// A value as far as checks and rewriters need to see it.
struct Value {
  enum class Kind {
    Unknown,   ///< any other expression; see Text
    Parameter, ///< of the enclosing function or closure; see Name
    Local,     ///< see Name
    Member,    ///< a path such as "self.provider" or "provider"; see Name
    Closure,   ///< see ClosureIndex
    Selector,  ///< @selector(x:) or #selector(x(_:)); Name is what it names
    Literal,   ///< number, string, boolean; see Text
    Nil,
    Call, ///< the result of Step::Calls[CallIndex]
  };
  Kind K = Kind::Unknown;
  std::string Text; ///< as written
  Range Where;
  std::string Name;
  int ClosureIndex = -1; ///< into the Closures of the same step
  int CallIndex = -1;    ///< into the Calls of the same step
};

/// One argument of a call. Swift: Label is what stands before the colon ("" if
/// nothing does). Objective-C messages: Label is the selector piece without
/// its colon. C calls: "".
struct Argument {
  std::string Label;
  Value V;
};

/// A call, message send, initialiser, or a read or write of a property.
struct Call {
  enum class Kind {
    Function,      ///< f(x); also an implicit-self method call in Swift
    Method,        ///< receiver.f(x), [receiver f:x]
    Init,          ///< Type(x), Type.init(x), [[Type alloc] init…] (one call)
    ClosureCall,   ///< a local, parameter or property that holds a closure
    PropertyRead,  ///< receiver.name, also [receiver name] written with a dot
    PropertyWrite, ///< receiver.name = Arguments[0]
    Subscript,     ///< receiver[Arguments…]
    Macro,         ///< an Objective-C macro that expands to nothing known
  };
  enum class TryForm { None, Try, TryOptional, TryForced };

  Kind K = Kind::Function;
  Range Where;     ///< the whole expression, receiver and closures included
  Range NameRange; ///< the base name (first selector piece)
  /// Swift: base name ("reportNewIncomingCall"). Objective-C: full selector
  /// ("reportNewIncomingCallWithUUID:update:completion:"). C: the function's
  /// name. Init: the type's name in Swift, the init selector in Objective-C.
  /// A property: its name, without "set".
  std::string Name;
  std::vector<Argument> Arguments;

  std::string Receiver; ///< as written; "" when there is none
  /// Type of the receiver where the reader knows it: a class name for class
  /// messages and for receivers whose declaration is in sight, else "".
  std::string ReceiverType;
  /// Index into the step's Calls of the call that makes the receiver, or -1.
  int ReceiverCall = -1;
  bool OnSelf = false;  ///< receiver is self or implicit
  bool OnSuper = false; ///< receiver is super
  bool OnType = false;  ///< a class message or static member

  /// Runs only if a short circuit (&&, ||, ??, ?:) inside the same expression
  /// lets it. Optional chains do not count.
  bool Conditional = false;
  bool OptionalChain = false; ///< behind a "?."
  TryForm Try = TryForm::None;
  bool Awaited = false;
};

/// The full spelling of a Swift call or function:
/// "add(_:withCompletionHandler:)".
std::string swiftName(const Call &C);

} // namespace ringfence

#endif
