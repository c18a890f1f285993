//===-- QueueText.cpp - pushes that wait for a background task -----------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/QueueText.h"

using namespace ringfence;
using llvm::StringRef;

std::string ringfence::with(std::string Template, StringRef Mark,
                            StringRef By) {
  for (std::size_t At = Template.find(Mark.str()); At != std::string::npos;
       At = Template.find(Mark.str(), At + By.size()))
    Template.replace(At, Mark.size(), By.str());
  return Template;
}

namespace {

/// What stands at the open places of the members.
struct Parts {
  StringRef Expire;   ///< when the system takes its time back
  StringRef Run;      ///< what a run of the task calls
  StringRef Resume;   ///< at the end of the registration
  StringRef Schedule; ///< in front of the method that submits the request
  StringRef Submit;   ///< that method's name
  StringRef With;     ///< the method's parameter for what was pushed
  StringRef Queued;   ///< behind the method that does the work
};

} // namespace

static const Parts SwiftPlain = {
    "{ run.finish(success: false) }",
    "refreshInBackground { success in run.finish(success: success) }",
    "",
    "",
    "scheduleBackgroundRefresh",
    "",
    ""};

static const Parts SwiftQueued = {
    R"({
			// What still waits is for another run.
			self?.submitBackgroundRefresh()
			run.finish(success: false)
		})",
    "refreshForKeptPushes(in: run)",
    R"(	// The app may have ended in the middle of a run.
	if BackgroundRefreshQueue.isWaiting {
		submitBackgroundRefresh()
	}
)",
    R"(/// Keeps what was pushed and asks the system for the catch-up.
$AVAILABLE$FREEprivate func scheduleBackgroundRefresh(with $VALUES: [AnyHashable: Any]) {
	do {
		if try BackgroundRefreshQueue.append($VALUES) {
			$SAY(oldest push dropped: too many wait for the background refresh)
		}
	} catch {
		$LOG(push not kept for the background refresh)
	}
	submitBackgroundRefresh()
}

)",
    "submitBackgroundRefresh",
    "with $VALUES: [AnyHashable: Any], ",
    R"(
/// Does the catch-up for the pushes that wait, one after the other. Each waits
/// until its work has ended.
$AVAILABLEprivate func refreshForKeptPushes(in run: BackgroundRun) {
	guard run.isOpen else { return }
	do {
		guard let push = try BackgroundRefreshQueue.begin() else {
			run.finish(success: true)
			return
		}
		guard push.attempts <= BackgroundRefreshQueue.maximumAttempts else {
			$SAY(push given up: the background refresh was cut off too often)
			try FileManager.default.removeItem(at: push.file)
			refreshForKeptPushes(in: run)
			return
		}
		let file = push.file
		refreshInBackground(with: push.values) { success in
			guard run.ends(file) else { return }
			$HOP {
				if success && BackgroundRefreshQueue.remove(file) {
					self.refreshForKeptPushes(in: run)
				} else {
					BackgroundRefreshQueue.keep(file)
					self.submitBackgroundRefresh()
					run.finish(success: false)
				}
			}
		}
	} catch {
		$LOG(pushes kept for the background refresh not read)
		submitBackgroundRefresh()
		run.finish(success: false)
	}
}
)"};

static const Parts ObjCPlain = {"", "refreshInBackground:finish", "",
                                "", "scheduleBackgroundRefresh",  "",
                                ""};

static const Parts ObjCQueued = {
    R"(			// What still waits is for another run.
			[$SELF submitBackgroundRefresh];
)",
    "refreshForKeptPushes:finish whileOpen:isOpen",
    R"(	// The app may have ended in the middle of a run.
	if ([self keptPushes:NULL].count > 0) {
		[self submitBackgroundRefresh];
	}
)",
    R"(/// Keeps what was pushed and asks the system for the catch-up.
