//===-- JoinedText.cpp - members for a task that is joined ----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/JoinedText.h"
#include "rewriters/background_task/QueueText.h"

using namespace ringfence;
using llvm::StringRef;

static const char *SwiftJoin =
    R"(/// Does the catch-up that VoIP pushes used to start, beside the other work of
/// `task`, which ends once both have.
$AVAILABLEfunc joinBackgroundRefresh(of task: BGTask) {
	let run = BackgroundRun(of: task)$ONEXPIRY
	task.expirationHandler = { run.cutOff() }
$START}
$RESUMING)";

static const char *SwiftResuming =
    R"(
/// Asks for a run if pushes still wait: the app may have ended in the middle of
/// one. Launching calls it.
$AVAILABLEfunc resumeBackgroundRefresh() {
	if BackgroundRefreshQueue.isWaiting {
		submitBackgroundRefresh()
	}
}
)";

// The object of a task lives as long as its run is kept here, so that no other
// task takes its identity.
static const char *SwiftJoinedRun = R"(
/// One run of a background task that does two works beside each other. It ends
/// exactly once: when both have ended, with success if both had it, or by the
/// system's expiry.
$AVAILABLEfinal class BackgroundRun: @unchecked Sendable {
	private final class Runs: @unchecked Sendable {
		var byTask: [ObjectIdentifier: BackgroundRun] = [:]
	}
	private static let lock = NSLock()
	private static let runs = Runs()

	private let task: BGTask
	private let onExpiry: () -> Void
	private var catchUp: Bool?
	private var otherWork: Bool?
	private var isCutOff = false
	private var hasEnded = false
$ENDED
	init(of task: BGTask, onExpiry: @escaping () -> Void = {}) {
		self.task = task
		self.onExpiry = onExpiry
		Self.lock.lock()
		Self.runs.byTask[ObjectIdentifier(task)] = self
		Self.lock.unlock()
	}

	/// The catch-up has ended.
	func finish(success: Bool) {
		settle { $0.catchUp = $0.catchUp ?? success }
	}

	/// The other work of `task` has ended. A task that no catch-up has joined
	/// ends with it.
	static func finishOtherWork(of task: BGTask, success: Bool) {
		guard let run = run(of: task) else {
			task.setTaskCompleted(success: success)
			return
		}
		run.settle { $0.otherWork = $0.otherWork ?? success }
	}

	/// The system takes its time back. The other work of `task` ends in its own way.
	static func expire(_ task: BGTask) {
		guard let run = run(of: task) else { return }
		run.onExpiry()
		run.finish(success: false)
	}

	/// The system takes its time back, and the other work does not ask about that.
	func cutOff() {
		onExpiry()
		finish(success: false)
		settle { $0.isCutOff = true }
	}

	private static func run(of task: BGTask) -> BackgroundRun? {
		lock.lock()
		defer { lock.unlock() }
		return runs.byTask[ObjectIdentifier(task)]
	}

	private func settle(_ change: (BackgroundRun) -> Void) {
		Self.lock.lock()
		change(self)
		let areDone = catchUp != nil && otherWork != nil
		if areDone {
			Self.runs.byTask[ObjectIdentifier(task)] = nil
		}
		let ends = (areDone || isCutOff) && !hasEnded
		hasEnded = hasEnded || ends
		let success = catchUp == true && otherWork == true
		Self.lock.unlock()
		if ends {
			task.setTaskCompleted(success: success)
		}
	}
$OPEN}
)";

static const char *SwiftJoinedOpen = R"(
	/// Whether the catch-up may go on.
	var isOpen: Bool {
		Self.lock.lock()
		defer { Self.lock.unlock() }
		return catchUp == nil && !hasEnded
	}

	/// Returns false if the work for the push has ended before in this run.
	func ends(_ push: URL) -> Bool {
		Self.lock.lock()
		defer { Self.lock.unlock() }
		return ended.insert(push).inserted
	}
)";

static const char *ObjCJoin =
    R"(/// Does the catch-up that VoIP pushes used to start, beside the other work of the
/// task, which ends once both have.
- (void)joinBackgroundRefresh:(BGTask *)task$AVAILABLE {
$WEAK	NSMutableDictionary *results = [NSMutableDictionary dictionary];
	objc_setAssociatedObject(task, @selector(joinBackgroundRefresh:), results, OBJC_ASSOCIATION_RETAIN);
	void (^finish)(BOOL) = ^(BOOL success) {
		[$TYPE endWork:@"catch-up" of:task success:success];
	};
$OPEN	void (^expire)(void) = ^{
$EXPIRE		finish(NO);
	};
	objc_setAssociatedObject(task, @selector(expireBackgroundRefreshWith:), expire, OBJC_ASSOCIATION_COPY);
	// Unless the other work asks about its time.
	void (^endOther)(void) = ^{
		[$TYPE endOtherWorkOf:task success:NO];
	};
	task.expirationHandler = ^{
		expire();
		endOther();
	};
$START}

