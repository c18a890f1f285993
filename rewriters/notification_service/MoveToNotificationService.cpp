//===-- MoveToNotificationService.cpp - message work moves ----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/MoveToNotificationService.h"
#include "rewriters/capture/Clauses.h"
#include "rewriters/capture/Host.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/notification_service/AppGroup.h"
#include "rewriters/notification_service/Imports.h"
#include "rewriters/notification_service/Posted.h"
#include "rewriters/notification_service/ServiceCall.h"
#include "rewriters/notification_service/ServiceText.h"
#include "rewriters/notification_service/Services.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <set>

using namespace ringfence;
using llvm::StringRef;

namespace {

/// Makes one handler's set.
class Move {
public:
  explicit Move(const FixRequest &R)
      : R(R), In(withAppGroup(R.In, R.handler().In->Source->path())),
        JH(R.handler()), Services(servicesOf(this->In, JH)),
        L(layoutOf(*JH.In)) {}

  std::optional<FixSet> run();
  bool isMoved();

private:
  static SourceLayout layoutOf(const File &F) {
    Style S = styleOf(F);
    return {F.Source->language() == Language::Swift, S.Unit, S.LineEnding};
  }
  /// Info.plist files of the app that the handler is part of.
  std::vector<std::string> plists() const {
    return xcode::infoPlistsFor(In.Project.infoPlists(), In.Project.targets(),
                                JH.In->Source->path());
  }
  void gather();
  std::optional<FixSet> extension() const;
  std::optional<FixSet> move() const;
  /// A notification that moves and the type that its content comes from then.
  struct Filler {
    const PostedNotification *N = nullptr;
    std::string Name;
    bool IsAdded = false; ///< shown beside another one, for the same push
  };
  std::vector<Filler> chooseFillers() const;
  void shareFillers(FixSet &Set, const std::vector<Filler> &Fillers) const;
  void callService(FixSet &Set, const std::vector<FillerName> &Fillers) const;
  void sayWhatIsLeft(FixSet &Set, const PostedNotification &N,
                     const std::string &Name) const;
  bool anyMoved() const;
  bool isMovedAlready(const PostedNotification &P) const;
  void adviseSilent() const;
  void adviseBlocked() const;
  std::string freeName(StringRef Kind, const std::vector<Filler> &Taken) const;
  FixSet begin() const;

  const FixRequest &R;
  const ProposeInput In; ///< with the app group of the entitlements
  const JudgedHandler &JH;
  std::vector<std::string> Services; ///< sources of a service already there
  SourceLayout L;
  std::vector<PostedNotification> Posted;
  /// Work that no notification found here covers.
  std::vector<std::string> Left;
};

} // namespace

std::optional<FixSet> Move::run() {
  if (JH.IsDead)
    return std::nullopt;
  gather();
  return R.Step == MigrationStep::Extension ? extension() : move();
}

/// Whether \p A and \p B are one helper's, called by two statements.
static bool isCalledElsewhere(const PostedNotification &A,
                              const PostedNotification &B) {
  return A.H.Caller && B.H.Caller &&
         A.H.CallLevels.back().step().Where.Begin !=
             B.H.CallLevels.back().step().Where.Begin;
}