- (void)scheduleBackgroundRefresh:(NSDictionary *)$VALUES$AVAILABLE {
	NSError *error = nil;
	if (![self keepPush:$VALUES error:&error]) {
		$LOG(push not kept for the background refresh)
	}
	[self submitBackgroundRefresh];
}

)",
    "submitBackgroundRefresh",
    "",
    R"(
/// Does the catch-up for the pushes that wait, one after the other. Each waits
/// until its work has ended.
- (void)refreshForKeptPushes:(void (^)(BOOL success))finish whileOpen:(BOOL (^)(void))isOpen$AVAILABLE {
	if (!isOpen()) {
		return;
	}
	NSError *error = nil;
	NSArray<NSURL *> *files = [self keptPushes:&error];
	if (files && files.count == 0) {
		finish(YES);
		return;
	}
	NSData *data = files ? [NSData dataWithContentsOfURL:files[0] options:0 error:&error] : nil;
	NSURL *file = data ? [self keptPush:files[0] attempts:files[0].pathExtension.integerValue + 1 error:&error] : nil;
	if (!file) {
		$LOG(pushes kept for the background refresh not read)
		[self submitBackgroundRefresh];
		finish(NO);
		return;
	}
	NSFileManager *manager = [NSFileManager defaultManager];
	// A push in the middle of which every run is cut off must not stop those behind it.
	if (file.pathExtension.integerValue > 5 && [manager removeItemAtURL:file error:NULL]) {
		$SAY(push given up: the background refresh was cut off too often)
		[self refreshForKeptPushes:finish whileOpen:isOpen];
		return;
	}
	NSDictionary *pushed = [NSPropertyListSerialization propertyListWithData:data options:NSPropertyListImmutable format:NULL error:NULL];
	__block BOOL hasEnded = NO;
	[self refreshInBackground:pushed finished:^(BOOL success) {
		@synchronized(file) {
			if (hasEnded) {
				return;
			}
			hasEnded = YES;
		}
		dispatch_async($HOP, ^{
			if (success && ([manager removeItemAtURL:file error:NULL] || ![manager fileExistsAtPath:file.path])) {
				[self refreshForKeptPushes:finish whileOpen:isOpen];
			} else {
				// An attempt that came to its end does not count.
				[self keptPush:file attempts:0 error:NULL];
				[self submitBackgroundRefresh];
				finish(NO);
			}
		});
	}];
}

/// The folder of the pushes that wait: a property list each, in their order;
/// the extension counts how often the work for it was begun.
- (NSURL *)keptPushesFolder {
	NSURL *support = [[[NSFileManager defaultManager] URLsForDirectory:NSApplicationSupportDirectory inDomains:NSUserDomainMask] firstObject];
	return [support URLByAppendingPathComponent:@"background-$SUFFIX"];
}

/// The files of the pushes that wait, the oldest first; nil if they cannot be
/// listed.
- (NSArray<NSURL *> *)keptPushes:(NSError **)error {
	NSURL *folder = [self keptPushesFolder];
	NSFileManager *manager = [NSFileManager defaultManager];
	if (![manager createDirectoryAtURL:folder withIntermediateDirectories:YES attributes:nil error:error]) {
		return nil;
	}
	NSArray<NSURL *> *files = [manager contentsOfDirectoryAtURL:folder includingPropertiesForKeys:nil options:NSDirectoryEnumerationSkipsHiddenFiles error:error];
	return [files sortedArrayUsingComparator:^NSComparisonResult(NSURL *one, NSURL *other) {
		return [one.lastPathComponent compare:other.lastPathComponent];
	}];
}

/// Notes in the file's name how often the work for its push was begun. Returns
/// its new place; nil if it cannot be renamed.
- (NSURL *)keptPush:(NSURL *)file attempts:(NSInteger)attempts error:(NSError **)error {
	NSURL *noted = [[file URLByDeletingPathExtension] URLByAppendingPathExtension:@(attempts).stringValue];
	return [[NSFileManager defaultManager] moveItemAtURL:file toURL:noted error:error] ? noted : nil;
}

