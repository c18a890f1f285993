//===-- KeptCode.cpp - closures that are kept to be called later ----------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/KeptCode.h"
#include "matchers/flow/PathState.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace ringfence;
using namespace ringfence::flow;

static bool isNameByte(char C) { return llvm::isAlnum(C) || C == '_'; }

/// The name of the own property that \p Path is, or is an element of.
static llvm::StringRef propertyOf(llvm::StringRef Path) {
  llvm::StringRef Name = plainName(Path.trim());
  llvm::StringRef Root = Name.take_while(isNameByte);
  llvm::StringRef Rest = Name.drop_front(Root.size());
  return Rest.empty() || Rest.front() == '[' || Rest.front() == '?' ||
                 Rest.front() == '!'
             ? Root
             : "";
}

/// \p Text speaks of the property \p Name.
static bool mentions(llvm::StringRef Text, llvm::StringRef Name) {
  for (std::size_t At = 0; At < Text.size();) {
    llvm::StringRef Word = Text.drop_front(At).take_while(isNameByte);
    At += std::max<std::size_t>(Word.size(), 1);
    Word.consume_front("_");
    if (Word == Name)
      return true;
  }
  return false;
}

namespace {
/// Looks for a call of a property in one function.
class CallsOf {
public:
  CallsOf(llvm::StringRef Property) : Names{Property.str()}, Of(Property) {}

  bool in(const std::vector<Step> &Steps) {
    return llvm::any_of(Steps, [&](const Step &S) { return in(S); });
  }

private:
  std::set<std::string> Names; ///< the property, and locals made of it
  llvm::StringRef Of;

  bool in(const Step &S);
  bool isOne(const Call &C) const;
  void learn(const std::vector<Declaration> &Declares) {
    for (const Declaration &D : Declares)
      if (mentions(D.Init.Text, Of))
        Names.insert(D.Name);
  }
};
} // namespace

/// "pending.completion()", of a tuple or another value that was kept with it.
static bool isElementCall(const Call &C) {
  llvm::StringRef Name = C.Name;
  return C.K == Call::Kind::Method && C.Arguments.empty() &&
         (Name.contains_insensitive("completion") ||
          Name.contains_insensitive("handler"));
}

bool CallsOf::isOne(const Call &C) const {
  if (isElementCall(C) && Names.count(propertyOf(C.Receiver).str()) != 0)
    return true;
  bool MayRun = C.K == Call::Kind::ClosureCall || C.K == Call::Kind::Function ||
                (C.K == Call::Kind::Method && C.OnSelf);
  if (!MayRun)
    return false;
  // An element, "pending[id]?()", is called without a name of its own.
  llvm::StringRef Called = C.Name.empty() ? C.Receiver : C.Name;
  return Names.count(propertyOf(Called).str()) != 0;
}

bool CallsOf::in(const Step &S) {
  learn(S.Declares);
  auto AnyCall = [&](const std::vector<Call> &Calls) {
    return llvm::any_of(Calls, [&](const Call &C) { return isOne(C); });
  };
  auto AnyClosure = [&](const std::vector<Closure> &Closures) {
    return llvm::any_of(Closures,
                        [&](const Closure &C) { return in(C.Steps); });
  };
  if (AnyCall(S.Calls) || AnyClosure(S.Closures))
    return true;
  return llvm::any_of(S.Arms, [&](const Arm &A) {
    learn(A.Declares);
    return AnyCall(A.Calls) || AnyClosure(A.Closures) || in(A.Steps);
  });
}

/// The first word of \p Text that begins like a type: of "Calls.shared",
/// "Calls()", "[[Calls alloc] init]", "Calls *".
static llvm::StringRef typeIn(llvm::StringRef Text) {
  Text = Text.ltrim("[ \t(");
  Text.consume_front("weak ");
  llvm::StringRef Name = Text.take_while(isNameByte);
  return !Name.empty() && Name.front() >= 'A' && Name.front() <= 'Z' ? Name
                                                                     : "";
}

/// The type of \p Object, a property of \p By's type or what begins with a
/// type's name; "" if the code does not say.
static llvm::StringRef typeOf(llvm::StringRef Object, FunctionRef By,
                              FunctionSource &Functions) {
  if (llvm::StringRef Named = typeIn(Object); !Named.empty())
    return Named;
  llvm::StringRef Name = propertyOf(Object);
  if (Name.empty())
    return "";
  for (const FunctionSource::TypeRef &R : Functions.types(By.Fn->Owner))
    for (const Property &P : R.T->Properties)
      if (plainName(P.Name) == Name)
        if (llvm::StringRef T = typeIn(P.Type.empty() ? P.Initializer : P.Type);
            !T.empty())
          return T;
  return "";
}

bool flow::isCalledElsewhere(llvm::StringRef Target, FunctionRef By,
                             FunctionSource &Functions) {
  llvm::StringRef Property = propertyOf(Target);
  llvm::StringRef Owner = By.Fn->Owner;
  if (Property.empty()) {
    auto [Object, Member] = Target.trim().rsplit('.');
    Property = propertyOf(Member);
    Owner = typeOf(Object, By, Functions);
  }
  if (Property.empty() || Owner.empty())
    return false;
  std::vector<const File *> Files;
  if (Owner == By.Fn->Owner)
    Files.push_back(By.In);
  for (const FunctionSource::TypeRef &R : Functions.types(Owner))
    if (!llvm::is_contained(Files, R.In))
      Files.push_back(R.In);
  return llvm::any_of(Files, [&](const File *F) {
    return llvm::any_of(F->Functions, [&](const Function &Fn) {
      return Fn.Owner == Owner && &Fn != By.Fn &&
             CallsOf(Property).in(Fn.Steps);
    });
  });
}