void Move::gather() {
  std::vector<const Work *> Works;
  for (unsigned I : R.Findings)
    for (unsigned S : In.Findings[I].Steps)
      Works.push_back(&JH.V.Steps[S]);
  for (const Work *W : Works) {
    if (W->E != Effect::LocalNotification)
      continue;
    std::optional<Host> H = hostOf(In, JH, *W);
    if (!H)
      continue;
    std::optional<PostedNotification> N =
        postedNotification(In, *H, W->At.Where.Begin);
    if (!N)
      continue;
    auto Same = llvm::find_if(Posted, [&](const PostedNotification &P) {
      return P.H.In == N->H.In && P.key() == N->key();
    });
    if (Same == Posted.end())
      Posted.push_back(std::move(*N));
    else
      Same->HasOtherCalls |= isCalledElsewhere(*Same, *N);
  }
  // Where nothing is shown, the badge may be all that a message changes.
  for (const Work *W : Works)
    if (W->E == Effect::Badge && Posted.empty())
      if (std::optional<Host> H = hostOf(In, JH, *W))
        if (std::optional<PostedNotification> N =
                badgeOfPush(In, *H, W->At.Where.Begin))
          Posted.push_back(std::move(*N));
  for (const Work *W : Works) {
    bool Covered = llvm::any_of(Posted, [&](const PostedNotification &P) {
      return P.covers(W->At) || P.covers(W->HandlerAt);
    });
    std::string Name =
        W->Api + " (line " +
        std::to_string(W->HandlerAt ? W->HandlerAt.line() : W->At.line()) + ")";
    if (!Covered && !llvm::is_contained(Left, Name))
      Left.push_back(std::move(Name));
  }
}

FixSet Move::begin() const {
  FixSet Set;
  Set.Findings = R.Findings;
  const SourceFile &S = *JH.In->Source;
  Set.Files[S.path().str()] = contentHash(S.bytes());
  return Set;
}

std::optional<FixSet> Move::extension() const {
  if (!Services.empty())
    return std::nullopt;
  xcode::AppLayout App = xcode::appLayout(plists(), JH.In->Source->path());
  std::string Folder = App.serviceFolder();
  std::string Target = StringRef(Folder).rsplit('/').second.str();
  if (Target.empty())
    Target = Folder;

  FixSet Set = begin();
  Set.Title = "Add a notification service extension";
  Set.Why = "Messages belong in a notification service: iOS starts it for each "
            "alert push, so that no VoIP push is needed for them. This one "
            "passes every notification on unchanged.";
  Set.NewFiles = serviceSources(Folder, L, {});
  Set.NewFiles.push_back(
      {Folder + "/Info.plist", xcode::serviceInfoPlist(Target, L.IsSwift)});
  Set.NewFiles.push_back({Folder + "/" + Target + ".entitlements",
                          xcode::serviceEntitlements(In.Options.AppGroup)});
  Set.LeftToDo = {
      "In Xcode, add a Notification Service Extension target named " + Target +
          " made of the files in " + Folder +
          ", with the app's deployment target, and embed it in the app.",
      "Let the server send messages as alert pushes with \"mutable-content\": "
      "1 "
      "to the APNs token; an extension does not run for VoIP pushes."};
  if (In.Options.AppGroup.empty())
    Set.LeftToDo.push_back(
        "If the extension has to reach the app's data, put both into an app "
        "group and name it under 'app-group' in .ringfence.yaml.");
  return Set;
}

std::string Move::freeName(StringRef Kind,
                           const std::vector<Filler> &Taken) const {
  std::string Base;
  bool Upper = true;
  for (char C : Kind) {
    if (llvm::isAlnum(C)) {
      Base += Upper ? llvm::toUpper(C) : C;
      Upper = false;
    } else {
      Upper = true;
    }
  }
  if (Base.empty() || !llvm::isAlpha(Base.front()))
    Base = "Message";
  for (std::string Name :
       {Base + "Notification", "Pushed" + Base + "Notification",
        Base + "NotificationContent", Base + "NotificationFromPush"})
    if (In.Functions.types(Name).empty() &&
        llvm::none_of(Taken, [&](const Filler &F) { return F.Name == Name; }))
      return Name;
  return "";
}

