//===-- Launch.cpp - where launch makes a handler's object ----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/launch/Launch.h"
#include "matchers/model/EachStep.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>
#include <vector>

using namespace ringfence;
using llvm::StringRef;

std::vector<FunctionRef> ringfence::launchMethods(FunctionSource &Functions) {
  std::vector<FunctionRef> All =
      Functions.named("application:didFinishLaunchingWithOptions:");
  for (const FunctionRef &R : Functions.named("application"))
    if (R.Fn->Labels.size() == 2 &&
        R.Fn->Labels[1] == "didFinishLaunchingWithOptions")
      All.push_back(R);
  return All;
}

std::vector<FunctionRef>
ringfence::appInitializers(const std::vector<const File *> &Files) {
  std::vector<FunctionRef> All;
  for (const File *F : Files)
    for (const Type &T : F->Types)
      if (T.K == Type::Kind::Struct && llvm::is_contained(T.Supertypes, "App"))
        for (const Function &Fn : F->Functions)
          if (Fn.K == Function::Kind::Init && Fn.Owner == T.Name)
            All.push_back({F, &Fn});
  return All;
}

/// The type of the member \p Name of \p Type, as far as its declaration says.
static std::string memberType(FunctionSource &Functions, StringRef Type,
                              StringRef Name) {
  for (const FunctionSource::TypeRef &T : Functions.types(Type))
    for (const Property &P : T.T->Properties)
      if (P.Name == Name || StringRef(P.Name).ltrim('_') == Name) {
        if (!P.Type.empty())
          return StringRef(P.Type).rtrim("?! *").trim().str();
        return StringRef(P.Initializer)
            .take_while([](char C) { return llvm::isAlnum(C) || C == '_'; })
            .str();
      }
  return "";
}

/// \p Text if it names the object of type \p Owner in \p Launch, and makes
/// none: "Push.shared", "[Push shared]", a member of that type; else "".
static std::string objectNamed(FunctionSource &Functions, StringRef Text,
                               FunctionRef Launch, StringRef Owner) {
  StringRef Bare = Text.ltrim("[ ");
  if (Bare.consume_front(Owner) && !Bare.empty() &&
      (Bare.front() == '.' || Bare.front() == ' ')) {
    // One name behind the type's: what follows that is another object.
    StringRef Shared = Bare.drop_front().rtrim("?!");
    Shared.consume_back("]");
    bool IsName = !Shared.empty() && llvm::all_of(Shared, [](char C) {
      return llvm::isAlnum(C) || C == '_';
    });
    std::string Type = memberType(Functions, Owner, Shared);
    return IsName && Shared != "alloc" && Shared != "new" &&
                   (Type.empty() || Type == Owner)
               ? Text.str()
               : "";
  }
  StringRef Member = Text;
  Member.consume_front("self.");
  Member = Member.rtrim("?!");
  Member.consume_front("_");
  if (Member.empty() || Member.contains('.') || Member.contains('['))
    return "";
  return memberType(Functions, Launch.Fn->Owner, Member) == Owner ? Text.str()
                                                                  : "";
}

/// The object that \p C is sent to, if it is one of type \p Owner that can be
/// named again in the statement behind.
static std::string objectOf(FunctionSource &Functions, const Call &C,
                            FunctionRef Launch, StringRef Owner) {
  if (C.OnSelf || C.OnSuper || C.Receiver.empty())
    return "";
  if (C.ReceiverType == Owner && !C.OnType && C.ReceiverCall < 0)
    return C.Receiver;
  return objectNamed(Functions, C.Receiver, Launch, Owner);
}

