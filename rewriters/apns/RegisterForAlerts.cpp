//===-- RegisterForAlerts.cpp - the second push token -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/apns/RegisterForAlerts.h"
#include "rewriters/apns/VoipTokenUse.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/launch/Launch.h"
#include "rewriters/launch/SwiftUIApp.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

/// What the project lacks for alert pushes.
struct Missing {
  bool Permission = false;   ///< nobody asks for it
  bool Registration = false; ///< nobody registers with APNs
  bool Token = false;        ///< nobody receives the token

  bool any() const { return Permission || Registration || Token; }
};

} // namespace

/// The app delegate of the handler's app that lies nearest to it.
static std::optional<FunctionRef> launchOf(const ProposeInput &In,
                                           StringRef HandlerPath) {
  std::vector<std::string> Plists = In.Project.infoPlists();
  std::vector<FunctionRef> All = launchMethods(In.Functions);
  llvm::erase_if(All, [&](const FunctionRef &R) {
    return R.Fn->Body.empty() ||
           !xcode::belongsTogether(Plists, In.Project.targets(), HandlerPath,
                                   R.In->Source->path());
  });
  if (All.empty())
    return std::nullopt;
  auto Shared = [&](const FunctionRef &R) {
    StringRef Path = R.In->Source->path();
    std::size_t N = 0;
    while (N < Path.size() && N < HandlerPath.size() &&
           Path[N] == HandlerPath[N])
      ++N;
    return N;
  };
  return *llvm::max_element(All,
                            [&](const FunctionRef &A, const FunctionRef &B) {
                              return Shared(A) < Shared(B);
                            });
}

/// Whether code of the handler's app, in a file that holds \p Part, holds one
/// of \p Words.
static bool appHas(const ProposeInput &In, StringRef HandlerPath,
                   StringRef Part, std::initializer_list<StringRef> Words) {
  std::vector<std::string> Plists = In.Project.infoPlists();
  for (const std::string &Path : In.Project.filesWith(Part)) {
    if (StringRef(Path).ends_with(".h") ||
        !xcode::belongsTogether(Plists, In.Project.targets(), HandlerPath,
                                Path))
      continue;
    std::optional<std::string> Bytes = In.Project.read(Path);
    if (Bytes && llvm::any_of(Words, [&](StringRef Word) {
          return StringRef(*Bytes).contains(Word);
        }))
      return true;
  }
  return false;
}

static Missing missing(const ProposeInput &In, StringRef HandlerPath) {
  constexpr StringRef Part = "RemoteNotification";
  Missing M;
  M.Permission = !appHas(In, HandlerPath, "requestAuthorization",
                         {"requestAuthorization"}) &&
                 !appHas(In, HandlerPath, "registerUserNotification",
                         {"registerUserNotification"});
  M.Registration = !appHas(
      In, HandlerPath, Part,
      {"registerForRemoteNotifications", "registerForRemoteNotificationTypes"});
  M.Token = !appHas(In, HandlerPath, Part,
                    {"didRegisterForRemoteNotificationsWithDeviceToken"});
  return M;
}

/// The statements of a launch method whose application is called \p App.
static std::string launchLines(const Missing &M, StringRef App, bool IsSwift) {
  std::string Lines;
  if (IsSwift) {
    if (M.Permission)
      Lines +=
          "// Ask where people see what they get: this is the latest.\n"
          "UNUserNotificationCenter.current().requestAuthorization(options:"
          " [.alert, .badge, .sound]) { _, error in\n"
          "\tif let error = error {\n"
          "\t\tNSLog(\"notifications are not allowed: \\(error)\")\n"
          "\t}\n"
          "}\n";
    if (M.Registration)
      Lines +=
          (App.empty() || App == "_" ? "UIApplication.shared" : App).str() +
          ".registerForRemoteNotifications()\n";
    return Lines;
  }
  if (M.Permission)
    Lines += "// Ask where people see what they get: this is the latest.\n"
             "UNAuthorizationOptions alerts = UNAuthorizationOptionAlert | "
             "UNAuthorizationOptionBadge | UNAuthorizationOptionSound;\n"
             "[[UNUserNotificationCenter currentNotificationCenter] "
             "requestAuthorizationWithOptions:alerts "
             "completionHandler:^(BOOL granted, NSError *error) {\n"
             "\tif (error) {\n"
             "\t\tNSLog(@\"notifications are not allowed: %@\", error);\n"
             "\t}\n"
             "}];\n";
  if (M.Registration)
    Lines += "[" +
             (App.empty() ? "[UIApplication sharedApplication]" : App).str() +
             " registerForRemoteNotifications];\n";
  return Lines;
}