/// Lets the service hand its notifications to each of \p Fillers.
void Move::callService(FixSet &Set,
                       const std::vector<FillerName> &Fillers) const {
  if (Services.empty()) {
    xcode::AppLayout App = xcode::appLayout(plists(), JH.In->Source->path());
    std::vector<NewFile> Plain = serviceSources(App.serviceFolder(), L, {});
    std::vector<NewFile> Filled =
        serviceSources(App.serviceFolder(), L, Fillers);
    for (unsigned I = 0; I != Filled.size(); ++I) {
      if (Filled[I].Text != Plain[I].Text)
        Filled[I].InsteadOf = Plain[I].Text;
      Set.NewFiles.push_back(std::move(Filled[I]));
    }
    Set.LeftToDo.push_back("The step 'extension' belongs to this one: it adds "
                           "the extension's Info.plist and entitlements.");
    return;
  }
  const std::string &Path = Services.front();
  std::optional<std::string> Text = In.Project.read(Path);
  std::optional<std::vector<Edit>> Edits;
  if (Text && StringRef(Path).ends_with(".swift") == L.IsSwift)
    Edits = fillerEdits(Path, *Text, Fillers);
  if (Edits) {
    llvm::append_range(Set.Edits, *Edits);
    Set.Files[Path] = contentHash(*Text);
    return;
  }
  const File *Service = In.Project.file(Path);
  if (Service && StringRef(Path).ends_with(".swift") == L.IsSwift &&
      callFillersInService(Set, *Service, Fillers))
    return;
  for (const auto &[Name, Waits, IsAdded] : Fillers)
    Set.LeftToDo.push_back(
        "Call " +
        (L.IsSwift ? Name + "().fill(content, from: request.content.userInfo)"
                   : "-[" + Name + " fillContent:fromUserInfo:" +
                         (Waits ? "then:]" : "]")) +
        " in " + Path +
        (IsAdded ? " with a new content, and add a notification of it if it "
                   "has a text, before the pushed one is handed back."
         : Waits ? ", keep the object, and hand the content back when it calls "
                   "back, once: the time may run out before."
                 : " before it hands the content back."));
}

bool Move::anyMoved() const {
  return llvm::any_of(
      Posted, [&](const PostedNotification &P) { return isMovedAlready(P); });
}

bool Move::isMovedAlready(const PostedNotification &P) const {
  return P.IsMoved || !writtenFiller(In, L, P).empty();
}

bool Move::isMoved() {
  gather();
  return llvm::any_of(Posted, [&](const PostedNotification &P) {
    std::string Filler = writtenFiller(In, L, P);
    return P.IsMoved || (!Filler.empty() && serviceNames(In, Services, Filler));
  });
}

/// Work that a silent push has to do is none of the extension's.
void Move::adviseSilent() const {
  for (unsigned I : R.Findings) {
    Finding &F = In.Findings[I];
    if (F.Advice.empty() && !F.Steps.empty() &&
        llvm::all_of(F.Steps, [&](unsigned Step) {
          return R.handler().V.Steps[Step].D == Destination::BackgroundPush;
        }))
      F.Advice = "Let application(_:didReceiveRemoteNotification:"
                 "fetchCompletionHandler:) do this for a silent push, by hand; "
                 "the handler's statements stay until the server sends one.";
  }
}

void Move::adviseBlocked() const {
  adviseSilent();
  std::vector<std::string> Why;
  bool AnyMoved = false;
  for (const PostedNotification &P : Posted) {
    AnyMoved |= isMovedAlready(P);
    for (const std::string &B : P.Blockers)
      if (!llvm::is_contained(Why, B))
        Why.push_back(B);
  }
  if (Why.empty() && !AnyMoved && Posted.size() > 1)
    Why.push_back("the handler shows " + std::to_string(Posted.size()) +
                  " different notifications, and nothing in the push alone "
                  "tells which one is meant");
  if (!Why.empty())
    R.advise("The work cannot move into the extension as it stands: " +
             listed(Why) + ".");
  else if (AnyMoved)
    R.advise("The extension shares the code that fills the content; the "
             "handler's copy goes in the step 'clean-up', once the server has "
             "switched to alert pushes.");
  else if (!Left.empty())
    R.advise("No local notification is built here that an extension could "
             "complete; " +
             listed(Left) + (Left.size() == 1 ? " has" : " have") +
             " to be given a place by hand.");
}