/// What \p S makes a delegate of type \p Owner: "registry.delegate =
/// Push.shared". What else it names of that type may be any constant of it.
static std::string madeDelegate(FunctionSource &Functions, const Step &S,
                                FunctionRef Launch, StringRef Owner) {
  auto Named = [&](const Value &V) {
    return objectNamed(Functions, StringRef(V.Text).trim(), Launch, Owner);
  };
  for (const Assignment &A : S.Assigns)
    if (StringRef(A.Target).ends_with("elegate"))
      if (std::string Text = Named(A.V); !Text.empty())
        return Text;
  for (const Call &C : S.Calls)
    for (const Argument &A : C.Arguments)
      if (StringRef(A.Label).ends_with("elegate"))
        if (std::string Text = Named(A.V); !Text.empty())
          return Text;
  return "";
}

std::string ringfence::objectCalled(FunctionSource &Functions, const Call &C,
                                    FunctionRef Launch, StringRef Owner) {
  std::string Text = objectOf(Functions, C, Launch, Owner);
  if (!Text.empty() && C.OptionalChain && Text.back() != '?')
    Text += "?";
  return Text;
}

/// "[[Push alloc] init…]", "[Push new]", "Push(…)": a new \p Owner.
static bool makes(const Value &V, StringRef Owner) {
  StringRef Text = StringRef(V.Text).trim();
  if (Text.consume_front(Owner))
    return Text.starts_with("(");
  Text = Text.ltrim("[ ");
  return Text.consume_front(Owner) &&
         (Text.starts_with(" alloc]") || Text.starts_with(" new]"));
}

/// Where a new \p Owner is kept by \p S, to be named in the next statement.
static std::string madeBy(const Step &S, StringRef Owner) {
  for (const Declaration &D : S.Declares)
    if (S.K == Step::Kind::Declare &&
        (StringRef(D.Type).rtrim("?! *") == Owner || makes(D.Init, Owner)))
      return D.Name;
  for (const Assignment &A : S.Assigns)
    if (makes(A.V, Owner))
      return A.Target;
  return "";
}

/// Whether \p Text names a Swift property of \p Type that may be nil.
static bool isOptional(FunctionSource &Functions, StringRef Type,
                       StringRef Text) {
  Text.consume_front("self.");
  for (const FunctionSource::TypeRef &T : Functions.types(Type))
    for (const Property &P : T.T->Properties)
      if (P.Name == Text)
        return StringRef(P.Type).rtrim().ends_with("?");
  return false;
}

/// Whether \p Receiver is the object itself, a member of \p Type, or reached by
/// a type's name.
static bool isKept(FunctionSource &Functions, StringRef Type,
                   StringRef Receiver) {
  Receiver = Receiver.rtrim("?!");
  if (Receiver == "self" || llvm::isUpper(Receiver.ltrim("[ ").front()))
    return true;
  Receiver.consume_front("self.");
  Receiver.consume_front("_");
  for (const FunctionSource::TypeRef &T : Functions.types(Type))
    for (const Property &P : T.T->Properties)
      if (StringRef(P.Name).ltrim('_') == Receiver)
        return true;
  return false;
}

/// How many bytes \p A and \p B begin with alike.
static std::size_t alike(StringRef A, StringRef B) {
  std::size_t N = 0;
  while (N < A.size() && N < B.size() && A[N] == B[N])
    ++N;
  return N;
}

/// The project's launch methods, those nearest to the file \p Path first.
static std::vector<FunctionRef> nearestLaunches(FunctionSource &Functions,
                                                StringRef Path) {
  std::vector<FunctionRef> Methods = launchMethods(Functions);
  llvm::stable_sort(Methods, [&](const FunctionRef &A, const FunctionRef &B) {
    return alike(A.In->Source->path(), Path) >
           alike(B.In->Source->path(), Path);
  });
  return Methods;
}

