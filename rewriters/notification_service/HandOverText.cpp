//===-- HandOverText.cpp - a service that hands calls over ----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/HandOverText.h"
#include "rewriters/edit/Indentation.h"
#include "rewriters/edit/TextEdits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

// Templates: a tab at a line's head is one level of indentation.

namespace {

/// A line of a generated source, and the lines that take its place; they may
/// hold the line itself.
struct Change {
  std::string Line;
  std::string Lines;
};

} // namespace

static std::vector<Change> deliveryChanges(StringRef Path) {
  if (Path.ends_with(".swift"))
    return {
        {"/// Hands the notification back to the system; later calls do "
         "nothing.",
         "\t/// Hands the notification, or `other` in its place, back to the "
         "system; later\n\t/// calls do nothing. Empty content shows nothing, "
         "given the filtering entitlement.\n"},
        {"func finish() {",
         "\tfunc finish(with other: UNNotificationContent? = nil) {\n"},
        {"handler?(content)", "\t\thandler?(other ?? content)\n"}};
  if (Path.ends_with(".h"))
    return {{"- (void)finish;",
             "- (void)finish;\n"
             "/// Hands other content back in its place. Empty content shows "
             "nothing, given the\n/// filtering entitlement.\n"
             "- (void)finishWithContent:(UNNotificationContent *)content;\n"}};
  return {{"- (void)finish {",
           "- (void)finish {\n\t[self finishWithContent:self.content];\n}\n\n"
           "- (void)finishWithContent:(UNNotificationContent *)content {\n"},
          {"handler(self.content);", "\t\thandler(content);\n"}};
}

static std::string memberName(StringRef Type) {
  std::string Name = Type.str();
  Name[0] = llvm::toLower(Name[0]);
  return Name;
}

static const char *SaysHandOver = "/// Has the app report the call, and shows "
                                  "nothing. Where that fails, what "
                                  "was\n/// pushed is shown.\n";

static std::vector<Change> swiftServiceChanges(StringRef Decides,
                                               bool AsksVersion) {
  std::string Member = memberName(Decides);
  std::string HandOver = laidOut(SaysHandOver, "\t", "\t", "\n");
  HandOver += "\tprivate func handOver(_ call: [AnyHashable: Any], for "
              "delivery: Delivery) {\n";
  if (AsksVersion)
    HandOver += "\t\tguard #available(iOS 14.5, *) else {\n"
                "\t\t\tdelivery.finish()\n"
                "\t\t\treturn\n"
                "\t\t}\n";
  HandOver +=
      "\t\tCXProvider.reportNewIncomingVoIPPushPayload(call) { error in\n"
      "\t\t\tdelivery.finish(with: error == nil ? "
      "UNNotificationContent() : nil)\n"
      "\t\t}\n"
      "\t}\n\n";
  return {{"import UserNotifications",
           "import CallKit\nimport UserNotifications\n"},
          {"private let deliveries = Deliveries()",
           "\tprivate let " + Member + " = " + Decides.str() +
               "()\n\tprivate let deliveries = Deliveries()\n"},
          {"delivery.finish()",
           "\t\tif let call = " + Member +
               ".fill(delivery.content, from: request.content.userInfo) {\n"
               "\t\t\thandOver(call, for: delivery)\n"
               "\t\t\treturn\n"
               "\t\t}\n"
               "\t\tdelivery.finish()\n"},
          {"override func serviceExtensionTimeWillExpire() {",
           HandOver + "\toverride func serviceExtensionTimeWillExpire() {\n"}};
}

static std::vector<Change> objcServiceChanges(StringRef Decides,
                                              bool AsksVersion) {
  std::string Report =
      "[CXProvider reportNewIncomingVoIPPushPayload:call\n"
      "                                  completion:^(NSError *error) {\n"
      "\tif (error) {\n"
      "\t\t[delivery finish];\n"
      "\t} else {\n"
      "\t\t[delivery finishWithContent:[[UNNotificationContent alloc] init]];\n"
      "\t}\n"
      "}];\n";
  std::string HandOver =
      SaysHandOver + std::string("- (void)handOver:(NSDictionary *)call "
                                 "forDelivery:(Delivery *)delivery {\n");
  if (AsksVersion)
    HandOver += "\tif (@available(iOS 14.5, *)) {\n" +
                laidOut(Report, "\t\t", "\t", "\n") +
                "\t} else {\n\t\t[delivery finish];\n\t}\n";
  else
    HandOver += laidOut(Report, "\t", "\t", "\n");
  HandOver += "}\n\n";
  return {{"#import \"Deliveries.h\"",
           "#import \"Deliveries.h\"\n#import \"" + Decides.str() +
               ".h\"\n#import <CallKit/CallKit.h>\n"},
          {"[delivery finish];",
           "\tNSDictionary *call = [[[" + Decides.str() +
               " alloc] init] fillContent:delivery.content "
               "fromUserInfo:request.content.userInfo];\n"
               "\tif (call) {\n"
               "\t\t[self handOver:call forDelivery:delivery];\n"
               "\t\treturn;\n"
               "\t}\n"
               "\t[delivery finish];\n"},
          {"- (void)serviceExtensionTimeWillExpire {",
           HandOver + "- (void)serviceExtensionTimeWillExpire {\n"}};
}

std::optional<std::vector<Edit>>
ringfence::handOverEdits(StringRef Path, StringRef Text, const SourceLayout &L,
                         StringRef Decides, bool AsksVersion) {
  StringRef File = Path.substr(Path.rfind('/') + 1);
  std::vector<Change> Changes;
  if (File.starts_with("Deliveries.")) {
    if (Text.contains("finish(with other:") ||
        Text.contains("finishWithContent:"))
      return std::vector<Edit>();
    Changes = deliveryChanges(Path);
  } else if (!Decides.empty()) {
    Changes = L.IsSwift ? swiftServiceChanges(Decides, AsksVersion)
                        : objcServiceChanges(Decides, AsksVersion);
  }
  std::vector<Edit> Edits;
  for (const Change &C : Changes) {
    // The line as a whole, once.
    std::optional<Range> Where;
    for (std::size_t Begin = 0; Begin < Text.size();) {
      std::size_t End = Text.find('\n', Begin);
      End = End == StringRef::npos ? Text.size() : End + 1;
      if (Text.slice(Begin, End).trim() == C.Line) {
        if (Where)
          return std::nullopt;
        Where = Range{static_cast<std::uint32_t>(Begin),
                      static_cast<std::uint32_t>(End)};
      }
      Begin = End;
    }
    if (!Where)
      return std::nullopt;
    Edits.push_back({Path.str(), Where->Begin, Where->size(),
                     laidOut(C.Lines, "", L.Unit, L.LineEnding)});
  }
  return Edits;
}

std::vector<NewFile> ringfence::handOverSources(StringRef Folder,
                                                const SourceLayout &L,
                                                StringRef Decides,
                                                bool AsksVersion) {
  std::vector<NewFile> Files = serviceSources(Folder, L, {});
  for (NewFile &F : Files) {
    if (StringRef(F.Path).ends_with("NotificationService.h"))
      continue;
    std::optional<std::vector<Edit>> Edits =
        handOverEdits(F.Path, F.Text, L, Decides, AsksVersion);
    if (!Edits)
      continue;
    llvm::Expected<std::string> Text = applyEdits(F.Path, F.Text, *Edits);
    if (Text)
      F.Text = std::move(*Text);
    else
      llvm::consumeError(Text.takeError());
  }
  return Files;
}
