//===-- ServiceText.cpp - sources of a notification service ---------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/ServiceText.h"
#include "rewriters/edit/Indentation.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

// Templates: a tab at a line's head is one level of indentation.

static const char *SwiftDeliveries = R"(import Foundation
import UserNotifications

/// The notifications that the extension is working on. The system keeps the
/// process for further pushes, several may overlap, and time runs out on
/// another thread: each is handed back exactly once.
final class Deliveries {
	private let lock = NSLock()
	private var underWay: [String: Delivery] = [:]

	func begin(_ request: UNNotificationRequest,
	           _ contentHandler: @escaping (UNNotificationContent) -> Void) -> Delivery {
		let delivery = Delivery(request, contentHandler, in: self)
		lock.lock()
		let earlier = underWay.updateValue(delivery, forKey: delivery.identifier)
		lock.unlock()
		earlier?.finish()
		return delivery
	}

	/// Hands everything back as far as it has come.
	func finishAll() {
		lock.lock()
		let all = Array(underWay.values)
		lock.unlock()
		all.forEach { $0.finish() }
	}

	fileprivate func remove(_ delivery: Delivery) {
		lock.lock()
		if underWay[delivery.identifier] === delivery {
			underWay[delivery.identifier] = nil
		}
		lock.unlock()
	}
}

/// One notification on its way to the screen.
final class Delivery {
	let identifier: String
	let content: UNMutableNotificationContent
	private let lock = NSLock()
	private var contentHandler: ((UNNotificationContent) -> Void)?
	private weak var deliveries: Deliveries?

	fileprivate init(_ request: UNNotificationRequest,
	                 _ contentHandler: @escaping (UNNotificationContent) -> Void,
	                 in deliveries: Deliveries) {
		identifier = request.identifier
		content = request.content.mutableCopy() as? UNMutableNotificationContent
			?? UNMutableNotificationContent()
		self.contentHandler = contentHandler
		self.deliveries = deliveries
	}

	/// Hands the notification back to the system; later calls do nothing.
	func finish() {
		lock.lock()
		let handler = contentHandler
		contentHandler = nil
		lock.unlock()
		deliveries?.remove(self)
		handler?(content)
	}
}
)";

static const char *ObjCDeliveriesHeader =
    R"(#import <UserNotifications/UserNotifications.h>

NS_ASSUME_NONNULL_BEGIN

/// One notification on its way to the screen.
@interface Delivery : NSObject
@property (nonatomic, readonly, copy) NSString *identifier;
@property (nonatomic, readonly) UNMutableNotificationContent *content;
/// Hands the notification back to the system; later calls do nothing.
- (void)finish;
@end

/// The notifications that the extension is working on. The system keeps the
/// process for further pushes, several may overlap, and time runs out on
/// another thread: each is handed back exactly once.
@interface Deliveries : NSObject
- (Delivery *)beginRequest:(UNNotificationRequest *)request
            contentHandler:(void (^)(UNNotificationContent *content))contentHandler;
/// Hands everything back as far as it has come.
- (void)finishAll;
@end

NS_ASSUME_NONNULL_END
)";

static const char *ObjCDeliveries = R"(#import "Deliveries.h"

@interface Deliveries ()
@property (nonatomic, readonly) NSMutableDictionary<NSString *, Delivery *> *underWay;
- (void)remove:(Delivery *)delivery;
@end

@interface Delivery ()
@property (nonatomic, copy, nullable) void (^contentHandler)(UNNotificationContent *content);
@property (nonatomic, weak) Deliveries *deliveries;
@end

@implementation Delivery

- (instancetype)initWithRequest:(UNNotificationRequest *)request
                 contentHandler:(void (^)(UNNotificationContent *content))contentHandler
                     deliveries:(Deliveries *)deliveries {
	if ((self = [super init])) {
		_identifier = [request.identifier copy];
		_content = [request.content mutableCopy];
		_contentHandler = [contentHandler copy];
		_deliveries = deliveries;
	}
	return self;
}

- (void)finish {
	void (^handler)(UNNotificationContent *) = nil;
	@synchronized(self) {
		handler = self.contentHandler;
		self.contentHandler = nil;
	}
	[self.deliveries remove:self];
	if (handler) {
		handler(self.content);
	}
}

@end

@implementation Deliveries

- (instancetype)init {
	if ((self = [super init])) {
		_underWay = [NSMutableDictionary dictionary];
	}
	return self;
}

- (Delivery *)beginRequest:(UNNotificationRequest *)request
            contentHandler:(void (^)(UNNotificationContent *content))contentHandler {
	Delivery *delivery = [[Delivery alloc] initWithRequest:request
	                                        contentHandler:contentHandler
	                                            deliveries:self];
	Delivery *earlier = nil;
	@synchronized(self) {
		earlier = self.underWay[delivery.identifier];
		self.underWay[delivery.identifier] = delivery;
	}
	[earlier finish];
	return delivery;
}

- (void)finishAll {
	NSArray<Delivery *> *all = nil;
	@synchronized(self) {
		all = self.underWay.allValues;
	}
	for (Delivery *delivery in all) {
		[delivery finish];
	}
}

- (void)remove:(Delivery *)delivery {
	@synchronized(self) {
		if (self.underWay[delivery.identifier] == delivery) {
			[self.underWay removeObjectForKey:delivery.identifier];
		}
	}
}

@end
)";

/// "messageNotification" of "MessageNotification".
static std::string memberName(StringRef Type) {
  std::string Name = Type.str();
  Name[0] = llvm::toLower(Name[0]);
  return Name;
}