/// The other work of the task has ended. A task that no catch-up has joined ends
/// with it.
+ (void)endOtherWorkOf:(BGTask *)task success:(BOOL)success$AVAILABLE {
	[self endWork:@"other work" of:task success:success];
}

/// Lets the catch-up end, too, when the expiration handler is called that the
/// other work has set.
+ (void)expireBackgroundRefreshWith:(BGTask *)task$AVAILABLE {
	void (^expire)(void) = objc_getAssociatedObject(task, @selector(expireBackgroundRefreshWith:));
	void (^expireOther)(void) = task.expirationHandler;
	if (expire) {
		task.expirationHandler = ^{
			expire();
			expireOther();
		};
	}
}

/// Ends one of two works. The task ends once: when both have, with success if both
/// had it.
+ (void)endWork:(NSString *)work of:(BGTask *)task success:(BOOL)success$AVAILABLE {
	NSMutableDictionary *results = objc_getAssociatedObject(task, @selector(joinBackgroundRefresh:));
	@synchronized(task) {
		if (results[work]) {
			return;
		}
		results[work] = @(success);
		if (results.count == 1) {
			return;
		}
	}
	// What the block holds is not needed any more.
	objc_setAssociatedObject(task, @selector(expireBackgroundRefreshWith:), nil, OBJC_ASSOCIATION_COPY);
	[task setTaskCompletedWithSuccess:success && ![results.allValues containsObject:@NO]];
}
$RESUMING)";

static const char *ObjCResuming =
    R"(
/// Asks for a run if pushes still wait: the app may have ended in the middle of
/// one. Launching calls it.
- (void)resumeBackgroundRefresh$AVAILABLE {
	if ([self keptPushes:NULL].count > 0) {
		[self submitBackgroundRefresh];
	}
}
)";

static const char *ObjCJoinedOpen = R"(	BOOL (^isOpen)(void) = ^BOOL {
		@synchronized(task) {
			return !results[@"catch-up"];
		}
	};
)";

/// The statement that begins the work, on the queue that it ran on before.
static std::string startOf(const TaskText &T) {
  if (!T.IsSwift)
    return T.Hops ? "\tdispatch_async($HOP, ^{\n\t\t[self $RUN];\n\t});\n"
                  : "\t[self $RUN];\n";
  return T.Hops ? "\t$HOP {\n\t\tself.$RUN\n\t}\n" : "\t$RUN\n";
}

std::string ringfence::joiningMembers(const TaskText &T) {
  bool Queues = !T.Values.empty();
  std::string S = with(T.IsSwift ? SwiftJoin : ObjCJoin, "$START", startOf(T));
  S = with(S, "$RESUMING",
           !Queues     ? ""
           : T.IsSwift ? SwiftResuming
                       : ObjCResuming);
  if (T.IsSwift)
    return with(S, "$ONEXPIRY",
                Queues ? " { [weak self] in\n"
                         "\t\t// What still waits is for another run.\n"
                         "\t\tself?.submitBackgroundRefresh()\n\t}"
                       : "");
  S = with(S, "$TYPE", T.Type);
  S = with(S, "$OPEN", Queues ? ObjCJoinedOpen : "");
  S = with(S, "$EXPIRE",
           Queues ? "\t\t// What still waits is for another run.\n"
                    "\t\t[$SELF submitBackgroundRefresh];\n"
                  : "");
  // The weak reference is for the queue alone.
  return with(S, "$WEAK", Queues ? "$WEAK" : "");
}

std::string ringfence::joinedRun(const TaskText &T) {
  bool Queues = !T.Values.empty();
  std::string S = with(SwiftJoinedRun, "$ENDED",
                       Queues ? "\tprivate var ended: Set<URL> = []\n" : "");
  return with(S, "$OPEN", Queues ? SwiftJoinedOpen : "");
}

std::string ringfence::joiningDeclarations(const TaskText &T) {
  std::string Mark = T.Guarded ? " API_AVAILABLE(ios(13.0));\n" : ";\n";
  std::string S =
      "/// Does the catch-up that VoIP pushes used to start, beside the other "
      "work of\n/// the task, which ends once both have.\n"
      "- (void)joinBackgroundRefresh:(BGTask *)task" +
      Mark + "/// The other work of the task has ended.\n" +
      "+ (void)endOtherWorkOf:(BGTask *)task success:(BOOL)success" + Mark +
      "/// Lets the catch-up end with the expiration handler that the other "
      "work "
      "has set.\n" +
      "+ (void)expireBackgroundRefreshWith:(BGTask *)task" + Mark;
  if (!T.Values.empty())
    S += "/// Asks for a run if pushes still wait. Launching calls it.\n"
         "- (void)resumeBackgroundRefresh" +
         Mark;
  return S;
}
