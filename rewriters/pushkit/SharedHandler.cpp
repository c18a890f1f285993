//===-- SharedHandler.cpp - silent pushes do what VoIP pushes did ---------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/SharedHandler.h"
#include "matchers/checks/OldSystems.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/capture/Words.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/edit/Indentation.h"
#include "rewriters/launch/Launch.h"
#include "rewriters/pushkit/HandlerTail.h"
#include "rewriters/xcode/AppPlist.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

static constexpr StringRef Swift = SharedMethod;
static constexpr StringRef ObjC = "receivePush:";
static constexpr StringRef ObjCCompleting = "receivePush:completion:";

namespace {

class Share {
public:
  explicit Share(const FixRequest &R)
      : R(R), In(R.In), JH(R.handler()), T(handlerTail(In, JH)) {}

  std::optional<FixSet> run();

private:
  std::string whyNot() const;
  std::string method() const;
  std::string call(StringRef Receiver, StringRef Dictionary,
                   StringRef Completion) const;
  std::string spelled() const;
  std::string silentPush(StringRef Receiver) const;
  bool takeSilentPush(FixSet &Set);
  bool joinSilentPush(const File &F, const Function &Own, StringRef Receiver);
  void permit(FixSet &Set) const;
  bool declareInHeader();
  bool goesOn() const;
  bool isSwift() const { return JH.In->Source->language() == Language::Swift; }
  bool completes() const { return T.Need->usesCompletion(); }
  StringRef owner() const { return JH.function().Owner; }

  const FixRequest &R;
  const ProposeInput &In;
  const JudgedHandler &JH;
  HandlerTail T;
  Builders Edits;
};

} // namespace

std::string Share::whyNot() const {
  if (!T.Blocker.empty())
    return T.Blocker;
  const Function &F = JH.function();
  if (owner().empty())
    return "the handler is no method";
  if (JH.H->IsAsync)
    return "the handler is asynchronous";
  for (StringRef Name : {Swift, ObjC, ObjCCompleting})
    if (!In.Functions.members(owner(), Name).empty())
      return "its type has a " + Name.str() + " already";
  // Names of Swift before 3: its types are others.
  if (isSwift() && F.Labels.size() > 1 &&
      StringRef(F.Labels[1]).ends_with("WithPayload"))
    return "it is written in a Swift before 3";
  if (asksFor13(F))
    return "what it does depends on the version of iOS";
  return "";
}

/// "receivePush(userInfo, completion: done)", without the line's end.
std::string Share::call(StringRef Receiver, StringRef Dictionary,
                        StringRef Completion) const {
  std::string Text;
  if (isSwift()) {
    Text = Receiver.str() + Swift.str() + "(" + Dictionary.str();
    if (!Completion.empty())
      Text += ", completion: " + Completion.str();
    return Text + ")";
  }
  Text = "[" + Receiver.str() + " receivePush:" + Dictionary.str();
  if (!Completion.empty())
    Text += " completion:" + Completion.str();
  return Text + "];";
}

/// How people write the method's name.
std::string Share::spelled() const {
  if (isSwift())
    return completes() ? "receivePush(_:completion:)" : "receivePush(_:)";
  return "-" + (completes() ? ObjCCompleting : ObjC).str();
}

/// The method around the line $BODY, in template form.
std::string Share::method() const {
  const Function &F = JH.function();
  std::string Dictionary = T.Need->dictionaryName();
  std::string Text =
      "/// What a push leads to, whichever way it came. Silent pushes take the "
      "place\n/// of VoIP pushes, which are for calls.\n";
  if (!isSwift())
    return Text + "- (void)receivePush:(NSDictionary *)" + Dictionary +
           (completes() ? " completion:(void (^)(void))" + T.H.Completion
                        : std::string()) +
           " {\n$BODY\n}\n";
  if (F.Access == "public" || F.Access == "open")
    Text += "public ";
  if (F.Isolation == "nonisolated")
    Text += "nonisolated ";
  std::string Label = T.H.Completion == "completion"
                          ? "completion"
                          : "completion " + T.H.Completion;
  return Text + "func receivePush(_ " + Dictionary + ": [AnyHashable: Any]" +
         (completes() ? ", " + Label + ": @escaping () -> Void"
                      : std::string()) +
         ") {\n$BODY\n}\n";
}