static std::string swiftMember(StringRef Filler) {
  return "\tprivate let " + memberName(Filler) + " = " + Filler.str() + "()\n";
}
static std::string swiftFill(StringRef Filler) {
  return "\t\t" + memberName(Filler) +
         ".fill(delivery.content, from: request.content.userInfo)\n";
}
static std::string objcImport(StringRef Filler) {
  return "#import \"" + Filler.str() + ".h\"\n";
}
static std::string objcFill(StringRef Filler) {
  return "\t[[[" + Filler.str() +
         " alloc] init] fillContent:delivery.content "
         "fromUserInfo:request.content.userInfo];\n";
}

static const char *SwiftDeliveriesMember =
    "\tprivate let deliveries = Deliveries()\n";
static const char *SwiftFinish = "\t\tdelivery.finish()\n";
static const char *ObjCLastImport = "#import \"Deliveries.h\"\n";
static const char *ObjCFinish = "\t[delivery finish];\n";

static std::string swiftService(const std::vector<std::string> &Fillers) {
  std::string S = "import UserNotifications\n\n";
  S += "/// Sees each pushed notification before the system shows it.\n";
  S += "final class NotificationService: UNNotificationServiceExtension {\n";
  for (const std::string &F : Fillers)
    S += swiftMember(F);
  S += SwiftDeliveriesMember;
  S += "\n"
       "\toverride func didReceive(_ request: UNNotificationRequest,\n"
       "\t                         withContentHandler contentHandler: "
       "@escaping (UNNotificationContent) -> Void) {\n"
       "\t\tlet delivery = deliveries.begin(request, contentHandler)\n";
  for (const std::string &F : Fillers)
    S += swiftFill(F);
  S += SwiftFinish;
  S += "\t}\n\n"
       "\toverride func serviceExtensionTimeWillExpire() {\n"
       "\t\tdeliveries.finishAll()\n"
       "\t}\n"
       "}\n";
  return S;
}

static std::string objcService(const std::vector<std::string> &Fillers) {
  std::string S = "#import \"NotificationService.h\"\n";
  S += ObjCLastImport;
  for (const std::string &F : Fillers)
    S += objcImport(F);
  S +=
      "\n"
      "@interface NotificationService ()\n"
      "@property (nonatomic, readonly) Deliveries *deliveries;\n"
      "@end\n\n"
      "@implementation NotificationService\n\n"
      "- (instancetype)init {\n"
      "\tif ((self = [super init])) {\n"
      "\t\t_deliveries = [[Deliveries alloc] init];\n"
      "\t}\n"
      "\treturn self;\n"
      "}\n\n"
      "- (void)didReceiveNotificationRequest:(UNNotificationRequest *)request\n"
      "                   withContentHandler:(void (^)(UNNotificationContent "
      "*content))contentHandler {\n"
      "\tDelivery *delivery = [self.deliveries beginRequest:request "
      "contentHandler:contentHandler];\n";
  for (const std::string &F : Fillers)
    S += objcFill(F);
  S += ObjCFinish;
  S += "}\n\n"
       "- (void)serviceExtensionTimeWillExpire {\n"
       "\t[self.deliveries finishAll];\n"
       "}\n\n"
       "@end\n";
  return S;
}

std::vector<NewFile>
ringfence::serviceSources(StringRef Folder, const SourceLayout &L,
                          const std::vector<std::string> &Fillers) {
  std::vector<NewFile> Files;
  auto Add = [&](StringRef Name, StringRef Template) {
    Files.push_back({Folder.str() + "/" + Name.str(),
                     laidOut(Template, "", L.Unit, L.LineEnding)});
  };
  if (L.IsSwift) {
    Add("Deliveries.swift", SwiftDeliveries);
    Add("NotificationService.swift", swiftService(Fillers));
    return Files;
  }
  Add("Deliveries.h", ObjCDeliveriesHeader);
  Add("Deliveries.m", ObjCDeliveries);
  Add("NotificationService.h",
      "#import <UserNotifications/UserNotifications.h>\n\n"
      "/// Sees each pushed notification before the system shows it.\n"
      "@interface NotificationService : UNNotificationServiceExtension\n"
      "@end\n");
  Add("NotificationService.m", objcService(Fillers));
  return Files;
}

std::optional<std::vector<Edit>>
ringfence::fillerEdits(StringRef Path, StringRef Text,
                       const std::vector<std::string> &Fillers) {
  bool IsSwift = Path.ends_with(".swift");
  StringRef LineEnding = Text.contains("\r\n") ? "\r\n" : "\n";
  std::vector<Edit> Edits;
  // The unit is whatever stands before the line that is looked for.
  auto InsertAt = [&](StringRef Line, std::string (*New)(StringRef),
                      bool Before) {
    StringRef Bare = Line.trim();
    std::size_t At = Text.find(Bare);
    if (At == StringRef::npos || Text.find(Bare, At + 1) != StringRef::npos)
      return false;
    std::size_t Begin = Text.take_front(At).rfind('\n') + 1;
    StringRef Indent = Text.slice(Begin, At);
    if (Indent.trim() != "")
      return false;
    std::size_t End = Text.find('\n', At);
    std::size_t Where =
        Before ? Begin : (End == StringRef::npos ? Text.size() : End + 1);
    std::string Lines;
    for (const std::string &F : Fillers)
      Lines += Indent.str() + StringRef(New(F)).trim().str() + LineEnding.str();
    Edits.push_back({Path.str(), static_cast<std::uint32_t>(Where), 0, Lines});
    return true;
  };
  bool Fits = IsSwift ? InsertAt(SwiftDeliveriesMember, swiftMember, true) &&
                            InsertAt(SwiftFinish, swiftFill, true)
                      : InsertAt(ObjCLastImport, objcImport, false) &&
                            InsertAt(ObjCFinish, objcFill, true);
  if (!Fits)
    return std::nullopt;
  return Edits;
}
