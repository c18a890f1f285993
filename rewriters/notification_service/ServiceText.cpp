//===-- ServiceText.cpp - sources of a notification service ---------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/ServiceText.h"
#include "rewriters/edit/Indentation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
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

static std::string swiftMember(const FillerName &F) {
  return "\tprivate let " + memberName(F.Name) + " = " + F.Name + "()\n";
}
static std::string swiftFill(const FillerName &F) {
  return memberName(F.Name) +
         ".fill(delivery.content, from: request.content.userInfo)";
}
static std::string objcImport(const FillerName &F) {
  return "#import \"" + F.Name + ".h\"\n";
}
/// One that waits is kept: what it is given to call back may not keep it.
static std::string objcMember(const FillerName &F) {
  return F.Waits ? "@property (nonatomic, readonly) " + F.Name + " *" +
                       memberName(F.Name) + ";\n"
                 : "";
}
static bool anyAdded(const std::vector<FillerName> &Fillers) {
  return llvm::any_of(Fillers, [](const FillerName &F) { return F.IsAdded; });
}

static const char *SwiftAdd =
    R"(	/// Shows what a push leads to beside its own notification, if it does.
	private func add(_ content: UNMutableNotificationContent, named name: String,
	                 then done: @escaping () -> Void) {
		guard !content.title.isEmpty || !content.body.isEmpty else {
			done()
			return
		}
		let identifier = content.userInfo["notificationIdentifier"] as? String ?? name
		let request = UNNotificationRequest(identifier: identifier, content: content, trigger: nil)
		UNUserNotificationCenter.current().add(request) { _ in
			done()
		}
	}

)";

static const char *ObjCAdd =
    R"(/// Shows what a push leads to beside its own notification, if it does.
- (void)addContent:(UNMutableNotificationContent *)content
             named:(NSString *)name
              then:(void (^)(void))done {
	if (content.title.length == 0 && content.body.length == 0) {
		done();
		return;
	}
	NSString *identifier = content.userInfo[@"notificationIdentifier"] ?: name;
	UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:identifier
	                                                                      content:content
	                                                                      trigger:nil];
	[[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request
	                                                       withCompletionHandler:^(NSError *error) {
		done();
	}];
}

)";

/// The lines that have \p F fill a content of its own and the service add it,
/// up to the block that runs then. \p Local holds the content.
static std::string addOther(const FillerName &F, StringRef Local, bool IsSwift,
                            StringRef Tabs) {
  std::string L = Local.str(), T = Tabs.str();
  if (IsSwift)
    return T + "let " + L + " = UNMutableNotificationContent()\n" + T +
           memberName(F.Name) + ".fill(" + L +
           ", from: request.content.userInfo)\n" + T + "add(" + L +
           ", named: request.identifier + \"-" + F.Name + "\") {\n";
  return T + "UNMutableNotificationContent *" + L +
         " = [[UNMutableNotificationContent alloc] init];\n" + T + "[[[" +
         F.Name + " alloc] init] fillContent:" + L +
         " fromUserInfo:request.content.userInfo];\n" + T +
         "[self addContent:" + L +
         " named:[request.identifier stringByAppendingString:@\"-" + F.Name +
         "\"] then:^{\n";
}

static std::string objcMake(const FillerName &F) {
  return F.Waits ? "\t\t_" + memberName(F.Name) + " = [[" + F.Name +
                       " alloc] init];\n"
                 : "";
}
static std::string objcFill(const FillerName &F) {
  return "[" +
         (F.Waits ? "self." + memberName(F.Name)
                  : "[[" + F.Name + " alloc] init]") +
         " fillContent:delivery.content fromUserInfo:request.content.userInfo";
}

static const char *SwiftDeliveriesMember =
    "\tprivate let deliveries = Deliveries()\n";
static const char *SwiftFinish = "delivery.finish()";
static const char *ObjCLastImport = "#import \"Deliveries.h\"\n";
static const char *ObjCDeliveriesMember =
    "@property (nonatomic, readonly) Deliveries *deliveries;\n";
static const char *ObjCDeliveriesMake =
    "\t\t_deliveries = [[Deliveries alloc] init];\n";
static const char *ObjCFinish = "[delivery finish];";