/// The statements go to types of their own; the handler calls them.
void Move::shareFillers(FixSet &Set, const std::vector<Filler> &Fillers) const {
  Builders Edits;
  std::map<const File *, std::string> Headers;
  for (const auto &[N, Name, IsAdded] : Fillers) {
    StringRef Path = N->H.In->Source->path();
    std::string Folder = Path.contains('/') ? Path.rsplit('/').first.str() : "";
    FillerImports I = fillerImports(In, *N);
    llvm::append_range(
        Set.NewFiles, fillerSources(Folder, L, Name, *N, I.Modules, I.Headers));
    // The handler's own notification stays until the server has switched.
    if (N->staysInHandler())
      continue;
    Builder &B = Edits.of(*N->H.In);
    removeSteps(B, N->list(), llvm::ArrayRef(N->Moved).drop_back());
    const ringfence::Step &Last = N->list()[N->Moved.back()];
    B.replace(Last.WithComments, fillerCall(*N, Name));
    if (!L.IsSwift)
      Headers[N->H.In] += "#import \"" + Name + ".h\"" + L.LineEnding;
  }
  for (const auto &[F, Lines] : Headers)
    Edits.of(*F).insert(F->ImportInsertion, Lines);
  Edits.addTo(Set);
}

void Move::sayWhatIsLeft(FixSet &Set, const PostedNotification &N,
                         const std::string &Name) const {
  if (N.Need->usesStandardDefaults()) {
    if (In.Options.AppGroup.empty())
      Set.A = Applicability::Placeholders;
    Set.LeftToDo.push_back(
        "The app's standard defaults are not there in an extension: move the "
        "values that are read here into the app group's suite once.");
  }
  if (N.HasOtherCalls)
    Set.LeftToDo.push_back(
        "'" + StringRef(N.H.Fn->Name).split(':').first.str() +
        "' shows other pushes too, which the extension leaves as the server "
        "sends them.");
  if (N.IsLocal && !N.IsBadge)
    Set.LeftToDo.push_back(
        "Taps on a pushed notification arrive at "
        "userNotificationCenter(_:didReceive:withCompletionHandler:), not "
        "where those on a UILocalNotification do.");
  if ((N.IsLocal && !N.IsBadge) || N.AsksForAppState)
    Set.LeftToDo.push_back(
        "While the app is in front, "
        "userNotificationCenter(_:willPresent:withCompletionHandler:) decides "
        "whether a pushed notification shows.");
  if (!N.Lost.empty())
    Set.LeftToDo.push_back("A pushed notification goes without " +
                           listed(N.Lost) + ".");
  // A target compiles no headers.
  std::vector<std::string> Sources;
  for (const std::string &Path : N.Need->sources())
    if (!StringRef(Path).ends_with(".h"))
      Sources.push_back(Path);
  bool Shares = !Sources.empty();
  for (const NewFile &F : Set.NewFiles)
    if (F.InsteadOf.empty() && !StringRef(F.Path).ends_with(".h") &&
        StringRef(F.Path).contains(Name + "."))
      Sources.insert(Sources.begin(), F.Path);
  Set.LeftToDo.push_back(
      "Add " + listed(Sources) + " to the extension's target" +
      (Shares ? "; keychain items and defaults that they read have to be in a "
                "group that the extension shares."
              : "."));
  if (std::vector<std::string> Unasked = N.unasked(); !Unasked.empty())
    Set.LeftToDo.push_back(
        "The handler shows this only if " + listed(Unasked) +
        "; let the server send alert pushes for these alone, since an "
        "extension cannot hide one without the filtering entitlement.");
  if (!N.Guards.empty() || !N.CallGuards.empty())
    Set.LeftToDo.push_back(
        "The extension completes the pushes that the handler shows this for, "
        "by the same keys of the payload; let alert pushes carry them too.");
  if (llvm::any_of(Set.NewFiles, [](const NewFile &F) {
        return StringRef(F.Text).contains("\"aps\"");
      }))
    Set.LeftToDo.push_back(
        "In an alert push 'aps' has Apple's form: 'alert' may be a dictionary, "
        "and other values than text stand beside it. Let the server send what "
        "the moved code reads there as it is read, or under keys of its own.");
  if (N.IsBadge)
    Set.LeftToDo.push_back(
        "An alert push may carry the number itself, under 'badge' in 'aps': "
        "iOS sets it without any code.");
  Set.LeftToDo.push_back(
      "Keep alert pushes within 4096 bytes; VoIP pushes may have 5120.");
  if (N.Identifier)
    Set.LeftToDo.push_back(
        "Let the server send the request's identifier as apns-collapse-id; "
        "code that removes delivered notifications by it finds it under "
        "'notificationIdentifier' in userInfo.");
}

