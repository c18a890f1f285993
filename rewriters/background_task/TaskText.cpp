//===-- TaskText.cpp - members that run a background task -----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/TaskText.h"
#include "rewriters/background_task/JoinedText.h"
#include "rewriters/background_task/QueueText.h"
#include "rewriters/background_task/SceneText.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

std::string TaskText::plistIdentifier() const {
  return (Prefix.empty() ? "$(PRODUCT_BUNDLE_IDENTIFIER)" : Prefix) + "." +
         Suffix;
}

static const char *SwiftRegistration =
    R"(/// Registers the catch-up that VoIP pushes used to start. Launching calls it,
/// once and before it ends.
$AVAILABLEfunc registerBackgroundRefresh() {
	BGTaskScheduler.shared.register(forTaskWithIdentifier: Self.backgroundRefreshIdentifier, using: $QUEUE) { [weak self] task in
		let run = BackgroundRun(of: task)
		task.expirationHandler = $EXPIRE
		guard let self = self else {
			run.finish(success: false)
			return
		}
		self.$RUN
	}
$RESUME}
)";

static const char *ObjCRegistration =
    R"(- (void)registerBackgroundRefresh$AVAILABLE {
$WEAK	[[BGTaskScheduler sharedScheduler] registerForTaskWithIdentifier:[self backgroundRefreshIdentifier]
	                                                      usingQueue:$QUEUE
	                                                   launchHandler:^(__kindof BGTask *task) {
		// The work and the expiry may both come; the task ends once.
		__block BOOL isFinished = NO;
		void (^finish)(BOOL) = ^(BOOL success) {
			@synchronized(task) {
				if (isFinished) {
					return;
				}
				isFinished = YES;
			}
			[task setTaskCompletedWithSuccess:success];
		};
$OPEN		task.expirationHandler = ^{
$EXPIRE			finish(NO);
		};
$STRONG	}];
$RESUME}
)";

static const char *SwiftMembers = R"($SAYS
$AVAILABLE$FREEprivate static let backgroundRefreshIdentifier = $ID

$START
$SCHEDULE/// Asks the system for the catch-up; a request that is pending already is
/// replaced.
$AVAILABLE$FREEprivate func $SUBMIT() {
	let request = $REQUEST(identifier: Self.backgroundRefreshIdentifier)
	request.earliestBeginDate = Date(timeIntervalSinceNow: 60)
$NEEDS	// Submitting may block.
	DispatchQueue.global(qos: .utility).async {$CAPTURE
		do {
			try BGTaskScheduler.shared.submit(request)
		} catch {
			$LOG
		}
	}
}

/// The catch-up. Calls `finished` when it is done.
$ACCESSfunc refreshInBackground($WITHfinished: @escaping (Bool) -> Void) {
$BODY}
$QUEUED)";

static const char *SwiftRun = R"(
/// One run of a background task, which ends exactly once: by its work or by the
/// system's expiry, whichever comes first.
$AVAILABLEprivate final class BackgroundRun: @unchecked Sendable {
	private let lock = NSLock()
	private var task: BGTask?
$ENDED
	init(of task: BGTask) {
		self.task = task
	}

	func finish(success: Bool) {
		lock.lock()
		let open = task
		task = nil
		lock.unlock()
		open?.setTaskCompleted(success: success)
	}
$OPEN}
)";

static const char *ObjCMembers = R"($SAYS
- (NSString *)backgroundRefreshIdentifier {
	return $ID;
}

$START
$SCHEDULE/// Asks the system for the catch-up; a request that is pending already is
/// replaced.
- (void)$SUBMIT$AVAILABLE {
	$REQUEST *request = $NEW;
	request.earliestBeginDate = [NSDate dateWithTimeIntervalSinceNow:60];
$NEEDS	// Submitting may block.
	dispatch_async(dispatch_get_global_queue(QOS_CLASS_UTILITY, 0), ^{
		NSError *error = nil;
		if (![[BGTaskScheduler sharedScheduler] submitTaskRequest:request error:&error]) {
			$LOG
		}
	});
}

/// The catch-up. Calls finished when it is done.
$HEAD {
$BODY}
$QUEUED)";

static const char *ObjCStrong =
    R"(		typeof(self) strongSelf = weakSelf;
		if (!strongSelf) {
			finish(NO);
			return;
		}
		[strongSelf $RUN];
)";

static const char *ObjCOpen = R"(		BOOL (^isOpen)(void) = ^BOOL {
			@synchronized(task) {
				return !isFinished;
			}
		};
)";

static const char *SwiftOpen = R"(
	var isOpen: Bool {
		lock.lock()
		defer { lock.unlock() }
		return task != nil
	}

	/// Returns false if the work for the push has ended before in this run.
	func ends(_ push: URL) -> Bool {
		lock.lock()
		defer { lock.unlock() }
		return ended.insert(push).inserted
	}
)";

