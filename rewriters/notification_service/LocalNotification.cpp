//===-- LocalNotification.cpp - what UILocalNotification became -----------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/LocalNotification.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using llvm::StringRef;

/// An alert keeps the text that it was pushed with where there is no other.
static std::string setText(StringRef To, bool IsSure, bool IsSwift) {
  std::string Name = To.str();
  if (IsSwift)
    return IsSure ? "$C." + Name + " = $V"
                  : "if let " + Name + " = $V as String? {\n\t$C." + Name +
                        " = " + Name + "\n}";
  return IsSure ? "$C." + Name + " = $V;"
                : "$C." + Name + " = $V ?: $C." + Name + ";";
}

static std::string setSound(const Value &V, bool IsSure, bool IsSwift) {
  bool IsDefault =
      StringRef(V.Text).trim() == "UILocalNotificationDefaultSoundName";
  if (!IsSwift)
    return IsDefault ? "$C.sound = [UNNotificationSound defaultSound];"
                     : "$C.sound = [UNNotificationSound soundNamed:$V];";
  if (IsDefault)
    return "$C.sound = .default";
  if (IsSure)
    return "$C.sound = UNNotificationSound(named: "
           "UNNotificationSoundName(rawValue: $V))";
  return "if let sound = $V as String? {\n\t$C.sound = "
         "UNNotificationSound(named: UNNotificationSoundName(rawValue: "
         "sound))\n}";
}

static std::string setBadge(const Value &V, bool IsSwift) {
  if (StringRef(V.Text).trim() == "0")
    return ""; // leaves the badge as it is
  bool IsLiteral = V.K == Value::Kind::Literal;
  if (IsSwift)
    return IsLiteral ? "$C.badge = $V" : "$C.badge = NSNumber(value: $V)";
  return IsLiteral ? "$C.badge = @$V;" : "$C.badge = @($V);";
}

/// "Date()", "[NSDate dateWithTimeIntervalSinceNow:1]": it is shown at once,
/// as far as people can tell.
static bool isAboutNow(StringRef Date) {
  Date = Date.trim();
  if (Date == "nil" || Date == "Date()" || Date == "NSDate()" ||
      Date == "[NSDate date]" || Date == "NSDate.date")
    return true;
  std::size_t At = Date.find_insensitive("timeIntervalSinceNow:");
  if (At == StringRef::npos)
    return false;
  StringRef Seconds = Date.drop_front(At).split(':').second.trim(" )]f");
  double Value = 0;
  return !Seconds.getAsDouble(Value) && Value <= 5;
}

/// Objective-C's "?:" takes all but "?:" and assignments to its left as they
/// are.
static std::string parenthesized(std::string Lines, const Value &V) {
  std::size_t At = Lines.find("$V ?:");
  if (At != std::string::npos && StringRef(V.Text).contains('?'))
    Lines.replace(At, 2, "($V)");
  return Lines;
}

Counterpart ringfence::counterpartOf(StringRef Property, const Value &V,
                                     bool IsSure, Language L) {
  bool IsSwift = L == Language::Swift;
  IsSure |= V.K == Value::Kind::Literal;
  if (V.K == Value::Kind::Nil)
    return {};
  StringRef Text = llvm::StringSwitch<StringRef>(Property)
                       .Case("alertBody", "body")
                       .Case("alertTitle", "title")
                       .Case("category", "categoryIdentifier")
                       .Case("alertLaunchImage", "launchImageName")
                       .Default("");
  if (!Text.empty())
    return {parenthesized(setText(Text, IsSure, IsSwift), V), "", ""};
  if (Property == "soundName")
    return {setSound(V, IsSure, IsSwift), "", ""};
  if (Property == "applicationIconBadgeNumber")
    return {setBadge(V, IsSwift), "", ""};
  if (Property == "userInfo") {
    if (!IsSwift)
      return {parenthesized("$C.userInfo = $V ?: $C.userInfo;", V), "", ""};
    bool IsWritten = StringRef(V.Text).starts_with("[");
    return {IsWritten ? "$C.userInfo = $V"
                      : "$C.userInfo = ($V as [AnyHashable: Any]?) ?? "
                        "$C.userInfo",
            "", ""};
  }
  if (Property == "fireDate" && !isAboutNow(V.Text))
    return {"", "", "it is shown later, at '" + V.Text + "'"};
  if (Property == "fireDate" || Property == "timeZone")
    return {};
  if (Property == "alertAction" || Property == "hasAction")
    return {"", "'" + Property.str() + "', which an alert no longer shows", ""};
  return {"", "",
          "'" + Property.str() +
              "' of a local notification has no "
              "counterpart in a pushed one"};
}

/// "alertBody" of "setAlertBody:".
static std::string propertyOfSetter(StringRef Selector) {
  if (!Selector.consume_front("set") || !Selector.consume_back(":") ||
      Selector.empty() || Selector.contains(':'))
    return "";
  std::string Name = Selector.str();
  Name[0] = llvm::toLower(Name[0]);
  return Name;
}

std::optional<PropertySetting> ringfence::propertySetting(const Step &S,
                                                          StringRef Name) {
  if (!S.Arms.empty() || !S.Declares.empty() || !S.Closures.empty())
    return std::nullopt;
  if (S.Assigns.size() == 1) {
    StringRef Target = S.Assigns.front().Target;
    if (Target.consume_front(Name) && Target.consume_front(".") &&
        !Target.contains('.') && !Target.contains('['))
      return PropertySetting{Target.str(), &S.Assigns.front().V};
    return std::nullopt;
  }
  for (const Call &C : S.Calls)
    if (C.Receiver == Name && C.Arguments.size() == 1)
      if (std::string P = propertyOfSetter(C.Name); !P.empty())
        return PropertySetting{P, &C.Arguments.front().V};
  return std::nullopt;
}