- (BOOL)keepPush:(NSDictionary *)pushed error:(NSError **)error {
	@synchronized(self) {
		NSArray<NSURL *> *files = [self keptPushes:error];
		if (!files) {
			return NO;
		}
		NSData *data = [NSPropertyListSerialization dataWithPropertyList:[self withoutNulls:pushed] format:NSPropertyListBinaryFormat_v1_0 options:0 error:error];
		// A device that gives no time for long must not fill up.
		if (data && files.count >= 200 && [[NSFileManager defaultManager] removeItemAtURL:files[0] error:NULL]) {
			$SAY(oldest push dropped: too many wait for the background refresh)
		}
		NSInteger number = files.lastObject.lastPathComponent.integerValue + 1;
		NSString *name = [NSString stringWithFormat:@"%010ld-%@.0", (long)number, [NSUUID UUID].UUIDString];
		// Readable from the first time on that the device is unlocked.
		return [data writeToURL:[[self keptPushesFolder] URLByAppendingPathComponent:name]
		                options:NSDataWritingAtomic | NSDataWritingFileProtectionCompleteUntilFirstUserAuthentication
		                  error:error];
	}
}

/// A property list holds no null.
- (id)withoutNulls:(id)value {
	if ([value isKindOfClass:[NSDictionary class]]) {
		NSMutableDictionary *kept = [NSMutableDictionary dictionary];
		for (NSString *key in value) {
			kept[key] = [self withoutNulls:value[key]];
		}
		return kept;
	}
	if ([value isKindOfClass:[NSArray class]]) {
		NSMutableArray *kept = [NSMutableArray array];
		for (id element in value) {
			id inner = [self withoutNulls:element];
			if (inner) {
				[kept addObject:inner];
			}
		}
		return kept;
	}
	return [value isKindOfClass:[NSNull class]] ? nil : value;
}
)"};

// File protection of this class lets a background task read while the device is
// locked (developer.apple.com/documentation/foundation/nsdata/writingoptions/
// completefileprotectionuntilfirstuserauthentication).
static const char *SwiftQueue = R"(
/// The pushes whose work waits for the background task: a file with a property
/// list each, in their order. The extension counts how often the work for it
/// was begun.
private enum BackgroundRefreshQueue {
	/// A push in the middle of which every run is cut off must not stop those
	/// behind it.
	static let maximumAttempts = 5
	/// A device that gives no time for long must not fill up.
	static let maximumWaiting = 200
	private static let lock = NSLock()

	static var isWaiting: Bool {
		(try? files())?.isEmpty == false
	}

	/// Returns whether the oldest push was dropped for it: too many wait.
	static func append(_ values: [AnyHashable: Any]) throws -> Bool {
		lock.lock()
		defer { lock.unlock() }
		let data = try PropertyListSerialization.data(fromPropertyList: withoutNulls(values) ?? [:], format: .binary, options: 0)
		let waiting = try files()
		let last = waiting.last.flatMap { Int($0.lastPathComponent.prefix(10)) } ?? 0
		let name = String(format: "%010ld-", last + 1) + UUID().uuidString + ".0"
		// Readable from the first time on that the device is unlocked.
		try data.write(to: folder().appendingPathComponent(name),
		               options: [.atomic, .completeFileProtectionUntilFirstUserAuthentication])
		return waiting.count >= maximumWaiting && (try? FileManager.default.removeItem(at: waiting[0])) != nil
	}

	/// The oldest push, for another attempt; nil if none waits.
	static func begin() throws -> (file: URL, attempts: Int, values: [AnyHashable: Any])? {
		guard let waiting = try files().first else { return nil }
		let data = try Data(contentsOf: waiting)
		let values = try? PropertyListSerialization.propertyList(from: data, format: nil)
		let attempts = (Int(waiting.pathExtension) ?? 0) + 1
		let file = waiting.deletingPathExtension().appendingPathExtension(String(attempts))
		try FileManager.default.moveItem(at: waiting, to: file)
		return (file, attempts, values as? [AnyHashable: Any] ?? [:])
	}

