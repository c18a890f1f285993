//===-- LateRegistration.cpp - the registry is set up after launch -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
#include "llvm/ADT/STLExtras.h"
#include <set>
using namespace ringfence;

namespace {
/// Looks for a function among those that run during launch.
class LaunchPath {
public:
  LaunchPath(const CheckInput &In) : In(In) {}

  /// Some launch method of the project is known.
  bool found() const { return Found; }

  void walkFromLaunch() {
    for (const char *Name :
         {"application", "application:didFinishLaunchingWithOptions:",
          "application:willFinishLaunchingWithOptions:",
          "applicationDidFinishLaunching:", "applicationDidFinishLaunching"})
      for (const FunctionRef &R : In.Functions.named(Name)) {
        if (!R)
          continue;
        bool Launches = llvm::StringRef(Name) != "application" ||
                        llvm::any_of(R.Fn->Labels, [](const std::string &L) {
                          return L == "didFinishLaunchingWithOptions" ||
                                 L == "willFinishLaunchingWithOptions";
                        });
        if (!Launches)
          continue;
        Found = true;
        walk(R, 0);
      }
    // A Flutter app registers its plugins during launch, by generated code
    // (docs.flutter.dev, GeneratedPluginRegistrant).
    for (const char *Name : {"register", "registerWithRegistrar:"})
      for (const FunctionRef &R : In.Functions.named(Name))
        if (R && llvm::any_of(R.Fn->Parameters, [](const Parameter &P) {
              return llvm::StringRef(P.Type).contains("FlutterPluginRegistrar");
            }))
          walk(R, 0);
  }

  bool reaches(llvm::StringRef Symbol) const {
    return Symbols.count(Symbol.str()) != 0;
  }

private:
  // Set-up code is shallow; what lies deeper is not found, and then nothing
  // is said about it because the walk was cut.
  static constexpr unsigned MaxDepth = 5, MaxFunctions = 300;

  void walk(const FunctionRef &R, unsigned Depth) {
    if (Depth > MaxDepth || Symbols.size() > MaxFunctions) {
      Cut = true;
      return;
    }
    if (!Seen.insert(R.Fn).second)
      return;
    Symbols.insert(R.Fn->Symbol);
    steps(R, R.Fn->Steps, Depth);
  }

  void calls(const FunctionRef &R, const std::vector<Call> &Calls,
             unsigned Depth) {
    for (const Call &C : Calls)
      if (C.K != Call::Kind::PropertyRead && C.K != Call::Kind::Subscript)
        for (const FunctionRef &Callee : In.Functions.callees(C, R))
          if (Callee)
            walk(Callee, Depth + 1);
  }

  void steps(const FunctionRef &R, const std::vector<Step> &Steps,
             unsigned Depth) {
    for (const Step &S : Steps) {
      calls(R, S.Calls, Depth);
      for (const Closure &C : S.Closures)
        steps(R, C.Steps, Depth);
      for (const Arm &A : S.Arms) {
        calls(R, A.Calls, Depth);
        for (const Closure &C : A.Closures)
          steps(R, C.Steps, Depth);
        steps(R, A.Steps, Depth);
      }
    }
  }

  const CheckInput &In;
  std::set<const Function *> Seen;
  std::set<std::string> Symbols;
  bool Found = false;

public:
  bool Cut = false;
};
} // namespace

void checks::lateRegistration(const CheckInput &In, std::vector<Finding> &Out) {
  if (!mayReceiveVoIP(In))
    return;
  auto IsInitial = [](const Registration &R) {
    llvm::StringRef F = R.Function;
    return F.empty() || F.contains(".init") || F.contains(" init") ||
           F.contains("inishLaunching") || F.contains("load]") ||
           F.contains("initialize]");
  };
  bool Any = false;
  for (const File *F : In.Files)
    for (const Registration &R : F->Registrations)
      Any |= R.HasVoIP && !IsInitial(R);
  if (!Any)
    return;
  LaunchPath Launch(In);
  Launch.walkFromLaunch();
  if (!Launch.found() || Launch.Cut)
    return; // nothing to compare with
  for (const File *F : In.Files)
    for (const Registration &R : F->Registrations) {
      if (!R.HasVoIP || IsInitial(R) || Launch.reaches(R.Function))
        continue;
      Finding Late;
      Late.Check = "ringfence-late-registration";
      Late.At = {F, R.Where};
      Late.Message = "the push registry is not set up during launch; a push "
                     "that starts the app finds no delegate";
      Late.Advice = "make the registry and set its delegate in "
                    "application(_:didFinishLaunchingWithOptions:)";
      Out.push_back(std::move(Late));
    }
}
