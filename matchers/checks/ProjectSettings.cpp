//===-- ProjectSettings.cpp - property lists that do not fit the code -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
#include "llvm/ADT/STLExtras.h"
using namespace ringfence;
using llvm::StringRef;

static constexpr StringRef Filtering =
    "com.apple.developer.usernotifications.filtering";
static constexpr StringRef Unrestricted =
    "com.apple.developer.pushkit.unrestricted-voip";
static constexpr StringRef UnrestrictedPTT =
    "com.apple.developer.pushkit.unrestricted-voip.ptt";

namespace {
class SettingsCheck {
public:
  SettingsCheck(const CheckInput &In, std::vector<Finding> &Out)
      : In(In), Out(Out) {}

  void run() {
    registration();
    for (const File *F : In.Files)
      for (const Function &Fn : F->Functions)
        steps({F, &Fn}, Fn.Steps, &SettingsCheck::backgroundTask);
    for (const File *F : In.Services)
      for (const Function &Fn : F->Functions)
        steps({F, &Fn}, Fn.Steps, &SettingsCheck::callFromExtension);
  }

private:
  using Look = void (SettingsCheck::*)(const FunctionRef &, const Call &);

  void say(Place At, Severity S, std::string Message, StringRef Advice) {
    Finding F;
    F.Check = "ringfence-project-settings";
    F.S = S;
    F.At = At;
    F.Message = std::move(Message);
    F.Advice = Advice.str();
    bool Said = llvm::any_of(Out, [&](const Finding &O) {
      return O.Check == F.Check && O.Message == F.Message;
    });
    if (!Said)
      Out.push_back(std::move(F));
  }

  /// "App/Info.plist", or how many there are. Only asked where there are some.
  std::string plists() const {
    const std::vector<InfoPlist> &All = In.Settings.InfoPlists;
    return All.size() == 1 ? "of '" + All.front().Path + "'"
                           : "of any of the " + std::to_string(All.size()) +
                                 " apps' Info.plist files";
  }

  /// No Info.plist of an app has \p Value among its \p Key. Says nothing where
  /// there is none: Xcode may make it, or the code is a library's.
  bool lacks(std::vector<std::string> InfoPlist::*Key, StringRef Value) const {
    const std::vector<InfoPlist> &All = In.Settings.InfoPlists;
    return !All.empty() && !In.Settings.Incomplete &&
           llvm::none_of(All, [&](const InfoPlist &P) {
             return llvm::any_of(P.*Key, [&](const std::string &V) {
               // Build settings decide what "$(…)" stands for.
               return V == Value || StringRef(V).contains("$(");
             });
           });
  }

  const Entitlements *granting(StringRef Key) const {
    for (const Entitlements &E : In.Settings.AllEntitlements)
      if (llvm::is_contained(E.Granted, Key))
        return &E;
    return nullptr;
  }

  void registration() {
    for (const File *F : In.Files)
      for (const Registration &R : F->Registrations) {
        if (!R.HasVoIP)
          continue;
        Place At{F, R.Where};
        if (lacks(&InfoPlist::BackgroundModes, "voip"))
          say(At, Severity::Warning,
              "'voip' is not among the UIBackgroundModes " + plists() +
                  "; CallKit refuses to report calls",
              "add voip to UIBackgroundModes");
        if (const Entitlements *E = granting(UnrestrictedPTT))
          say(At, Severity::Warning,
              "'" + E->Path + "' claims '" + UnrestrictedPTT.str() +
                  "', which has no effect for apps linked against the iOS 26 "
                  "SDK: every push has to report a call",
              "move push-to-talk to the PushToTalk framework");
        if (const Entitlements *E = granting(Unrestricted))
          say(At, Severity::Note,
              "'" + E->Path + "' claims '" + Unrestricted.str() +
                  "', which Apple grants to single apps only; builds without "
                  "it are bound to report a call for every push",
              "");
      }
  }