	/// Leaves a push for another run. An attempt that came to its end does not
	/// count.
	static func keep(_ file: URL) {
		try? FileManager.default.moveItem(at: file, to: file.deletingPathExtension().appendingPathExtension("0"))
	}

	/// Returns whether the push is gone.
	static func remove(_ file: URL) -> Bool {
		(try? FileManager.default.removeItem(at: file)) != nil || !FileManager.default.fileExists(atPath: file.path)
	}

	private static func folder() throws -> URL {
		let support = try FileManager.default.url(for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
		let folder = support.appendingPathComponent("background-$SUFFIX")
		try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
		return folder
	}

	private static func files() throws -> [URL] {
		try FileManager.default.contentsOfDirectory(at: folder(), includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
			.sorted { $0.lastPathComponent < $1.lastPathComponent }
	}

	/// A property list holds no null.
	private static func withoutNulls(_ value: Any) -> Any? {
		if let pairs = value as? [AnyHashable: Any] {
			var kept: [String: Any] = [:]
			for case let (key as String, inner) in pairs {
				kept[key] = withoutNulls(inner)
			}
			return kept
		}
		if let elements = value as? [Any] {
			return elements.compactMap(withoutNulls)
		}
		return value is NSNull ? nil : value
	}
}
)";

/// The statement by which the code of \p T logs \p Text, and an error if one is
/// at hand.
static std::string logged(const TaskText &T, StringRef Text, bool HasError) {
  std::string Message = Text.str();
  if (!T.IsSwift)
    return T.Logs + "(@\"" + Message + (HasError ? ": %@\", error);" : "\");");
  Message = "\"" + Message + (HasError ? ": \\(error)\"" : "\"");
  return T.Logs == "NSLog" ? "NSLog(\"%@\", " + Message + ")"
                           : T.Logs + "(" + Message + ")";
}

/// Fills "$LOG(text)" and, where no error is at hand, "$SAY(text)".
static std::string withLogs(std::string S, const TaskText &T) {
  for (StringRef Mark : {"$LOG(", "$SAY("})
    for (std::size_t At = S.find(Mark.str()); At != std::string::npos;
         At = S.find(Mark.str())) {
      std::size_t End = S.find(')', At);
      std::size_t Text = At + Mark.size();
      S.replace(At, End + 1 - At,
                logged(T, S.substr(Text, End - Text), Mark == "$LOG("));
    }
  return S;
}

std::string ringfence::withQueue(std::string S, const TaskText &T) {
  bool Queues = !T.Values.empty();
  const Parts &P = T.IsSwift ? (Queues ? SwiftQueued : SwiftPlain)
                             : (Queues ? ObjCQueued : ObjCPlain);
  S = with(S, "$EXPIRE", P.Expire);
  S = with(S, "$RUN", P.Run);
  S = with(S, "$RESUME", P.Resume);
  S = with(S, "$SCHEDULE", P.Schedule);
  S = with(S, "$SUBMIT", P.Submit);
  S = with(S, "$WITH", P.With);
  S = with(S, "$QUEUED", P.Queued);
  S = with(S, "$VALUES", T.Values);
  S = with(S, "$SUFFIX", T.Suffix);
  S = with(S, "$SELF", T.UsesARC ? "weakSelf" : "self");
  if (T.IsSwift)
    S = with(S, "$HOP",
             T.OnMain ? "DispatchQueue.main.async"
                      : "DispatchQueue.global(qos: .utility).async");
  else
    S = with(S, "$HOP",
             T.OnMain ? "dispatch_get_main_queue()"
                      : "dispatch_get_global_queue(QOS_CLASS_UTILITY, 0)");
  return withLogs(std::move(S), T);
}

std::string ringfence::queueType(const TaskText &T) {
  return T.IsSwift && !T.Values.empty() ? with(SwiftQueue, "$SUFFIX", T.Suffix)
                                        : "";
}
