//===-- File.h - one source file as the checks see it -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_FILE_H
#define RINGFENCE_MATCHERS_MODEL_FILE_H

#include "matchers/model/SourceFile.h"
#include "matchers/model/Step.h"
#include <memory>
#include <string>
#include <vector>

namespace ringfence {

/// A function, method, initialiser or accessor with its body lowered.
struct Function {
  enum class Kind { Function, Method, Init, Getter, Setter, Observer };
  Kind K = Kind::Method;
  /// "-[AppDelegate pushRegistry:didUpdate…:]", or
  /// "AppDelegate.pushRegistry(_:didUpdate:for:)"
  std::string Symbol;
  std::string Name;                ///< as Call::Name
  std::vector<std::string> Labels; ///< Swift; "_" for none
  std::string ObjCName;            ///< from @objc(name), "" when absent
  std::string Owner;               ///< the type it is a member of, or ""
  std::string ReturnType;
  std::string Access;    ///< "private", "public", … or ""
  std::string Isolation; ///< "MainActor", "nonisolated", an actor's name or ""
  bool IsStatic = false;
  bool IsAsync = false;
  bool Throws = false;
  bool IsOverride = false;
  bool IsObjC = false; ///< visible to Objective-C (@objc, or written in it)
  std::vector<Parameter> Parameters;
  Range Where;  ///< from its first modifier to its closing brace
  Range Head;   ///< Where up to the opening brace
  Range Body;   ///< with braces; empty when there is none (protocols)
  Range Inside; ///< between the braces
  std::vector<Step> Steps;
  /// Parser errors inside the body: fixes are lowered in applicability.
  bool HasErrors = false;
};

struct Property {
  std::string Name;
  std::string Type; ///< as written, "" when inferred
  std::string Access;
  std::string Initializer; ///< as written, "" when none
  bool IsConstant = false;
  bool IsStatic = false;
  bool IsWeak = false;
  bool IsLazy = false;
  bool IsComputed = false;
  bool HasObservers = false;
  Range Where;
};

/// A class, struct, enum, actor, protocol, extension or category, or an
/// Objective-C @interface or @implementation.
struct Type {
  enum class Kind {
    Class,
    Struct,
    Enum,
    Actor,
    Protocol,
    Extension,      ///< Swift extension, Objective-C category
    Interface,      ///< @interface, class extension included
    Implementation, ///< @implementation
  };
  Kind K = Kind::Class;
  std::string Name;
  std::vector<std::string> Supertypes; ///< superclass first, then protocols
  std::string Isolation;               ///< "MainActor" or ""
  std::string Access;
  std::vector<Property> Properties; ///< instance variables too
  Range Where;
  Range Inside; ///< between the braces, or between the head and @end
};

/// Where a PKPushRegistry is made, or its desiredPushTypes are set.
struct Registration {
  Range Where;
  std::string Owner;      ///< type in whose member it stands
  std::string Function;   ///< symbol of that member, "" for an initialiser
  std::string Queue;      ///< argument as written: "nil", ".main", "queue"
  std::string Delegate;   ///< what is assigned to .delegate, "" if not seen
  bool SetsTypes = false; ///< desiredPushTypes is set in the same function
  bool HasVoIP = false;   ///< .voIP / PKPushTypeVoIP is among them
};

enum class Signature { Completion, NoCompletion, Async, Metadata };

/// The words of INTERFACE: "completion", "no-completion", "async", "metadata".
llvm::StringRef nameOf(Signature S);

/// A PushKit delegate method that receives a push.
struct Handler {
  unsigned FunctionIndex = 0; ///< into File::Functions
  Signature S = Signature::Completion;
  /// Names of the parameters by role, "" where the signature has none.
  std::string Registry, Payload, PushType, Metadata, Completion;
  /// Signature::Metadata and async at the same time.
  bool IsAsync = false;
};

/// What a reader makes of one file. Reading never fails: what it could not
/// make sense of is an opaque step and a Problem.
struct File {
  std::shared_ptr<const SourceFile> Source;
  std::vector<std::string> Imports; ///< module or header names
  /// Where a further import goes: offset of a line's first byte.
  std::uint32_t ImportInsertion = 0;
  std::vector<Type> Types;
  std::vector<Function> Functions; ///< in source order
  std::vector<Handler> Handlers;
  std::vector<Registration> Registrations;
  std::vector<Property> Globals; ///< file-level variables and constants
  std::vector<Problem> Problems;
  /// Objective-C: automatic reference counting is assumed or known.
  bool UsesARC = true;
};

} // namespace ringfence

#endif
