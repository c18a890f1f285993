//===-- HandOverCalls.cpp - the extension tells calls from messages -------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/HandOverCalls.h"
#include "rewriters/capture/Clauses.h"
#include "rewriters/capture/Host.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/notification_service/AppGroup.h"
#include "rewriters/notification_service/HandOverText.h"
#include "rewriters/notification_service/HandedOverCall.h"
#include "rewriters/notification_service/Imports.h"
#include "rewriters/notification_service/Services.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/VersionTuple.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

/// Makes one handler's set.
class HandOver {
public:
  explicit HandOver(const FixRequest &R)
      : R(R), In(withAppGroup(R.In, R.handler().In->Source->path())),
        JH(R.handler()) {
    Style S = styleOf(*JH.In);
    L = {JH.In->Source->language() == Language::Swift, S.Unit, S.LineEnding};
  }

  bool applies();
  std::optional<FixSet> run();

private:
  std::optional<FixSet> extension() const;
  std::optional<FixSet> move();
  FixSet begin() const;
  std::string serviceFolder() const;
  std::string freeName() const;
  bool asksVersion() const;
  bool callFromService(FixSet &Set, StringRef Type) const;
  void allowFiltering(FixSet &Set) const;
  void sayWhatIsLeft(FixSet &Set, const PostedNotification &N,
                     StringRef Type) const;

  const FixRequest &R;
  const ProposeInput In; ///< with the app group of the entitlements
  const JudgedHandler &JH;
  SourceLayout L;
  std::vector<std::string> Services;
  /// The message that the handler shows, and the branch that leads to it.
  std::uint32_t Shown = 0;
  std::optional<Host> ShownBy;
  std::optional<Host> DecidedBy;
  bool InCaller = false;
  std::optional<CallOrMessage> Q;
  unsigned Messages = 0; ///< how many different ones there are
};

} // namespace

bool HandOver::applies() {
  if (JH.IsDead)
    return false;
  std::vector<std::pair<const File *, std::uint32_t>> Seen;
  for (unsigned I : R.Findings)
    for (unsigned S : In.Findings[I].Steps) {
      const Work &W = JH.V.Steps[S];
      if (W.E != Effect::LocalNotification)
        continue;
      std::optional<Host> H = hostOf(In, JH, W);
      std::optional<PostedNotification> N =
          H ? postedNotification(In, *H, W.At.Where.Begin) : std::nullopt;
      if (!N || llvm::is_contained(Seen, std::pair(N->H.In, N->key())))
        continue;
      std::optional<CallOrMessage> Found = callOrMessage(In, N->H, N->Levels);
      std::optional<Host> By = N->H;
      bool Outside = false;
      if (!Found && N->H.Caller) {
        By = *N->H.Caller;
        Found = callOrMessage(In, *By, N->H.CallLevels);
        Outside = true;
      }
      if (!Found)
        continue;
      Seen.emplace_back(N->H.In, N->key());
      ++Messages;
      if (Q)
        continue;
      Q = std::move(Found);
      Shown = W.At.Where.Begin;
      ShownBy = std::move(H);
      DecidedBy = std::move(By);
      InCaller = Outside;
    }
  return Q.has_value();
}

FixSet HandOver::begin() const {
  FixSet Set;
  Set.Findings = R.Findings;
  const SourceFile &S = *JH.In->Source;
  Set.Files[S.path().str()] = contentHash(S.bytes());
  return Set;
}

std::string HandOver::serviceFolder() const {
  std::vector<std::string> Plists = xcode::infoPlistsFor(
      In.Project.infoPlists(), In.Project.targets(), JH.In->Source->path());
  return xcode::appLayout(Plists, JH.In->Source->path()).serviceFolder();
}

/// A call can be handed over since iOS 14.5.
bool HandOver::asksVersion() const {
  llvm::VersionTuple Target;
  return Target.tryParse(In.Options.DeploymentTarget) ||
         Target < llvm::VersionTuple(14, 5);
}

static const char *FilteringToDo =
    "Ask Apple for the entitlement "
    "com.apple.developer.usernotifications.filtering (Apple's page on it has "
    "the form) and give it to the extension: without it a call cannot be "
    "handed "
    "over.";