/// The placeholder that stands for sending the token.
static std::string sending(const std::optional<VoipTokenUse> &Use) {
  std::string Text = "<#send token to the server as the APNs token";
  if (Use)
    Text += ", as " + Use->Call + " sends the VoIP token";
  return Text + "#>\n";
}

static std::string tokenMethods(const std::optional<VoipTokenUse> &Use,
                                bool IsSwift) {
  if (IsSwift)
    return "/// Alert pushes go to this token; the VoIP token takes calls "
           "only.\n"
           "func application(_ application: UIApplication,\n"
           "\t\t\t\t didRegisterForRemoteNotificationsWithDeviceToken "
           "deviceToken: Data) {\n"
           "\tlet token = deviceToken.map { String(format: \"%02x\", $0) "
           "}.joined()\n"
           "\t" +
           sending(Use) +
           "}\n\n"
           "func application(_ application: UIApplication,\n"
           "\t\t\t\t didFailToRegisterForRemoteNotificationsWithError "
           "error: Error) {\n"
           "\tNSLog(\"no APNs token: \\(error)\")\n"
           "}\n";
  return "/// Alert pushes go to this token; the VoIP token takes calls only.\n"
         "- (void)application:(UIApplication *)application "
         "didRegisterForRemoteNotificationsWithDeviceToken:(NSData "
         "*)deviceToken {\n"
         "\tNSMutableString *token = [NSMutableString string];\n"
         "\tconst unsigned char *bytes = deviceToken.bytes;\n"
         "\tfor (NSUInteger i = 0; i < deviceToken.length; i++) {\n"
         "\t\t[token appendFormat:@\"%02x\", bytes[i]];\n"
         "\t}\n"
         "\t" +
         sending(Use) +
         "}\n\n"
         "- (void)application:(UIApplication *)application "
         "didFailToRegisterForRemoteNotificationsWithError:(NSError *)error "
         "{\n"
         "\tNSLog(@\"no APNs token: %@\", error);\n"
         "}\n";
}

/// Writes what is missing into the app delegate that has \p Launch. Returns
/// false where a macro makes that.
static bool addToLaunch(Builder &B, const Function &Launch, const Missing &M,
                        const std::optional<VoipTokenUse> &Use) {
  bool IsSwift = B.file().Source->language() == Language::Swift;
  StringRef App = Launch.Parameters.empty()
                      ? StringRef()
                      : StringRef(Launch.Parameters.front().Name);
  std::string Lines = launchLines(M, App, IsSwift);
  if (!Lines.empty() && !B.insertAtHead(Launch, Lines))
    return false;
  if (M.Token)
    B.insertMemberAfter(Launch, tokenMethods(Use, IsSwift));
  if (M.Permission)
    B.importModule("UserNotifications");
  return true;
}

/// Writes what is missing into the app delegate of the handler's SwiftUI app,
/// which gets one if it has none. Returns false if there is no such app.
static bool addToSwiftUI(Builders &Edits, const ProposeInput &In,
                         StringRef HandlerPath, const Missing &M,
                         const std::optional<VoipTokenUse> &Use) {
  std::vector<const File *> Mains;
  std::vector<std::string> Plists = In.Project.infoPlists();
  for (const std::string &Path : In.Project.filesWith("@main"))
    if (xcode::belongsTogether(Plists, In.Project.targets(), HandlerPath, Path))
      if (const File *F = In.Project.file(Path))
        Mains.push_back(F);
  std::vector<SwiftUIApp> Apps = swiftUIApps(In.Functions, Mains, HandlerPath);
  if (Apps.empty())
    return false;
  std::string Lines = launchLines(M, "application", /*IsSwift=*/true);
  std::string Members;
  if (!Lines.empty()) {
    Members = "func application(_ application: UIApplication,\n"
              "\t\t\t\t didFinishLaunchingWithOptions launchOptions: "
              "[UIApplication.LaunchOptionsKey: Any]? = nil) -> Bool {\n";
    llvm::SmallVector<StringRef> Each;
    StringRef(Lines).rtrim().split(Each, '\n');
    for (StringRef Line : Each)
      Members += "\t" + Line.str() + "\n";
    Members += "\treturn true\n}\n";
  }
  if (M.Token)
    Members += (Members.empty() ? "" : "\n") + tokenMethods(Use, true);
  addToDelegate(Edits, Apps.front(), Members);
  if (M.Permission)
    Edits
        .of(Apps.front().Delegate.In ? *Apps.front().Delegate.In
                                     : *Apps.front().In)
        .importModule("UserNotifications");
  return true;
}