/// Hands the delivery to \p Fillers and finishes it: those that fill at once
/// come first, of the others one when the one before has called back or its
/// notification has been added. In template form, for lines that begin with \p
/// Tabs.
static std::string fillAndFinish(const std::vector<FillerName> &Fillers,
                                 bool IsSwift, std::string Tabs) {
  std::string Head, Tail;
  for (const FillerName &F : Fillers)
    if (!F.Waits && !F.IsAdded)
      Head += Tabs + (IsSwift ? swiftFill(F) : objcFill(F) + "];") + "\n";
  unsigned Others = 0;
  for (const FillerName &F : Fillers) {
    if (!F.Waits && !F.IsAdded)
      continue;
    if (F.IsAdded) {
      std::string Number = Others++ ? std::to_string(Others) : "";
      Head += addOther(F, "other" + Number, IsSwift, Tabs);
    } else
      Head += Tabs +
              (IsSwift ? swiftFill(F) + " {" : objcFill(F) + " then:^{") + "\n";
    Tail = Tabs + (IsSwift ? "}\n" : "}];\n") + Tail;
    Tabs += "\t";
  }
  return Head + Tabs + (IsSwift ? SwiftFinish : ObjCFinish) + "\n" + Tail;
}

static std::string swiftService(const std::vector<FillerName> &Fillers) {
  std::string S = "import UserNotifications\n\n";
  S += "/// Sees each pushed notification before the system shows it.\n";
  S += "final class NotificationService: UNNotificationServiceExtension {\n";
  for (const FillerName &F : Fillers)
    S += swiftMember(F);
  S += SwiftDeliveriesMember;
  S += "\n"
       "\toverride func didReceive(_ request: UNNotificationRequest,\n"
       "\t                         withContentHandler contentHandler: "
       "@escaping (UNNotificationContent) -> Void) {\n"
       "\t\tlet delivery = deliveries.begin(request, contentHandler)\n";
  S += fillAndFinish(Fillers, /*IsSwift=*/true, "\t\t");
  S += "\t}\n\n";
  if (anyAdded(Fillers))
    S += SwiftAdd;
  S += "\toverride func serviceExtensionTimeWillExpire() {\n"
       "\t\tdeliveries.finishAll()\n"
       "\t}\n"
       "}\n";
  return S;
}

static std::string objcService(const std::vector<FillerName> &Fillers) {
  std::string S = "#import \"NotificationService.h\"\n";
  S += ObjCLastImport;
  for (const FillerName &F : Fillers)
    S += objcImport(F);
  S += "\n"
       "@interface NotificationService ()\n";
  S += ObjCDeliveriesMember;
  for (const FillerName &F : Fillers)
    S += objcMember(F);
  S += "@end\n\n"
       "@implementation NotificationService\n\n"
       "- (instancetype)init {\n"
       "\tif ((self = [super init])) {\n";
  S += ObjCDeliveriesMake;
  for (const FillerName &F : Fillers)
    S += objcMake(F);
  S +=
      "\t}\n"
      "\treturn self;\n"
      "}\n\n"
      "- (void)didReceiveNotificationRequest:(UNNotificationRequest *)request\n"
      "                   withContentHandler:(void (^)(UNNotificationContent "
      "*content))contentHandler {\n"
      "\tDelivery *delivery = [self.deliveries beginRequest:request "
      "contentHandler:contentHandler];\n";
  S += fillAndFinish(Fillers, /*IsSwift=*/false, "\t");
  S += "}\n\n";
  if (anyAdded(Fillers))
    S += ObjCAdd;
  S += "- (void)serviceExtensionTimeWillExpire {\n"
       "\t[self.deliveries finishAll];\n"
       "}\n\n"
       "@end\n";
  return S;
}