/// The app delegate's method, in template form.
std::string Share::silentPush(StringRef Receiver) const {
  if (!isSwift()) {
    std::string Text =
        "/// Silent pushes bring what VoIP pushes brought.\n"
        "- (void)application:(UIApplication *)application\n"
        "    didReceiveRemoteNotification:(NSDictionary *)userInfo\n"
        "          fetchCompletionHandler:(void (^)(UIBackgroundFetchResult "
        "result))completionHandler {\n";
    if (completes())
      return Text + "\t[" + Receiver.str() +
             " receivePush:userInfo completion:^{\n"
             "\t\tcompletionHandler(UIBackgroundFetchResultNewData);\n"
             "\t}];\n}\n";
    return Text + "\t[" + Receiver.str() +
           " receivePush:userInfo];\n"
           "\tcompletionHandler(UIBackgroundFetchResultNewData);\n}\n";
  }
  std::string Text =
      "/// Silent pushes bring what VoIP pushes brought.\n"
      "func application(_ application: UIApplication,\n"
      "                 didReceiveRemoteNotification userInfo: [AnyHashable: "
      "Any],\n"
      "                 fetchCompletionHandler completionHandler: @escaping "
      "(UIBackgroundFetchResult) -> Void) {\n";
  std::string Front = Receiver == "self" ? "" : Receiver.str() + ".";
  if (Receiver.consume_back("?")) {
    StringRef Name = Receiver.substr(Receiver.rfind('.') + 1);
    Text += "\tguard let " + Name.str() + " = " + Receiver.str() +
            " else {\n\t\tcompletionHandler(.noData)\n\t\treturn\n\t}\n";
    Front = Name.str() + ".";
  }
  if (completes())
    return Text + "\t" + Front +
           "receivePush(userInfo) {\n"
           "\t\tcompletionHandler(.newData)\n\t}\n}\n";
  return Text + "\t" + Front +
         "receivePush(userInfo)\n"
         "\tcompletionHandler(.newData)\n}\n";
}

/// The app delegate's own method \p Own takes silent pushes and does nothing
/// with them but log: it may lead here. False if it does more, since nothing
/// tells which of its pushes are the server's new ones.
bool Share::joinSilentPush(const File &F, const Function &Own,
                           StringRef Receiver) {
  if (Own.Parameters.size() < 3 || Own.Body.empty())
    return false;
  const std::string &Push = Own.Parameters[1].Name;
  const std::string &Handler = Own.Parameters[2].Name;
  const Step *Ending = nullptr;
  for (const Step &S : Own.Steps) {
    bool Ends = mentions(F, S.Where, Handler);
    bool IsPlain = (S.K == Step::Kind::Do || S.K == Step::Kind::Declare) &&
                   S.Closures.empty() && !S.InMacro &&
                   isQuiet(S, In.Apis, F.Source->language(), Handler);
    if (!IsPlain || (Ends && Ending) || (Ending && !Ends))
      return false;
    if (Ends)
      Ending = &S;
  }
  bool MayBeNil = Receiver.ends_with("?");
  if (!Ending || (MayBeNil && completes()))
    return false;
  Builder &B = Edits.of(F);
  StringRef Indent = F.Source->indentation(Ending->Where.Begin);
  std::string Front;
  if (!isSwift())
    Front = Receiver.str() + " ";
  else if (Receiver != "self" || B.style().SelfDot)
    Front = Receiver.str() + ".";
  std::string Call = isSwift() ? Front + Swift.str() + "(" + Push + ")"
                               : "[" + Front + "receivePush:" + Push;
  std::string Done = B.text(Ending->Where).str();
  if (!isSwift() && !StringRef(Done).ends_with(";"))
    Done += ";";
  if (!completes())
    Call += (isSwift() ? "\n" : "];\n") + Done + "\n";
  else
    Call += (isSwift() ? " {\n\t" : " completion:^{\n\t") + Done + "\n}" +
            (isSwift() ? "\n" : "];\n");
  std::string Text = B.layOut(Call, Indent);
  Range Whole = Ending->Where;
  if (!isSwift() && F.Source->bytes().substr(Whole.End).starts_with(";"))
    ++Whole.End;
  B.replace(Whole, StringRef(Text).trim().str());
  return true;
}