std::string TaskText::workHead() const {
  if (Values.empty())
    return "- (void)refreshInBackground:(void (^)(BOOL success))finished";
  return "- (void)refreshInBackground:(NSDictionary *)" + Values +
         " finished:(void (^)(BOOL success))finished";
}

/// The identifier as an expression.
static std::string identifier(const TaskText &T) {
  if (T.joins())
    return T.JoinedIdentifier;
  const std::string &Prefix = T.Prefix;
  if (T.IsSwift)
    return Prefix.empty() ? "(Bundle.main.bundleIdentifier ?? \"\") + \"." +
                                T.Suffix + "\""
                          : "\"" + Prefix + "." + T.Suffix + "\"";
  return Prefix.empty() ? "[[NSBundle mainBundle].bundleIdentifier "
                          "stringByAppendingString:@\"." +
                              T.Suffix + "\"]"
                        : "@\"" + Prefix + "." + T.Suffix + "\"";
}

std::string TaskText::members() const {
  std::string S = IsSwift ? SwiftMembers : ObjCMembers;
  StringRef Registration = IsSwift ? SwiftRegistration : ObjCRegistration;
  S = with(S, "$START",
           joins()       ? joiningMembers(*this)
           : isOfScene() ? sceneMembers(*this)
                         : Registration);
  // The scene names it.
  if (isOfScene())
    S = with(S, "$FREEprivate static let", "$FREEstatic let");
  S = with(S, "$SAYS",
           joins() ? "/// The app registers the task that this identifies for "
                     "other work, too."
                   : "/// Info.plist permits this identifier.");
  S = with(S, "$REQUEST",
           IsProcessing ? "BGProcessingTaskRequest"
                        : "BGAppRefreshTaskRequest");
  S = with(S, "$NEEDS",
           !IsProcessing ? ""
           : IsSwift     ? "\trequest.requiresNetworkConnectivity = true\n"
                         : "\trequest.requiresNetworkConnectivity = YES;\n");
  std::string Id = identifier(*this);
  if (!IsSwift) {
    std::string New =
        std::string("[[") +
        (IsProcessing ? "BGProcessingTaskRequest" : "BGAppRefreshTaskRequest") +
        " alloc] initWithIdentifier:[self "
        "backgroundRefreshIdentifier]]";
    S = with(S, "$NEW", UsesARC ? New : "[" + New + " autorelease]");
    S = with(S, "$STRONG", UsesARC ? ObjCStrong : "\t\t[self $RUN];\n");
    S = with(S, "$OPEN", Values.empty() ? "" : ObjCOpen);
    S = with(S, "$HEAD", workHead());
  }
  S = withQueue(std::move(S), *this);
  S = with(S, "$ID", Id);
  if (IsSwift) {
    S = with(S, "$QUEUE", OnMain ? ".main" : "nil");
    // A stored property cannot be marked, and needs not be.
    S = with(S, "$AVAILABLE$FREEprivate static let", "$FREEprivate static let");
    S = with(S, "$FREE", IsNonisolated ? "nonisolated " : "");
    S = with(S, "$AVAILABLE", Guarded ? "@available(iOS 13.0, *)\n" : "");
    S = with(S, "$ACCESS", IsCalledFromOutside ? "" : "private ");
    StringRef Logger = StringRef(Logs).rsplit('.').first;
    bool IsMember = StringRef(Logs).contains('.');
    S = with(S, "$CAPTURE",
             IsMember ? " [" + Logger.str() + "] in" : std::string());
    S = with(S, "$LOG",
             Logs == "NSLog"
                 ? "NSLog(\"%@\", \"background refresh not scheduled: "
                   "\\(error)\")"
                 : Logs + "(\"background refresh not scheduled: \\(error)\")");
  } else {
    S = with(S, "$QUEUE", OnMain ? "dispatch_get_main_queue()" : "nil");
    S = with(S, "$AVAILABLE", Guarded ? " API_AVAILABLE(ios(13.0))" : "");
    S = with(S, "$WEAK",
             UsesARC ? "\t__weak typeof(self) weakSelf = self;\n" : "");
    S = with(S, "$LOG",
             Logs + "(@\"background refresh not scheduled: %@\", error);");
  }
  std::string All = Body;
  if (NeedsFinish)
    All += IsSwift ? "\tfinished(true)\n" : "\tfinished(YES);\n";
  return with(S, "$BODY", All);
}