std::vector<NewFile>
ringfence::serviceSources(StringRef Folder, const SourceLayout &L,
                          const std::vector<FillerName> &Fillers) {
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

namespace {

/// Adds lines to a text that serviceSources has written.
class ServiceEdits {
public:
  ServiceEdits(StringRef Path, StringRef Text) : Path(Path), Text(Text) {}

  /// Puts \p Lines, in template form, before or behind the one line that reads
  /// \p Line, in its indentation. False if there is no such line.
  bool insert(StringRef Line, const std::string &Lines, bool Before) {
    std::optional<Range> At = find(Line);
    if (At)
      add(Before ? Range{At->Begin, At->Begin} : Range{At->End, At->End},
          Lines);
    return At.has_value();
  }
  /// Puts \p Lines in the place of that line.
  bool replace(StringRef Line, const std::string &Lines) {
    std::optional<Range> At = find(Line);
    if (At)
      add(*At, Lines);
    return At.has_value();
  }

  std::vector<Edit> Edits;

private:
  /// The line that reads \p Line, with its end.
  std::optional<Range> find(StringRef Line) {
    StringRef Bare = Line.trim();
    std::size_t At = Text.find(Bare);
    if (At == StringRef::npos || Text.find(Bare, At + 1) != StringRef::npos)
      return std::nullopt;
    std::size_t Begin = Text.take_front(At).rfind('\n') + 1;
    Indent = Text.slice(Begin, At);
    if (Indent.trim() != "")
      return std::nullopt;
    std::size_t End = Text.find('\n', At);
    return Range{static_cast<std::uint32_t>(Begin),
                 static_cast<std::uint32_t>(End == StringRef::npos ? Text.size()
                                                                   : End + 1)};
  }
  void add(Range R, const std::string &Lines) {
    std::string Bare;
    llvm::SmallVector<StringRef> All;
    StringRef(Lines).split(All, '\n', -1, /*KeepEmpty=*/false);
    // Templates begin where the line that is looked for begins.
    std::size_t Tabs =
        All.empty() ? 0 : All.front().size() - All.front().ltrim('\t').size();
    for (StringRef Line : All)
      Bare += (Line.drop_front(Tabs) + "\n").str();
    Edits.push_back(
        {Path.str(), R.Begin, R.size(),
         laidOut(Bare, Indent, unit(), Text.contains("\r\n") ? "\r\n" : "\n")});
  }
  /// One level, as the first indented line has it.
  std::string unit() const {
    std::size_t At = Text.find("\n    ");
    return Text.contains("\n\t")                             ? "\t"
           : At != StringRef::npos || !Text.contains("\n  ") ? "    "
                                                             : "  ";
  }

  StringRef Path, Text, Indent;
};

} // namespace

std::optional<std::vector<Edit>>
ringfence::fillerEdits(StringRef Path, StringRef Text,
                       const std::vector<FillerName> &Fillers) {
  bool IsSwift = Path.ends_with(".swift");
  ServiceEdits E(Path, Text);
  std::string Imports, Members, Makes;
  for (const FillerName &F : Fillers) {
    Members += IsSwift ? swiftMember(F) : objcMember(F);
    Imports += IsSwift ? "" : objcImport(F);
    Makes += IsSwift ? "" : objcMake(F);
  }
  bool Fits =
      IsSwift
          ? E.insert(SwiftDeliveriesMember, Members, /*Before=*/true)
          : E.insert(ObjCLastImport, Imports, /*Before=*/false) &&
                (Members.empty() ||
                 (E.insert(ObjCDeliveriesMember, Members, /*Before=*/false) &&
                  E.insert(ObjCDeliveriesMake, Makes, /*Before=*/false)));
  StringRef Finish = IsSwift ? SwiftFinish : ObjCFinish;
  std::string Lines = fillAndFinish(Fillers, IsSwift, "");
  // What fills at once goes in front, so that others may go there too.
  bool Waits = llvm::any_of(
      Fillers, [](const FillerName &F) { return F.Waits || F.IsAdded; });
  StringRef Expires = IsSwift
                          ? "override func serviceExtensionTimeWillExpire() {"
                          : "- (void)serviceExtensionTimeWillExpire {";
  if (anyAdded(Fillers))
    Fits &= E.insert(Expires, IsSwift ? SwiftAdd : ObjCAdd, /*Before=*/true);
  if (!Waits)
    Lines.resize(Lines.size() - Finish.size() - 1);
  if (!Fits || !(Waits ? E.replace(Finish, Lines)
                       : E.insert(Finish, Lines, /*Before=*/true)))
    return std::nullopt;
  return E.Edits;
}