std::optional<FixSet> HandOver::extension() const {
  if (!Services.empty())
    return std::nullopt;
  std::string Folder = serviceFolder();
  std::string Target = Folder.substr(Folder.rfind('/') + 1);
  FixSet Set = begin();
  Set.Title = "Add a notification service extension that may hand calls over";
  Set.Why = "Only decrypting shows whether a push is a call or a message, so "
            "that the server cannot send the one as a VoIP push and the other "
            "as an alert. A notification service can decrypt; this one passes "
            "every notification on unchanged.";
  Set.NewFiles = handOverSources(Folder, L, "", asksVersion());
  Set.NewFiles.push_back(
      {Folder + "/Info.plist", xcode::serviceInfoPlist(Target, L.IsSwift)});
  Set.NewFiles.push_back(
      {Folder + "/" + Target + ".entitlements",
       xcode::serviceEntitlements(In.Options.AppGroup, /*Filters=*/true)});
  Set.LeftToDo = {
      "In Xcode, add a Notification Service Extension target named " + Target +
          " made of the files in " + Folder +
          ", with the app's deployment target, and embed it in the app.",
      FilteringToDo,
      "Let the server send nothing differently yet: the extension decrypts in "
      "the step move."};
  if (In.Options.AppGroup.empty())
    Set.LeftToDo.push_back(
        "The extension has to reach the keys that the app decrypts with: put "
        "both into an app group and a keychain group, and name the app group "
        "under 'app-group' in .ringfence.yaml.");
  return Set;
}

std::string HandOver::freeName() const {
  for (StringRef Name : {"DecryptedPush", "DecryptedNotification",
                         "DecryptedPushContent", "DecryptedAlert"})
    if (In.Functions.types(Name).empty())
      return Name.str();
  return "";
}

/// Lets the service ask \p Type what a push is. False, and nothing done, if
/// the service is not of the shape that the step extension writes.
bool HandOver::callFromService(FixSet &Set, StringRef Type) const {
  if (Services.empty()) {
    std::string Folder = serviceFolder();
    std::vector<NewFile> Plain = handOverSources(Folder, L, "", asksVersion());
    std::vector<NewFile> Deciding =
        handOverSources(Folder, L, Type, asksVersion());
    for (unsigned I = 0; I != Deciding.size(); ++I) {
      if (Deciding[I].Text != Plain[I].Text)
        Deciding[I].InsteadOf = Plain[I].Text;
      Set.NewFiles.push_back(std::move(Deciding[I]));
    }
    Set.LeftToDo.push_back("The step 'extension' belongs to this one: it adds "
                           "the extension's Info.plist and entitlements.");
    return true;
  }
  const std::string &Service = Services.front();
  std::string Folder = Service.substr(0, Service.rfind('/') + 1);
  std::vector<std::string> Paths = {Service};
  for (StringRef Ending : {".swift", ".h", ".m"})
    if (L.IsSwift == (Ending == ".swift"))
      Paths.push_back(Folder + "Deliveries" + Ending.str());
  for (const std::string &Path : Paths) {
    std::optional<std::string> Text = In.Project.read(Path);
    if (!Text)
      return false;
    std::optional<std::vector<Edit>> Edits =
        handOverEdits(Path, *Text, L, Type, asksVersion());
    if (!Edits || StringRef(Service).ends_with(".swift") != L.IsSwift)
      return false;
    llvm::append_range(Set.Edits, *Edits);
    Set.Files[Path] = contentHash(*Text);
  }
  return true;
}

/// Says that an extension without the entitlement needs it.
void HandOver::allowFiltering(FixSet &Set) const {
  for (const std::string &Path : In.Project.entitlements()) {
    std::optional<std::string> Text = In.Project.read(Path);
    if (Text && StringRef(*Text).contains(xcode::FilteringEntitlement))
      return;
  }
  if (!Services.empty())
    Set.LeftToDo.push_back(FilteringToDo);
}

void HandOver::sayWhatIsLeft(FixSet &Set, const PostedNotification &N,
                             StringRef Type) const {
  std::vector<std::string> Sources;
  for (const NewFile &F : Set.NewFiles)
    if (F.InsteadOf.empty() && !StringRef(F.Path).ends_with(".h") &&
        StringRef(F.Path).contains((Type + ".").str()))
      Sources.push_back(F.Path);
  for (const std::string &Path : N.Need->sources())
    if (!StringRef(Path).ends_with(".h"))
      Sources.push_back(Path);
  Set.LeftToDo.push_back(
      "Add " + listed(Sources) +
      " to the extension's target; keys that they read from the keychain have "
      "to be in a keychain group that the extension shares, files and defaults "
      "in an app group.");
  Set.LeftToDo.push_back(
      "Once this version is out, let the server send every such push, calls "
      "too, as an alert push: apns-push-type alert, the topic without '.voip', "
      "the APNs token, \"mutable-content\": 1, an alert that is shown where "
      "decrypting fails, apns-priority 10, and for a call no longer than it "
      "rings in apns-expiration.");
  Set.LeftToDo.push_back(
      "Keep the PushKit registry and the background mode 'voip', although the "
      "server sends no VoIP push any more: iOS starts the app through them "
      "when "
      "the extension hands a call over.");
  if (asksVersion())
    Set.LeftToDo.push_back(
        "Before iOS 14.5 no call can be handed over, and the extension shows "
        "the alert: keep sending VoIP pushes to these systems, as the app's "
        "report of its version tells the server.");
  Set.LeftToDo.push_back(
      "Keep alert pushes within 4096 bytes; VoIP pushes may have 5120.");
  if (N.Need->usesStandardDefaults()) {
    if (In.Options.AppGroup.empty())
      Set.A = Applicability::Placeholders;
    Set.LeftToDo.push_back(
        "The app's standard defaults are not there in an extension: move the "
        "values that are read here into the app group's suite once.");
  }
  if (std::vector<std::string> Unasked = N.unasked(); !Unasked.empty())
    Set.LeftToDo.push_back("The handler shows a message only if " +
                           listed(Unasked) +
                           "; the extension completes others too.");
  if (N.Identifier)
    Set.LeftToDo.push_back(
        "Let the server send the request's identifier as apns-collapse-id; "
        "code that removes delivered notifications by it finds it under "
        "'notificationIdentifier' in userInfo.");
}

