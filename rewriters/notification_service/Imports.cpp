//===-- Imports.cpp - what a moved piece of code imports ------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/Imports.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>

using namespace ringfence;
using llvm::StringRef;

namespace {
/// A framework of the SDK and how the names that it brings begin.
struct Framework {
  StringRef Module;
  std::vector<StringRef> Prefixes;
};
} // namespace

static const std::vector<Framework> &frameworks() {
  static const std::vector<Framework> All = {
      {"Foundation", {}}, // always there
      {"UserNotifications", {}},
      {"SwiftUI", {"Color", "Image"}},
      {"UIKit", {"UI", "NSAttributedString"}},
      {"CryptoKit",
       {"AES", "ChaChaPoly", "SHA", "SymmetricKey", "P256", "P384",
        "Curve25519", "HMAC", "HKDF"}},
      {"Security", {"Sec", "kSec", "errSec"}},
      {"CommonCrypto", {"CC", "kCC"}},
      {"Intents", {"IN"}},
      {"Contacts", {"CN"}},
      {"CoreData", {"NSManaged", "NSFetch", "NSPersistent"}},
      {"os", {"Logger", "os_", "OSLog"}},
      {"os.log", {"Logger", "os_", "OSLog"}},
      {"CoreLocation", {"CL"}},
      {"AVFoundation", {"AV"}},
      {"UniformTypeIdentifiers", {"UT"}},
      {"MobileCoreServices", {"UT", "kUT"}},
      {"Combine", {"AnyCancellable", "PassthroughSubject"}},
      // What a handler's file imports for its calls and its life at launch.
      {"PushKit", {"PK"}},
      {"CallKit", {"CX"}},
      {"BackgroundTasks", {"BG"}},
  };
  return All;
}

/// Names that Foundation and the language bring.
static bool isFoundation(StringRef Name) {
  static constexpr StringRef Swift[] = {
      "String",        "Int",           "Bool",
      "Double",        "Float",         "Data",
      "Date",          "URL",           "UUID",
      "Array",         "Dictionary",    "Set",
      "Any",           "AnyHashable",   "Error",
      "Optional",      "Result",        "Bundle",
      "UserDefaults",  "FileManager",   "JSONSerialization",
      "JSONDecoder",   "JSONEncoder",   "Locale",
      "Calendar",      "TimeInterval",  "Character",
      "UInt",          "Int64",         "Int32",
      "UInt64",        "UInt32",        "UInt8",
      "DateFormatter", "Notification",  "NotificationCenter",
      "Thread",        "DispatchQueue", "Codable",
      "Decodable",     "Equatable",     "Hashable",
      "CharacterSet",  "Substring",     "Self",
      "Never",         "Void",          "Decimal"};
  return Name.starts_with("NS") || Name.starts_with("UN") ||
         Name.starts_with("ISO8601") || llvm::is_contained(Swift, Name);
}

static const Framework *framework(StringRef Module) {
  for (const Framework &F : frameworks())
    if (F.Module == Module)
      return &F;
  return nullptr;
}

/// "UIKit" of "UIKit", "UIKit/UIKit.h" and "<UIKit/UIKit.h>".
static StringRef moduleOf(StringRef Import) {
  Import = Import.trim("<>");
  return Import.contains('/') ? Import.split('/').first : Import;
}

FillerImports ringfence::fillerImports(const ProposeInput &In,
                                       const PostedNotification &N) {
  FillerImports I;
  const Needs &Need = *N.Need;
  bool IsSwift = N.H.language() == Language::Swift;
  std::set<std::string> Open; // names that no import accounts for yet
  for (const std::string &Name : Need.outsideNames())
    if (!isFoundation(Name) &&
        (llvm::isUpper(Name.front()) || StringRef(Name).starts_with("k")))
      Open.insert(Name);
  std::vector<StringRef> Others, Own;
  I.Modules = IsSwift
                  ? std::vector<std::string>{"Foundation", "UserNotifications"}
                  : std::vector<std::string>{};
  for (const std::string &Import : N.H.In->Imports) {
    StringRef Module = moduleOf(Import);
    if (!IsSwift && StringRef(Import).ends_with(".h") &&
        !StringRef(Import).contains('/')) {
      Own.push_back(Import);
      continue;
    }
    const Framework *F = framework(Module);
    if (!F) {
      Others.push_back(Import);
      continue;
    }
    bool Used = false;
    for (const std::string &Name : Need.outsideNames())
      for (StringRef Prefix : F->Prefixes)
        if (StringRef(Name).starts_with(Prefix)) {
          Used = true;
          Open.erase(Name);
        }
    if (Used && !llvm::is_contained(I.Modules, Module))
      I.Modules.push_back(Module.str());
  }
  // Somebody has to declare what is still unknown.
  if (!Open.empty())
    for (StringRef Import : Others)
      if (IsSwift)
        I.Modules.push_back(Import.str());
  if (!IsSwift) {
    for (const std::string &Type : Need.projectTypes()) {
      std::string Header = Type + ".h";
      for (const FunctionSource::TypeRef &T : In.Functions.types(Type))
        if (T.In->Source->path().ends_with(".h"))
          Header = T.In->Source->path().rsplit('/').second.empty()
                       ? T.In->Source->path().str()
                       : T.In->Source->path().rsplit('/').second.str();
      I.Headers.push_back(Header);
    }
    if (!Open.empty())
      for (StringRef Import : Own)
        if (!Import.starts_with(N.H.Fn->Owner))
          I.Headers.push_back(Import.str());
    llvm::sort(I.Headers);
    I.Headers.erase(std::unique(I.Headers.begin(), I.Headers.end()),
                    I.Headers.end());
  }
  llvm::sort(I.Modules);
  I.Modules.erase(std::unique(I.Modules.begin(), I.Modules.end()),
                  I.Modules.end());
  return I;
}
