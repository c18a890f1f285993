//===-- MoveToNotificationService.cpp - message work moves ----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/MoveToNotificationService.h"
#include "rewriters/capture/Host.h"
#include "rewriters/edit/Builder.h"
#include "rewriters/notification_service/Imports.h"
#include "rewriters/notification_service/Posted.h"
#include "rewriters/notification_service/ServiceText.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

static constexpr StringRef CheckId = "ringfence-message-work";
static constexpr StringRef FixId = "move-to-notification-service";

namespace {

/// Everything that one handler's message work comes to.
struct MessageWork {
  int Handler = -1;
  std::vector<unsigned> Findings;
  std::vector<PostedNotification> Posted;
  /// Work that no local notification was found for, as the finding names it.
  std::vector<std::string> Left;
};

/// Proposes one step for all handlers of the run.
class Move {
public:
  Move(const ProposeInput &In, MigrationStep Step)
      : In(In), Step(Step), Services(services()) {}

  std::vector<FixSet> run();

private:
  std::vector<std::string> services() const;
  std::vector<MessageWork> gather() const;
  void addWork(MessageWork &Into, const Finding &F) const;
  std::optional<FixSet> extension(const MessageWork &W) const;
  std::optional<FixSet> move(const MessageWork &W) const;
  void callService(FixSet &Set, const std::string &Filler,
                   const xcode::AppLayout &App, const SourceLayout &L) const;
  void advise(const MessageWork &W, const std::string &Text) const;
  std::string freeName(StringRef Kind) const;

  const JudgedHandler &handler(const MessageWork &W) const {
    return In.Handlers[W.Handler];
  }
  SourceLayout layout(const MessageWork &W) const {
    Style S = styleOf(*handler(W).In);
    return {handler(W).In->Source->language() == Language::Swift, S.Unit,
            S.LineEnding};
  }
  FixSet begin(const MessageWork &W) const;

  const ProposeInput &In;
  MigrationStep Step;
  std::vector<std::string> Services; ///< sources of a service already there
};

} // namespace

/// Files that define a notification service.
std::vector<std::string> Move::services() const {
  std::vector<std::string> Paths;
  for (const std::string &Path :
       In.Project.filesWith("UNNotificationServiceExtension")) {
    const File *F = In.Project.file(Path);
    if (!F)
      continue;
    for (const Type &T : F->Types)
      if (T.K == Type::Kind::Implementation ||
          llvm::is_contained(T.Supertypes, "UNNotificationServiceExtension"))
        if (!StringRef(Path).ends_with(".h") &&
            !llvm::is_contained(Paths, Path))
          Paths.push_back(Path);
    // An Objective-C class names its superclass in a header.
    if (StringRef(Path).ends_with(".h")) {
      std::string Other = StringRef(Path).drop_back(2).str() + ".m";
      if (In.Project.read(Other) && !llvm::is_contained(Paths, Other))
        Paths.push_back(Other);
    }
  }
  return Paths;
}

std::vector<FixSet> Move::run() {
  std::vector<FixSet> Sets;
  for (const MessageWork &W : gather()) {
    std::optional<FixSet> Set =
        Step == MigrationStep::Extension ? extension(W) : move(W);
    if (Set)
      Sets.push_back(std::move(*Set));
  }
  return Sets;
}

std::vector<MessageWork> Move::gather() const {
  std::vector<MessageWork> All;
  for (unsigned I = 0; I != In.Findings.size(); ++I) {
    const Finding &F = In.Findings[I];
    if (F.Check != CheckId || F.HandlerIndex < 0 ||
        In.Handlers[F.HandlerIndex].IsDead)
      continue;
    auto W = llvm::find_if(
        All, [&](const MessageWork &M) { return M.Handler == F.HandlerIndex; });
    if (W == All.end()) {
      All.emplace_back();
      W = std::prev(All.end());
      W->Handler = F.HandlerIndex;
    }
    W->Findings.push_back(I);
    addWork(*W, F);
  }
  return All;
}

