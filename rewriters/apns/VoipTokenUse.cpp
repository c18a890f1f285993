//===-- VoipTokenUse.cpp - where the VoIP token goes -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/apns/VoipTokenUse.h"
#include "matchers/effects/Spelling.h"
#include "matchers/model/EachStep.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

static std::vector<FunctionRef> credentialMethods(FunctionSource &Functions,
                                                  StringRef Owner) {
  std::vector<FunctionRef> Result =
      Functions.named("pushRegistry:didUpdatePushCredentials:forType:");
  for (const FunctionRef &R : Functions.named("pushRegistry"))
    if (R.Fn->Labels.size() == 3 &&
        StringRef(R.Fn->Labels[1]).starts_with("didUpdate"))
      Result.push_back(R);
  llvm::erase_if(Result,
                 [&](const FunctionRef &R) { return R.Fn->Owner != Owner; });
  return Result;
}

/// "send(token:)" or "-[… sendToken:]" as a reader would look for it.
static std::string spelled(const Call &C, Language L) {
  if (L != Language::Swift)
    return "[" + (C.Receiver.empty() ? "self" : C.Receiver) + " " + C.Name +
           "]";
  std::string Name = C.Receiver.empty() ? C.Name : C.Receiver + "." + C.Name;
  Name += "(";
  for (const Argument &A : C.Arguments)
    Name += (A.Label.empty() ? "_" : A.Label) + ":";
  return Name + ")";
}

namespace {

/// How likely a call is the one that takes the token to the server.
enum class Likelihood { No, Kept, Handed, Sent };

/// Looks through one credentials method.
class Search {
public:
  Search(FunctionSource &Functions, const Catalogue &Apis, FunctionRef R)
      : Functions(Functions), Apis(Apis), R(R) {
    if (R.Fn->Parameters.size() > 1)
      Names.push_back(R.Fn->Parameters[1].Name);
  }

  void run() {
    forEachStep(R.Fn->Steps, [&](const Step &S) {
      look(S, S.Calls);
      for (const Arm &A : S.Arms)
        look(S, A.Calls);
      follow(S);
    });
  }

  Likelihood best() const { return Best; }
  const Call *found() const { return Found; }

private:
  void look(const Step &S, const std::vector<Call> &Calls);
  void follow(const Step &S);
  bool isToken(StringRef Text) const;
  bool onlyLogs(const Call &C) const;
  Likelihood judge(const Call &C) const;

  FunctionSource &Functions;
  const Catalogue &Apis;
  FunctionRef R;
  std::vector<std::string> Names; ///< of what holds the token
  Likelihood Best = Likelihood::No;
  const Call *Found = nullptr;
};

} // namespace

/// Whether \p Name stands in \p Text as a whole word.
static bool mentions(StringRef Text, StringRef Name) {
  auto IsPart = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  for (std::size_t At = Text.find(Name); At != StringRef::npos;
       At = Text.find(Name, At + 1))
    if ((At == 0 || !IsPart(Text[At - 1])) &&
        (At + Name.size() == Text.size() || !IsPart(Text[At + Name.size()])))
      return true;
  return false;
}

/// Whether the value of \p C is what matters: it is handed to another call, or
/// kept under a name. Such a call converts the token.
static bool givesValue(const Step &S, const std::vector<Call> &Calls,
                       const Call &C) {
  for (const Call &Other : Calls)
    for (const Argument &A : Other.Arguments)
      if (&Other != &C && A.V.K != Value::Kind::Closure &&
          A.V.Where.contains(C.Where))
        return true;
  return llvm::any_of(S.Declares,
                      [&](const Declaration &D) {
                        return D.Init.Where.contains(C.Where);
                      }) ||
         llvm::any_of(S.Assigns, [&](const Assignment &A) {
           return A.Target != "_" && A.V.Where.contains(C.Where);
         });
}

bool Search::isToken(StringRef Text) const {
  return Text.contains_insensitive("token") ||
         llvm::any_of(Names, [&](const std::string &Name) {
           return !Name.empty() && mentions(Text, Name);
         });
}

/// What is made of the token stands for it from then on.
void Search::follow(const Step &S) {
  for (const Declaration &D : S.Declares)
    if (isToken(D.Init.Text))
      Names.push_back(D.Name);
  for (const Assignment &A : S.Assigns)
    if (A.Target != "_" && isToken(A.V.Text))
      Names.push_back(A.Target.substr(A.Target.rfind('.') + 1));
}