std::string TaskText::atFileEnd() const {
  if (!IsSwift)
    return "";
  bool Queues = !Values.empty();
  std::string Run = joins()       ? joinedRun(*this)
                    : isOfScene() ? sceneRun(*this)
                                  : SwiftRun;
  Run = with(Run, "$AVAILABLE", Guarded ? "@available(iOS 13.0, *)\n" : "");
  Run =
      with(Run, "$ENDED", Queues ? "\tprivate var ended: Set<URL> = []\n" : "");
  return with(Run, "$OPEN", Queues ? SwiftOpen : "") + queueType(*this);
}

/// \p Lines, each one level further in.
static std::string deeper(StringRef Lines) {
  return with("\t" + Lines.str(), "\n", "\n\t");
}

std::string TaskText::ask(StringRef Self, StringRef Pushed, StringRef Also,
                          StringRef Otherwise) const {
  std::string With = Values.empty() ? ""
                     : IsSwift      ? "with: " + Pushed.str()
                                    : ":" + Pushed.str();
  std::string Ask = IsSwift
                        ? Self.str() + "scheduleBackgroundRefresh(" + With + ")"
                        : "[self scheduleBackgroundRefresh" + With + "];";
  if (!Also.empty())
    Ask += "\n" + Also.str();
  if (!Guarded)
    return Ask;
  return (IsSwift ? "if #available(iOS 13.0, *) {\n"
                  : "if (@available(iOS 13.0, *)) {\n") +
         deeper(Ask) + "\n} else {\n" + Otherwise.str() + "}";
}

// apns-push-type: background; sent to the APNs token
// (developer.apple.com/documentation/usernotifications/
// pushing-background-updates-to-your-app).
static const char *SwiftSilentPush =
    R"(/// The silent push that asks for the catch-up; VoIP pushes are for calls.
func application(_ application: UIApplication,
                 didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                 fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void) {
$BODY}
)";

static const char *SwiftSilentBody =
    R"(	$RECEIVERrefreshInBackground$WITH { success in
		completionHandler(success ? .newData : .failed)
	}
)";

static const char *ObjCSilentPush =
    R"(/// The silent push that asks for the catch-up; VoIP pushes are for calls.
- (void)application:(UIApplication *)application
    didReceiveRemoteNotification:(NSDictionary *)userInfo
          fetchCompletionHandler:(void (^)(UIBackgroundFetchResult result))completionHandler {
$BODY}
)";

static const char *ObjCSilentBody =
    R"(	[$RECEIVER refreshInBackground:$WITH^(BOOL success) {
		completionHandler(success ? UIBackgroundFetchResultNewData : UIBackgroundFetchResultFailed);
	}];
)";

std::string TaskText::silentPush(StringRef Receiver) const {
  if (!IsSwift) {
    std::string Body = with(ObjCSilentBody, "$RECEIVER", Receiver);
    Body = with(Body, "$WITH", Values.empty() ? "" : "userInfo finished:");
    if (!OnMain)
      Body =
          "\tdispatch_async(dispatch_get_global_queue(QOS_CLASS_UTILITY, 0), "
          "^{\n" +
          deeper(StringRef(Body).rtrim()) + "\n\t});\n";
    return with(ObjCSilentPush, "$BODY", Body);
  }
  std::string Body;
  bool IsOptional = Receiver.consume_back("?");
  std::string Name = Receiver.rsplit('.').second.str();
  if (Name.empty())
    Name = Receiver.str();
  std::string Front = Receiver == "self" ? "" : Receiver.str() + ".";
  if (IsOptional) {
    Body = "\tguard let " + Name + " = " + Receiver.str() +
           " else {\n\t\tcompletionHandler(.noData)\n\t\treturn\n\t}\n";
    Front = Name + ".";
  }
  // Where the push's queue was not main, the work may block.
  if (!OnMain) {
    if (Receiver == "self")
      Front = "self.";
    else if (!IsOptional && Receiver == Name && llvm::isLower(Name.front()))
      Front = "self." + Name + ".";
    Body += "\tDispatchQueue.global(qos: .utility).async {\n" +
            deeper(with(StringRef(SwiftSilentBody).rtrim().str(), "$RECEIVER",
                        Front)) +
            "\n\t}\n";
  } else {
    Body += with(SwiftSilentBody, "$RECEIVER", Front);
  }
  Body = with(Body, "$WITH", Values.empty() ? "" : "(with: userInfo)");
  return with(SwiftSilentPush, "$BODY", Body);
}

std::string TaskText::registration(StringRef Receiver) const {
  std::string Call;
  if (IsSwift)
    Call = (Receiver == "self" ? "" : Receiver.str() + ".") +
           "registerBackgroundRefresh()";
  else
    Call = "[" + Receiver.str() + " registerBackgroundRefresh];";
  if (!Guarded)
    return Call;
  return (IsSwift ? "if #available(iOS 13.0, *) {\n\t"
                  : "if (@available(iOS 13.0, *)) {\n\t") +
         Call + "\n}";
}
