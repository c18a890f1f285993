//===-- SceneText.cpp - members for a task of a SwiftUI scene -------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/SceneText.h"
#include "rewriters/background_task/QueueText.h"

using namespace ringfence;
using llvm::StringRef;

static const char *Members =
    R"(/// The catch-up that VoIP pushes used to start, as a background task of the app's
/// scene: the task has ended when this returns.
$ACTORfunc runBackgroundRefresh() async {
$AGAIN	let run = BackgroundRun()
	await withTaskCancellationHandler {
		await withCheckedContinuation { continuation in
			run.begin(continuation)
$START		}
	} onCancel: {
		run.finish(success: false)
	}
}
)";

static const char *Again =
    R"(	// What this run leaves, or the app's end in the middle of it, is for another.
	if BackgroundRefreshQueue.isWaiting {
		submitBackgroundRefresh()
	}
)";

static const char *Run = R"(
/// One run of a background task, which ends exactly once: by its work or by the
/// system's expiry, whichever comes first.
private final class BackgroundRun: @unchecked Sendable {
	private let lock = NSLock()
	private var continuation: CheckedContinuation<Void, Never>?
	private var hasEnded = false
$ENDED
	func begin(_ continuation: CheckedContinuation<Void, Never>) {
		lock.lock()
		let isLate = hasEnded
		self.continuation = isLate ? nil : continuation
		lock.unlock()
		if isLate {
			continuation.resume()
		}
	}

	func finish(success: Bool) {
		lock.lock()
		let open = continuation
		continuation = nil
		hasEnded = true
		lock.unlock()
		open?.resume()
	}
$OPEN}
)";

static const char *Open = R"(
	var isOpen: Bool {
		lock.lock()
		defer { lock.unlock() }
		return !hasEnded
	}

	/// Returns false if the work for the push has ended before in this run.
	func ends(_ push: URL) -> Bool {
		lock.lock()
		defer { lock.unlock() }
		return ended.insert(push).inserted
	}
)";

std::string ringfence::sceneMembers(const TaskText &T) {
  // The pushes' queue was main, or the work may block.
  std::string S = with(Members, "$ACTOR", T.OnMain ? "@MainActor " : "");
  S = with(S, "$AGAIN", T.Values.empty() ? "" : Again);
  return with(S, "$START",
              T.OnMain ? "\t\t\t$RUN\n"
                       : "\t\t\t$HOP {\n\t\t\t\tself.$RUN\n\t\t\t}\n");
}

std::string ringfence::sceneRun(const TaskText &T) {
  bool Queues = !T.Values.empty();
  std::string S =
      with(Run, "$ENDED", Queues ? "\tprivate var ended: Set<URL> = []\n" : "");
  return with(S, "$OPEN", Queues ? Open : "");
}

std::string ringfence::sceneModifier(const TaskText &T, StringRef Receiver,
                                     bool IsMember) {
  StringRef Bare = Receiver.rtrim("?");
  std::string Captured = IsMember ? " [" + Bare.str() + "] in" : "";
  return ".backgroundTask(.appRefresh(" + T.Type +
         ".backgroundRefreshIdentifier)) {" + Captured + "\n\tawait " +
         Receiver.str() + ".runBackgroundRefresh()\n}";
}