std::optional<FixSet> HandOver::move() {
  if (isHandedOver(*DecidedBy)) {
    R.advise("The extension hands calls over; what the handler decrypts itself "
             "goes once the server sends alert pushes only.");
    return std::nullopt;
  }
  std::vector<std::string> Why;
  if (Messages > 1)
    Why.push_back("the handler shows " + std::to_string(Messages) +
                  " different notifications");
  HandedOverCall Call(In, *DecidedBy, *Q, Why);
  CallDecision D = Call.decision(InCaller);
  std::optional<PostedNotification> N =
      postedNotification(In, *ShownBy, Shown, std::move(D));
  std::string Type = freeName();
  FixSet Set = begin();
  Builders Edits;
  if (N && Type.empty())
    Why.push_back("the names for a decrypted push are taken");
  if (N)
    for (const std::string &B : N->Blockers)
      if (!llvm::is_contained(Why, B))
        Why.push_back(B);
  if (Why.empty() && !Call.insert(Edits))
    Why.push_back("the handler begins in a macro");
  if (Why.empty() && !callFromService(Set, Type))
    Why.push_back(Services.front() +
                  " was written by hand; let it call what "
                  "decrypts, and hand calls over by "
                  "CXProvider.reportNewIncomingVoIPPushPayload");
  if (!N || !Why.empty()) {
    R.advise("Only decrypting shows whether a push is a call, so that calls "
             "have to be handed over by the extension; that cannot be written "
             "as it stands: " +
             listed(Why) + ".");
    return std::nullopt;
  }
  const Needs &Deciding = InCaller ? *N->Need->outer() : *N->Need;
  N->Decision->Lines = Call.linesInExtension(Deciding);
  StringRef Path = N->H.In->Source->path();
  std::string Folder = Path.contains('/') ? Path.rsplit('/').first.str() : "";
  FillerImports I = fillerImports(In, *N);
  std::vector<NewFile> Sources =
      fillerSources(Folder, L, Type, *N, I.Modules, I.Headers);
  Set.NewFiles.insert(Set.NewFiles.begin(), Sources.begin(), Sources.end());
  Edits.addTo(Set);
  Set.Title = "Let the extension decrypt, and hand calls over to the app";
  Set.Why =
      "The server cannot tell calls from messages. " + Type +
      " decrypts in the notification service: a message fills the alert, a "
      "call "
      "goes to the app by CXProvider.reportNewIncomingVoIPPushPayload with all "
      "that the report needs. The handler reports such a push first, without "
      "decrypting, and treats those of old servers as before.";
  for (const std::string &Name : Call.unknown()) {
    Set.A = Applicability::Placeholders;
    Set.LeftToDo.push_back(
        "Say what a property list holds of '" + Name +
        "', which the handler needs to report the call, and how it is read.");
  }
  allowFiltering(Set);
  sayWhatIsLeft(Set, *N, Type);
  return Set;
}

std::optional<FixSet> HandOver::run() {
  if (!applies())
    return std::nullopt;
  Services = servicesOf(In, JH);
  return R.Step == MigrationStep::Extension ? extension() : move();
}

bool ringfence::tellsByContent(const FixRequest &R) {
  return R.HandlerIndex >= 0 && HandOver(R).applies();
}

std::optional<FixSet> ringfence::handOverCalls(const FixRequest &R) {
  if (R.HandlerIndex < 0 || R.isToLeave())
    return std::nullopt;
  return HandOver(R).run();
}