static bool isAboutMessages(const FixRequest &R) {
  return R.In.Findings[R.Findings.front()].Check == "ringfence-message-work";
}

/// An app that reports no calls gets one set, of the fix 'leave-pushkit'.
static bool isServedByLeaving(const FixRequest &R) {
  return isAboutMessages(R) && R.isToLeave();
}

static std::vector<std::string>
leftToDo(const Missing &M, const std::optional<VoipTokenUse> &Use) {
  std::vector<std::string> List;
  if (Use)
    List.push_back("The VoIP token goes to the server by " + Use->Call + " (" +
                   Use->File + ":" + std::to_string(Use->Line) +
                   "): send the new one along, marked as the APNs token.");
  List.push_back("Let the server keep both tokens of a device, and send "
                 "messages to the APNs token once it has one (apns-push-type "
                 "alert, apns-topic the bundle identifier without '.voip'); "
                 "older versions of the app still get VoIP pushes.");
  if (M.Permission)
    List.push_back("Without permission no alert is shown and no extension "
                   "runs: ask at a moment at which people expect it.");
  List.push_back("The target needs the Push Notifications capability (the "
                 "entitlement aps-environment).");
  return List;
}

std::optional<FixSet> ringfence::registerForAlerts(const FixRequest &R) {
  if (R.HandlerIndex < 0 || isServedByLeaving(R))
    return std::nullopt;
  const JudgedHandler &H = R.handler();
  if (H.IsDead)
    return std::nullopt;
  StringRef Path = H.In->Source->path();
  Missing M = missing(R.In, Path);
  if (!M.any())
    return std::nullopt;
  std::optional<VoipTokenUse> Use =
      voipTokenUse(R.In.Functions, R.In.Apis, H.function().Owner);
  Builders Edits;
  if (std::optional<FunctionRef> Launch = launchOf(R.In, Path)) {
    if (!addToLaunch(Edits.of(*Launch->In), *Launch->Fn, M, Use)) {
      R.advise("the app delegate's launch method comes from a macro");
      return std::nullopt;
    }
  } else if (!addToSwiftUI(Edits, R.In, Path, M, Use)) {
    // What keeps message work from moving is the better advice about it.
    if (isAboutMessages(R))
      return std::nullopt;
    R.advise("The app needs an APNs token for alert pushes, and neither "
             "application(_:didFinishLaunchingWithOptions:) nor a SwiftUI App "
             "was found in the app that this handler belongs to: a SwiftUI app "
             "receives the token in an app delegate of its own, named by "
             "@UIApplicationDelegateAdaptor.");
    return std::nullopt;
  }

  FixSet Set;
  Set.Title = "Register for alert pushes beside VoIP pushes";
  Set.Why = "Messages come as alert pushes, which go to a token of their own "
            "and need permission to be shown. Nothing changes for VoIP pushes "
            "until the server uses the new token.";
  Set.A = M.Token ? Applicability::Placeholders : Applicability::Review;
  Set.Findings = R.Findings;
  Set.LeftToDo = leftToDo(M, Use);
  Edits.addTo(Set);
  return Set;
}

bool ringfence::receivesApnsToken(const ProposeInput &In,
                                  StringRef HandlerPath) {
  Missing M = missing(In, HandlerPath);
  return !M.Registration && !M.Token;
}