/// Whether no push leads to both notifications: they stand in two arms of one
/// statement, or ask the same of the push and expect different answers.
static bool areExclusive(const PostedNotification &A,
                         const PostedNotification &B) {
  auto WaysTo = [](const PostedNotification &N) {
    std::vector<Level> All = N.Levels;
    for (const Host *H = &N.H; H->Caller; H = H->Caller.get())
      llvm::append_range(All, H->CallLevels);
    return All;
  };
  for (const Level &La : WaysTo(A))
    for (const Level &Lb : WaysTo(B))
      if (La.Owner && La.Owner == Lb.Owner && La.InArm && Lb.InArm &&
          La.InArm != Lb.InArm)
        return true;
  auto Asked = [](const PostedNotification &N, const PushGuard &G) {
    StringRef Text = N.H.In->Source->text(G.Question);
    StringRef Literal = Text.take_back(Text.size() - Text.rfind("==") - 2);
    return Text.contains("==")
               ? std::pair(Text.drop_back(Literal.size()), Literal.trim())
               : std::pair(StringRef(), StringRef());
  };
  for (const PushGuard &Ga : A.Guards)
    for (const PushGuard &Gb : B.Guards) {
      auto [QuestionA, AnswerA] = Asked(A, Ga);
      auto [QuestionB, AnswerB] = Asked(B, Gb);
      if (Ga.IsTelling && Gb.IsTelling && !QuestionA.empty() &&
          QuestionA == QuestionB && AnswerA != AnswerB)
        return true;
    }
  return false;
}

/// Whether every push that leads to \p B leads to \p A first, and the push
/// alone says whether it leads to \p B: an extension can show both.
static bool isBeside(const PostedNotification &A, const PostedNotification &B) {
  bool IsPlain = !B.IsLocal && !B.IsCopied && !B.waits() && !B.Decision &&
                 B.Conditions.empty() && !B.AsksForAppState &&
                 !B.Guards.empty();
  return IsPlain && A.H.Fn == B.H.Fn &&
         llvm::any_of(B.Levels, [&](const Level &L) {
           return L.List == &A.list() && L.Index > A.Post;
         });
}

/// The notifications that move, in the handler's order.
std::vector<Move::Filler> Move::chooseFillers() const {
  std::vector<Filler> All;
  for (const PostedNotification &P : Posted) {
    // The extension sees every alert: each filler has to know its own.
    if (!P.Blockers.empty() ||
        (Posted.size() > 1 && P.Guards.empty() && P.CallGuards.empty()))
      continue;
    bool IsAdded = false;
    if (!llvm::all_of(All, [&](const Filler &F) {
          if (!F.N->IsLocal && !P.IsLocal && areExclusive(*F.N, P))
            return true;
          bool Beside = F.IsAdded ? !isBeside(P, *F.N) : isBeside(*F.N, P);
          IsAdded |= Beside;
          return Beside;
        }))
      continue;
    // Both are of one kind: the second is called what the handler calls it.
    StringRef Own = P.Content;
    Own.consume_back("Content");
    std::string Name = freeName(All.empty() ? "message"
                                : !IsAdded  ? StringRef(P.Kind)
                                : Own.equals_insensitive("content") ? "other"
                                                                    : Own,
                                All);
    if (!Name.empty())
      All.push_back({&P, std::move(Name), IsAdded});
  }
  return All;
}