void Move::addWork(MessageWork &Into, const Finding &F) const {
  const JudgedHandler &JH = In.Handlers[F.HandlerIndex];
  for (unsigned Index : F.Steps) {
    const Work &W = JH.V.Steps[Index];
    std::optional<PostedNotification> N;
    if (W.E == Effect::LocalNotification)
      if (std::optional<Host> H = hostOf(In, JH, W))
        N = postedNotification(In, *H, W.At.Where.Begin);
    if (!N) {
      std::string Name = W.Api + " (line " + std::to_string(W.At.line()) + ")";
      if (!llvm::is_contained(Into.Left, Name))
        Into.Left.push_back(std::move(Name));
      continue;
    }
    bool Known = llvm::any_of(Into.Posted, [&](const PostedNotification &P) {
      return P.H.In == N->H.In && P.key() == N->key();
    });
    if (!Known)
      Into.Posted.push_back(std::move(*N));
  }
}

FixSet Move::begin(const MessageWork &W) const {
  FixSet Set;
  Set.Fix = FixId.str();
  Set.Step = Step;
  Set.Findings = W.Findings;
  const SourceFile &S = *handler(W).In->Source;
  Set.Files[S.path().str()] = contentHash(S.bytes());
  return Set;
}

void Move::advise(const MessageWork &W, const std::string &Text) const {
  for (unsigned I : W.Findings)
    if (In.Findings[I].Advice.empty())
      In.Findings[I].Advice = Text;
}

std::optional<FixSet> Move::extension(const MessageWork &W) const {
  if (!Services.empty())
    return std::nullopt;
  const JudgedHandler &JH = handler(W);
  SourceLayout L = layout(W);
  xcode::AppLayout App =
      xcode::appLayout(In.Project.infoPlists(), JH.In->Source->path());
  std::string Folder = App.serviceFolder();
  std::string Target = StringRef(Folder).rsplit('/').second.str();
  if (Target.empty())
    Target = Folder;

  FixSet Set = begin(W);
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
  Set.Id = stableId(Set, JH.function().Symbol);
  return Set;
}

/// "a, b and c"
static std::string listed(llvm::ArrayRef<std::string> Items) {
  std::string S;
  for (std::size_t I = 0; I != Items.size(); ++I)
    S += (I == 0 ? "" : I + 1 == Items.size() ? " and " : ", ") + Items[I];
  return S;
}

std::string Move::freeName(StringRef Kind) const {
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
        Base + "NotificationContent"})
    if (In.Functions.types(Name).empty())
      return Name;
  return Base + "NotificationFromPush";
}

/// Lets the service hand its notifications to \p Filler.
void Move::callService(FixSet &Set, const std::string &Filler,
                       const xcode::AppLayout &App,
                       const SourceLayout &L) const {
  if (Services.empty()) {
    std::vector<NewFile> Plain = serviceSources(App.serviceFolder(), L, {});
    std::vector<NewFile> Filled =
        serviceSources(App.serviceFolder(), L, {Filler});
    for (unsigned I = 0; I != Filled.size(); ++I) {
      if (Filled[I].Text != Plain[I].Text)
        Filled[I].InsteadOf = Plain[I].Text;
      Set.NewFiles.push_back(std::move(Filled[I]));
    }
    Set.LeftToDo.push_back("The step 'extension' comes first: it adds the "
                           "target's Info.plist and entitlements.");
    return;
  }
  const std::string &Path = Services.front();
  std::optional<std::string> Text = In.Project.read(Path);
  std::optional<std::vector<Edit>> Edits;
  if (Text && StringRef(Path).ends_with(".swift") == L.IsSwift)
    Edits = fillerEdits(Path, *Text, Filler);
  if (Edits) {
    llvm::append_range(Set.Edits, *Edits);
    Set.Files[Path] = contentHash(*Text);
    return;
  }
  Set.LeftToDo.push_back(
      "Call " +
      (L.IsSwift ? Filler + "().fill(content, from: request.content.userInfo)"
                 : "-[" + Filler + " fillContent:fromUserInfo:]") +
      " in " + Path + " before it hands the content back.");
}

