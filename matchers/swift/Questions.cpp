//===-- Questions.cpp - the questions that the rule is about, by their spelling -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Questions.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;

llvm::StringRef swift::pushTypeName(llvm::StringRef Written) {
  llvm::StringRef W = Written.trim().trim("()").trim();
  W.consume_back(".rawValue");
  if (!W.consume_front("PKPushType.") && !W.consume_front("PKPushType") &&
      !W.consume_front("."))
    return "";
  return llvm::StringSwitch<llvm::StringRef>(W)
      .Cases("voIP", "VoIP", "voip", "voIP", "voIP")
      .Cases("fileProvider", "FileProvider", "fileProvider")
      .Cases("complication", "Complication", "complication")
      .Default("");
}

std::string swift::appStateName(llvm::StringRef Written) {
  llvm::StringRef W = Written.trim();
  std::size_t Dot = W.rfind('.');
  if (Dot == llvm::StringRef::npos)
    return "";
  std::string Name = W.substr(Dot + 1).lower();
  return Name == "active" || Name == "inactive" || Name == "background" ? Name
                                                                        : "";
}

bool swift::readsSystemVersion(llvm::StringRef Written) {
  return Written.contains("systemVersion") ||
         Written.contains("operatingSystemVersion") ||
         Written.contains("majorVersion") ||
         Written.contains("NSFoundationVersionNumber") ||
         Written.contains("kCFCoreFoundationVersionNumber");
}

std::optional<swift::Version> swift::versionIn(llvm::StringRef Written) {
  llvm::StringRef W = Written.trim();
  std::size_t Named = W.find("_iOS_");
  bool IsMaximum = W.contains("_Max") || W.contains("_max");
  if (Named != llvm::StringRef::npos)
    W = W.substr(Named + 5);
  W = W.trim("\"");
  Version V;
  if (W.consumeInteger(10, V.Major))
    return std::nullopt;
  // A longer expression that happens to begin with a digit is no version.
  if (W.consume_front(".") || W.consume_front("_"))
    if (W.consumeInteger(10, V.Minor))
      V.Minor = 0;
  // "later than the last iOS 12" is iOS 13.
  if (IsMaximum)
    V = {V.Major + 1, 0};
  return V;
}