/// Whether the words of \p Name are those of a log: "debugLog", "logToken", but
/// not "logIn".
static bool namesLog(StringRef Name) {
  auto Words = effects::wordsOf(Name.split(':').first);
  if (Words.empty())
    return false;
  auto IsLog = [](StringRef W) {
    return W == "log" || W == "logs" || W == "logger" || W == "logging" ||
           W == "print" || W == "trace" || W == "nslog";
  };
  bool IsLogin = Words.size() > 1 &&
                 (Words[1] == "in" || Words[1] == "out" || Words[1] == "on");
  return IsLog(Words.back()) || (IsLog(Words.front()) && !IsLogin);
}

/// Whether \p C is made on a logger, or its function is one: by its name, by
/// the type of the member it is made on, or because the project's function of
/// that name does nothing but log.
bool Search::onlyLogs(const Call &C) const {
  if (namesLog(C.Name) || namesLog(C.ReceiverType))
    return true;
  llvm::SmallVector<StringRef> Path;
  StringRef(C.Receiver).trim("[] ").split(Path, '.', -1, /*KeepEmpty=*/false);
  for (StringRef Part : Path) {
    Part = Part.rtrim("?!()");
    if (namesLog(Part.split(' ').first))
      return true;
    for (const FunctionSource::TypeRef &T : Functions.types(R.Fn->Owner))
      for (const Property &P : T.T->Properties)
        if (StringRef(P.Name).ltrim('_') == Part.ltrim('_') &&
            (namesLog(StringRef(P.Type).rtrim("?! *")) ||
             namesLog(StringRef(P.Initializer).split('(').first)))
          return true;
  }
  std::vector<FunctionRef> Callees = Functions.callees(C, R);
  return !Callees.empty() && llvm::all_of(Callees, [&](const FunctionRef &To) {
    bool Logs = false, DoesMore = To.Fn->Body.empty();
    forEachStep(To.Fn->Steps, [&](const Step &S) {
      DoesMore |= !S.Assigns.empty() || S.K == Step::Kind::Opaque;
    });
    forEachCall(To.Fn->Steps, [&](const Call &Inner) {
      const Api *A = Apis.find(Inner, To.In->Source->language());
      bool IsLog = A && A->E == Effect::Log;
      Logs |= IsLog;
      DoesMore |= !IsLog && !(A && A->E == Effect::Pure) &&
                  Inner.K != Call::Kind::PropertyRead;
    });
    return Logs && !DoesMore;
  });
}

Likelihood Search::judge(const Call &C) const {
  // What the catalogue knows converts, logs, or keeps it on the device.
  if (const Api *A = Apis.find(C, R.In->Source->language()))
    return A->E == Effect::Network ? Likelihood::Sent : Likelihood::No;
  bool IsOurs = C.OnSelf || (C.K == Call::Kind::Method && !C.Receiver.empty());
  if (!IsOurs || C.OnSuper || onlyLogs(C))
    return Likelihood::No;
  // "setToken:", "store(token:)": a later call may send it.
  auto Words = effects::wordsOf(C.Name);
  for (StringRef Word : {"set", "store", "save", "cache", "keep", "remember"})
    if (!Words.empty() && Words.front() == Word)
      return Likelihood::Kept;
  return Likelihood::Handed;
}

void Search::look(const Step &S, const std::vector<Call> &Calls) {
  auto TakesToken = [&](const Argument &A) {
    return A.V.K != Value::Kind::Closure && isToken(A.V.Text);
  };
  for (const Call &C : Calls) {
    if (C.K == Call::Kind::PropertyRead || C.K == Call::Kind::PropertyWrite ||
        llvm::none_of(C.Arguments, TakesToken) || givesValue(S, Calls, C))
      continue;
    if (Likelihood L = judge(C); L > Best) {
      Best = L;
      Found = &C;
    }
  }
}

std::optional<VoipTokenUse> ringfence::voipTokenUse(FunctionSource &Functions,
                                                    const Catalogue &Apis,
                                                    StringRef Owner) {
  std::optional<VoipTokenUse> Result;
  Likelihood Best = Likelihood::No;
  for (const FunctionRef &R : credentialMethods(Functions, Owner)) {
    Search In(Functions, Apis, R);
    In.run();
    if (In.best() <= Best)
      continue;
    Best = In.best();
    Result = VoipTokenUse{spelled(*In.found(), R.In->Source->language()),
                          R.In->Source->path().str(),
                          R.In->Source->line(In.found()->Where.Begin)};
  }
  return Result;
}