std::optional<LaunchPlace>
ringfence::launchPlace(FunctionSource &Functions, StringRef Owner,
                       StringRef Path, llvm::ArrayRef<FunctionRef> More) {
  auto At = [&](FunctionRef R, const Step *After, std::string Receiver) {
    bool Kept = !llvm::is_contained(More, R) &&
                isKept(Functions, R.Fn->Owner, Receiver);
    return LaunchPlace{R, After, std::move(Receiver), Kept};
  };
  std::vector<FunctionRef> Methods = nearestLaunches(Functions, Path);
  for (const FunctionRef &R : Methods)
    if (R.Fn->Owner == Owner)
      return At(R, nullptr, "self");
  llvm::append_range(Methods, More);
  for (const FunctionRef &R : Methods)
    for (const Step &S : R.Fn->Steps) {
      if (S.K == Step::Kind::Exit || S.InMacro)
        continue;
      // Behind the last use in the first statement that calls the object.
      for (const Call &C : S.Calls)
        if (C.K == Call::Kind::Method)
          if (std::string Text = objectCalled(Functions, C, R, Owner);
              !Text.empty())
            return At(R, &S, Text);
      if (std::string Text = madeBy(S, Owner); !Text.empty()) {
        if (isOptional(Functions, R.Fn->Owner, Text))
          Text += "?";
        return At(R, &S, Text);
      }
      if (std::string Text = madeDelegate(Functions, S, R, Owner);
          !Text.empty())
        return At(R, &S, Text);
    }
  return std::nullopt;
}

std::optional<LaunchPlace> ringfence::namedByDelegate(FunctionSource &Functions,
                                                      StringRef Owner,
                                                      StringRef Path) {
  for (const FunctionRef &R : nearestLaunches(Functions, Path))
    for (const Function &Fn : R.In->Functions) {
      if (Fn.Owner != R.Fn->Owner)
        continue;
      std::string Text;
      forEachCall(Fn.Steps, [&](const Call &C) {
        if (!Text.empty())
          return;
        std::string Named = objectCalled(Functions, C, {R.In, &Fn}, Owner);
        if (!Named.empty() && isKept(Functions, Fn.Owner, Named))
          Text = std::move(Named);
      });
      if (!Text.empty())
        return LaunchPlace{R, nullptr, std::move(Text), /*IsKept=*/true};
    }
  return std::nullopt;
}

/// The first statement in an arm of \p Outer, however deep, that \p Is.
static const Step *inAnArm(const Step &Outer,
                           llvm::function_ref<bool(const Step &)> Is) {
  for (const Arm &A : Outer.Arms)
    for (const Step &S : A.Steps) {
      if (Is(S))
        return &S;
      if (const Step *Found = inAnArm(S, Is))
        return Found;
    }
  return nullptr;
}

std::pair<FunctionRef, const Step *>
ringfence::madeInABranch(FunctionSource &Functions, StringRef Owner) {
  for (const FunctionRef &R : launchMethods(Functions)) {
    auto Names = [&](const Step &S) {
      return !madeBy(S, Owner).empty() ||
             llvm::any_of(S.Calls, [&](const Call &C) {
               return C.K == Call::Kind::Method &&
                      !objectCalled(Functions, C, R, Owner).empty();
             });
    };
    for (const Step &S : R.Fn->Steps)
      if (const Step *Found = inAnArm(S, Names))
        return {R, Found};
  }
  return {};
}

const Function *ringfence::silentPushMethod(FunctionSource &Functions,
                                            StringRef Delegate) {
  std::set<std::string> Types = {Delegate.str()};
  for (const FunctionSource::TypeRef &T : Functions.types(Delegate))
    Types.insert(T.T->Supertypes.begin(), T.T->Supertypes.end());
  Types.erase("UIApplicationDelegate");
  for (const FunctionRef &R : Functions.named(
           "application:didReceiveRemoteNotification:fetchCompletionHandler:"))
    if (Types.count(R.Fn->Owner))
      return R.Fn;
  for (const FunctionRef &R : Functions.named("application"))
    if (Types.count(R.Fn->Owner) && R.Fn->Labels.size() > 1 &&
        R.Fn->Labels[1] == "didReceiveRemoteNotification")
      return R.Fn;
  return nullptr;
}