/// Lets the app delegate call the method for silent pushes, if it can name the
/// handler's object.
bool Share::takeSilentPush(FixSet &Set) {
  StringRef Path = JH.In->Source->path();
  auto IsOurs = [&](const std::optional<LaunchPlace> &Place) {
    return Place &&
           xcode::belongsTogether(In.Project.infoPlists(), In.Project.targets(),
                                  Path, Place->Launch.In->Source->path());
  };
  std::optional<LaunchPlace> Launch = launchPlace(In.Functions, owner(), Path);
  if (!IsOurs(Launch) || !Launch->IsKept)
    if (std::optional<LaunchPlace> Named =
            namedByDelegate(In.Functions, owner(), Path);
        IsOurs(Named))
      Launch = std::move(Named);
  if (!IsOurs(Launch))
    Launch.reset();
  const Function *Own =
      Launch ? silentPushMethod(In.Functions, Launch->Launch.Fn->Owner)
             : nullptr;
  const File *Delegate = Launch ? Launch->Launch.In : nullptr;
  bool Fits = Launch && Launch->IsKept &&
              (Delegate->Source->language() == Language::Swift) == isSwift();
  bool Taken = false;
  // A method of a superclass elsewhere would have to be overridden.
  if (Fits && !Own && !Launch->Launch.Fn->IsOverride) {
    Edits.of(*Delegate).insertMemberAfter(*Launch->Launch.Fn,
                                          silentPush(Launch->Receiver));
    Taken = true;
  } else if (Fits && Own && Own->Owner == Launch->Launch.Fn->Owner &&
             llvm::any_of(Delegate->Functions,
                          [&](const Function &Fn) { return &Fn == Own; })) {
    Taken = joinSilentPush(*Delegate, *Own, Launch->Receiver);
  }
  if (Taken) {
    if (!isSwift() && Delegate != JH.In && !declareInHeader())
      Set.LeftToDo.push_back("Declare " + spelled() + " in the header of " +
                             owner().str() + ".");
    return true;
  }
  if (!isSwift())
    declareInHeader();
  Set.LeftToDo.push_back("Call " + spelled() + " of " + owner().str() + " in " +
                         (Own ? Own->Symbol
                              : std::string("the app delegate's application(_:"
                                            "didReceiveRemoteNotification:"
                                            "fetchCompletionHandler:)")) +
                         " for the pushes that used to be VoIP pushes.");
  return false;
}

bool Share::declareInHeader() {
  for (const FunctionSource::TypeRef &Ref : In.Functions.types(owner()))
    if (Ref.T->K == Type::Kind::Interface &&
        Ref.In->Source->path().ends_with(".h")) {
      Edits.of(*Ref.In).insertMember(
          *Ref.T,
          "/// What a push leads to, whichever way it came.\n- "
          "(void)receivePush:(NSDictionary *)userInfo" +
              std::string(completes() ? " completion:(void (^)(void))completion"
                                      : "") +
              ";\n");
      return true;
    }
  return false;
}

/// Something that the statements start may go on when they have ended.
bool Share::goesOn() const {
  return llvm::any_of(JH.V.Steps, [&](const Work &W) {
    const Place &At = W.HandlerAt ? W.HandlerAt : W.At;
    if (At.In != JH.In || !T.Where.contains(At.Where.Begin))
      return false;
    const Api *A =
        W.C ? In.Apis.find(*W.C, W.At.In->Source->language()) : nullptr;
    return A ? A->IsAsync : W.E == Effect::Unknown || W.E == Effect::AsyncHop;
  });
}

/// Adds the background mode to the app's Info.plist, or says that it is
/// missing.
void Share::permit(FixSet &Set) const {
  xcode::addToPlists(
      Set,
      xcode::plistsToEdit(In.Project.infoPlists(), In.Project.targets(),
                          JH.In->Source->path()),
      [&](StringRef Path) { return In.Project.read(Path); },
      {{"UIBackgroundModes", {"remote-notification"}}},
      "Add remote-notification to UIBackgroundModes");
}