std::optional<FixSet> Move::move() const {
  // A second move would not know which content the first one fills.
  std::vector<Filler> Fillers;
  if (!anyMoved())
    Fillers = chooseFillers();
  if (Fillers.empty()) {
    adviseBlocked();
    return std::nullopt;
  }
  std::vector<std::string> Names;
  std::vector<FillerName> Called;
  for (const Filler &F : Fillers) {
    Names.push_back(F.Name);
    Called.push_back({F.Name, F.N->waits(), F.IsAdded});
  }
  bool One = Names.size() == 1;
  FixSet Set = begin();
  Set.Title = "Share what message notifications show with the extension";
  Set.Why = std::string("The statements that fill the notification") +
            (One ? " become " : "s become ") + listed(Names) +
            ", which the handler and the notification service both call: old "
            "pushes look as before, alert pushes look the same.";
  if (Fillers.front().N->IsBadge) {
    Set.Title = "Let the extension set the badge";
    Set.Why = "An extension has no UIApplication: " + Names.front() +
              " sets the pushed notification's badge to the same number. The "
              "handler stays as it is for the pushes of old servers.";
  } else if (Fillers.front().N->waits()) {
    Set.Title = "Let the extension show what the local notification shows";
    Set.Why = listed(Names) + (One ? " fills" : " fill") +
              " the pushed notification as the handler fills its own, and "
              "says when it has been called back; the extension's delivery "
              "ends then, or when time runs out. The handler stays as it is "
              "for the pushes of old servers.";
  } else if (Fillers.front().N->IsCopied &&
             !Fillers.front().N->Deeper.empty()) {
    Set.Title = "Let the extension show what the local notification shows";
    Set.Why = listed(Names) + (One ? " fills" : " fill") +
              " the pushed notification as the handler fills its own. The "
              "handler stays as it is for the pushes of old servers.";
  } else if (Fillers.front().N->IsCopied) {
    Set.Title = "Let the extension show what the local notification shows";
    Set.Why = listed(Names) + (One ? " fills" : " fill") +
              " the pushed notification with what the handler computes and "
              "hands to '" +
              StringRef(Fillers.front().N->H.Fn->Name).split(':').first.str() +
              "'. The handler stays as it is for the pushes of old servers.";
  } else if (Fillers.front().N->IsLocal) {
    Set.Title = "Let the extension show what the local notification shows";
    Set.Why = "An extension has no UILocalNotification: " + Names.front() +
              " fills the pushed notification with the same text, sound and "
              "badge. The handler stays as it is for the pushes of old "
              "servers.";
  }
  shareFillers(Set, Fillers);
  callService(Set, Called);
  for (const auto &[N, Name, IsAdded] : Fillers)
    sayWhatIsLeft(Set, *N, Name);
  if (Posted.size() > Fillers.size())
    Set.LeftToDo.push_back("Another notification of this handler stays there "
                           "for now.");
  if (!Left.empty())
    Set.LeftToDo.push_back("Stays in the handler: " + listed(Left) + ".");
  // What holds for each of them is said once.
  std::set<std::string> Said;
  llvm::erase_if(Set.LeftToDo, [&](const std::string &ToDo) {
    return !Said.insert(ToDo).second;
  });
  return Set;
}

std::optional<FixSet>
ringfence::moveToNotificationService(const FixRequest &R) {
  if (R.HandlerIndex < 0)
    return std::nullopt;
  return Move(R).run();
}

bool ringfence::isFilledByService(const FixRequest &R) {
  return R.HandlerIndex >= 0 && Move(R).isMoved();
}