  void steps(const FunctionRef &R, const std::vector<Step> &Steps, Look At) {
    auto Calls = [&](const std::vector<Call> &Calls) {
      for (const Call &C : Calls)
        (this->*At)(R, C);
    };
    auto Closures = [&](const std::vector<Closure> &Closures) {
      for (const Closure &C : Closures)
        steps(R, C.Steps, At);
    };
    for (const Step &S : Steps) {
      Calls(S.Calls);
      Closures(S.Closures);
      for (const Arm &A : S.Arms) {
        Calls(A.Calls);
        Closures(A.Closures);
        steps(R, A.Steps, At);
      }
    }
  }

  /// The string that \p V stands for: a literal, or a constant that its own
  /// file initialises with one. Else "".
  static std::string stringOf(const Value &V, const FunctionRef &R) {
    StringRef Text = V.Text;
    if (V.K == Value::Kind::Local || V.K == Value::Kind::Member ||
        V.K == Value::Kind::Unknown) {
      StringRef Name = Text.substr(Text.rfind('.') + 1);
      auto Among = [&](const std::vector<Property> &Properties) {
        for (const Property &P : Properties)
          if (P.Name == Name && (P.IsConstant || P.IsStatic))
            Text = P.Initializer;
      };
      Among(R.In->Globals);
      for (const Type &T : R.In->Types)
        Among(T.Properties);
    }
    Text = Text.trim();
    Text.consume_front("@");
    if (!Text.consume_front("\"") || !Text.consume_back("\"") ||
        Text.contains('"') || Text.contains('\\'))
      return "";
    return Text.str();
  }

  /// "BGAppRefreshTaskRequest(identifier:)" and its like.
  void backgroundTask(const FunctionRef &R, const Call &C) {
    StringRef Name = C.Name;
    bool Registers =
        Name == "registerForTaskWithIdentifier:usingQueue:launchHandler:" ||
        (Name == "register" && !C.Arguments.empty() &&
         C.Arguments.front().Label == "forTaskWithIdentifier");
    StringRef Type = C.K == Call::Kind::Init
                         ? R.In->Source->language() == Language::Swift
                               ? Name
                               : StringRef(C.ReceiverType)
                         : "";
    StringRef Mode = Type == "BGAppRefreshTaskRequest"   ? "fetch"
                     : Type == "BGProcessingTaskRequest" ? "processing"
                                                         : "";
    if (!Registers && Mode.empty())
      return;
    Place At{R.In, C.Where};
    if (!Mode.empty() && lacks(&InfoPlist::BackgroundModes, Mode))
      say(At, Severity::Warning,
          "'" + Mode.str() + "' is not among the UIBackgroundModes " +
              plists() + "; the task is not permitted",
          "add the mode to UIBackgroundModes");
    if (C.Arguments.empty())
      return;
    std::string Identifier = stringOf(C.Arguments.front().V, R);
    if (!Identifier.empty() && lacks(&InfoPlist::TaskIdentifiers, Identifier))
      say(At, Severity::Warning,
          "'" + Identifier +
              "' is not among the BGTaskSchedulerPermittedIdentifiers " +
              plists() + "; the task is not permitted",
          "add the identifier to BGTaskSchedulerPermittedIdentifiers");
  }

  /// An extension that hands a push over to CallKit.
  void callFromExtension(const FunctionRef &R, const Call &C) {
    if (!StringRef(C.Name).starts_with("reportNewIncomingVoIPPushPayload") ||
        In.Settings.Incomplete || granting(Filtering))
      return;
    say({R.In, C.Where}, Severity::Warning,
        "no entitlements file claims '" + Filtering.str() +
            "', without which CallKit takes no push from an extension",
        "request the entitlement from Apple and add it to the extension");
  }

  const CheckInput &In;
  std::vector<Finding> &Out;
};
} // namespace

void checks::projectSettings(const CheckInput &In, std::vector<Finding> &Out) {
  if (mayReceiveVoIP(In))
    SettingsCheck(In, Out).run();
}