std::optional<FixSet> Share::run() {
  if (T.Blocker.empty() && !T.HasWork)
    return std::nullopt; // nothing to share
  if (std::string Why = whyNot(); !Why.empty()) {
    R.advise("What this does cannot be shared with silent pushes as it "
             "stands: " +
             Why + ".");
    return std::nullopt;
  }
  // The moved statements may give a name of their own to what comes.
  std::vector<Word> All = words(JH.In->Source->bytes(), JH.function().Body,
                                JH.In->Source->language());
  auto IsTaken = [&](StringRef Name) {
    return llvm::any_of(All, [&](const Word &W) {
      return W.Text == Name && !W.IsMember && !W.IsLabel;
    });
  };
  for (StringRef Name : {"userInfo", "push", "pushed"})
    if (!IsTaken(Name)) {
      T.Need->nameDictionary(Name);
      break;
    }

  FixSet Set;
  Set.Findings = R.Findings;
  Set.Title = "Let silent pushes do what VoIP pushes do";
  Set.Why = std::string(R.isToLeave()
                            ? "The app reports no calls, so that iOS 13 and "
                              "later end it for each VoIP push."
                            : "The handler reports no calls, so that iOS 13 "
                              "and later end the app for each VoIP push.") +
            " What the handler does becomes receivePush, which a silent push "
            "leads to as well; the server can switch without anything being "
            "lost.";
  const SourceFile &Source = *JH.In->Source;
  Builder &B = Edits.of(*JH.In);
  StringRef To = Source.indentation(JH.function().Steps.front().Where.Begin);
  StringRef From = Source.indentation((*T.List)[T.First].Where.Begin);
  std::string Body;
  for (const Needs::Recomputed &P : T.Need->prelude())
    Body +=
        reindented(P.Text, Source.indentation(P.DeclaredBy->Where.Begin), To) +
        B.style().LineEnding;
  Body += reindented(T.Need->text(T.Where), From, To);
  std::string Receiver = !isSwift() ? "self" : B.style().SelfDot ? "self." : "";
  B.replace(T.Where,
            call(Receiver, T.Dictionary, completes() ? T.H.Completion : ""));
  B.insertMemberAfter(JH.function(), method(), Body);
  if (takeSilentPush(Set)) {
    permit(Set);
    if (!completes() && goesOn())
      Set.LeftToDo.push_back(
          "iOS may suspend the app once the fetch completion handler is "
          "called, which happens as soon as receivePush returns: call it where "
          "what that starts has ended.");
  }
  Edits.addTo(Set);

  Set.LeftToDo.push_back(
      "Let the server send a silent push (apns-push-type: background, "
      "apns-priority: 5, \"content-available\": 1 and nothing else in aps, the "
      "keys of the VoIP push beside it) to the APNs token.");
  Set.LeftToDo.push_back(
      "iOS holds silent pushes back as it sees fit, and brings none to an app "
      "that its user has closed: what people have to see in time has to be an "
      "alert push, whose text the server or a notification service sets.");
  if (StringRef(Body).contains("\"aps\""))
    Set.LeftToDo.push_back(
        "In such a push 'aps' has Apple's keys only: let the server send what "
        "the code reads there under keys of its own.");
  for (const Registration &Reg : JH.In->Registrations)
    if (Reg.Owner == owner() && !Reg.Queue.empty() && Reg.Queue != "nil" &&
        !StringRef(Reg.Queue).contains("main")) {
      Set.LeftToDo.push_back("Silent pushes come on the main thread, VoIP "
                             "pushes on " +
                             Reg.Queue +
                             ": move what takes long off the main thread.");
      break;
    }
  return Set;
}

std::optional<FixSet> ringfence::shareHandler(const FixRequest &R) {
  return Share(R).run();
}

std::optional<FixSet> ringfence::shareMessages(const FixRequest &R) {
  const JudgedHandler &J = R.handler();
  bool ForCalls =
      J.V.R != Reports::Never || !J.V.ReportSites.empty() ||
      llvm::any_of(J.V.Steps, [](const Work &W) {
        return W.E == Effect::CallReport || W.E == Effect::CallUpdate ||
               W.E == Effect::CallSetup || W.E == Effect::Signalling ||
               W.E == Effect::AudioSession;
      });
  if (J.IsDead || ForCalls || restOf(R.In, J).CallsShared)
    return std::nullopt;
  return shareHandler(R);
}

HandlerRest ringfence::restOf(const ProposeInput &In, const JudgedHandler &J) {
  HandlerRest Rest;
  auto Look = [&](auto &&Self, const std::vector<Step> &Steps) -> void {
    for (const Step &S : Steps) {
      bool Shares = false, Asks = false;
      for (const Call &C : S.Calls) {
        Shares |= C.OnSelf && (C.Name == Swift || C.Name == ObjC ||
                               C.Name == ObjCCompleting);
        Asks |= C.Name == "scheduleBackgroundRefresh";
      }
      Rest.CallsShared |= Shares;
      Rest.AsksForTask |= Asks;
      if (Shares || Asks)
        continue;
      if (S.K == Step::Kind::Branch)
        for (const Arm &A : S.Arms) {
          // Where a push need not be reported nothing has to go elsewhere.
          if (!isBelow13Only(S, A))
            Self(Self, A.Steps);
        }
      else if (!isQuiet(S, In.Apis, J.In->Source->language(), J.H->Completion))
        Rest.Works.push_back(&S);
    }
  };
  Look(Look, J.function().Steps);
  return Rest;
}