std::optional<FixSet> Move::move(const MessageWork &W) const {
  const JudgedHandler &JH = handler(W);
  std::vector<std::string> Why;
  const PostedNotification *N = nullptr;
  bool AnyMoved = false;
  for (const PostedNotification &P : W.Posted) {
    AnyMoved |= P.IsMoved;
    if (P.IsMoved)
      continue;
    if (P.Blockers.empty() && !N)
      N = &P;
    for (const std::string &B : P.Blockers)
      if (!llvm::is_contained(Why, B))
        Why.push_back(B);
  }
  if (!N) {
    if (AnyMoved && Why.empty())
      advise(W, "The content is filled by code that the notification service "
                "shares; the handler's copy goes in the step 'clean-up', once "
                "the server has switched to alert pushes.");
    else if (!Why.empty())
      advise(W, "The work cannot move into the extension as it stands: " +
                    listed(Why) + ".");
    else if (!W.Left.empty())
      advise(W, "No local notification is built here that an extension could "
                "complete: " +
                    listed(W.Left) + " has to be given a place in it by hand.");
    return std::nullopt;
  }

  SourceLayout L = layout(W);
  const SourceFile &Source = *N->H.In->Source;
  StringRef HostPath = Source.path();
  std::string Folder =
      HostPath.contains('/') ? HostPath.rsplit('/').first.str() : "";
  xcode::AppLayout App = xcode::appLayout(In.Project.infoPlists(), HostPath);
  std::string Name = freeName("message");

  FixSet Set = begin(W);
  Set.Title = "Share what message notifications show with the extension";
  Set.Why = "The statements that fill the notification become " + Name +
            ", which the handler and the notification service both call: old "
            "pushes look as before, alert pushes look the same.";
  FillerImports I = fillerImports(In, *N);
  Set.NewFiles = fillerSources(Folder, L, Name, *N, I.Modules, I.Headers);

  Builder B(*N->H.In);
  for (unsigned M : llvm::ArrayRef(N->Moved).drop_back())
    B.remove(N->list()[M]);
  const ringfence::Step &Last = N->list()[N->Moved.back()];
  B.replace(Last.WithComments, fillerCall(*N, Name));
  if (!L.IsSwift)
    B.insert(N->H.In->ImportInsertion,
             "#import \"" + Name + ".h\"" + L.LineEnding);
  B.addTo(Set);
  callService(Set, Name, App, L);

  if (N->Need->usesStandardDefaults()) {
    if (In.Options.AppGroup.empty())
      Set.A = Applicability::Placeholders;
    Set.LeftToDo.push_back(
        "The app's standard defaults are not there in an extension: move the "
        "values that are read here into the app group's suite once.");
  }
  std::vector<std::string> Sources(N->Need->sources().begin(),
                                   N->Need->sources().end());
  Sources.insert(Sources.begin(), Set.NewFiles.front().Path);
  Set.LeftToDo.push_back(
      "Add " + listed(Sources) + " to the extension's target" +
      (Sources.size() > 1 ? "; what they keep in files, defaults or the "
                            "keychain has to be in the app group or a "
                            "shared keychain group."
                          : "."));
  if (!N->Conditions.empty())
    Set.LeftToDo.push_back(
        "The handler shows this only if " + listed(N->Conditions) +
        "; let the server send alert pushes for these alone, since an "
        "extension cannot hide one without the filtering entitlement.");
  Set.LeftToDo.push_back("Keep alert pushes within 4096 bytes.");
  if (N->Identifier)
    Set.LeftToDo.push_back(
        "Let the server send the request's identifier as apns-collapse-id; "
        "code that removes delivered notifications by it finds it under "
        "'notificationIdentifier' in userInfo.");
  if (!Why.empty())
    Set.LeftToDo.push_back(
        "Another notification of this handler stays: " + listed(Why) + ".");
  if (!W.Left.empty())
    Set.LeftToDo.push_back("Stays in the handler: " + listed(W.Left) + ".");
  Set.Id = stableId(Set, JH.function().Symbol);
  return Set;
}

std::vector<FixSet> ringfence::moveToNotificationService(const ProposeInput &In,
                                                         MigrationStep Step) {
  if (Step != MigrationStep::Extension && Step != MigrationStep::Move)
    return {};
  return Move(In, Step).run();
}
