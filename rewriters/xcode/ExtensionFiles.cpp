//===-- ExtensionFiles.cpp - project files of a new extension -------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/ExtensionFiles.h"
#include "rewriters/xcode/Targets.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace ringfence::xcode;
using llvm::StringRef;

/// "a/b" of "a/b/c", "" of "c".
static StringRef parentOf(StringRef Path) {
  std::size_t Slash = Path.rfind('/');
  return Slash == StringRef::npos ? StringRef() : Path.take_front(Slash);
}
static StringRef lastOf(StringRef Path) {
  return Path.substr(Path.rfind('/') + 1);
}

/// Folders that hold a target's files without being named after it.
static bool namesNoTarget(StringRef Folder) {
  static constexpr StringRef Inner[] = {"Resources",
                                        "Resource",
                                        "Supporting Files",
                                        "SupportingFiles",
                                        "Sources",
                                        "Source",
                                        "src",
                                        "Classes",
                                        "submodules",
                                        "Info",
                                        "Supporting",
                                        "Configuration",
                                        "Config",
                                        "Plists"};
  return llvm::is_contained(Inner, Folder);
}

/// The folder of the target that \p InfoPlist belongs to.
static StringRef targetFolder(StringRef InfoPlist) {
  StringRef Folder = parentOf(InfoPlist);
  while (namesNoTarget(lastOf(Folder)))
    Folder = parentOf(Folder);
  return Folder;
}

/// How many folders the target of \p InfoPlist and \p Path share.
static std::size_t nearness(StringRef InfoPlist, StringRef Path) {
  StringRef Folder = targetFolder(InfoPlist);
  std::size_t Shared = 0;
  while (!Folder.empty()) {
    auto [Head, Tail] = Folder.split('/');
    auto [Mine, Others] = Path.split('/');
    if (Head != Mine || Others.empty())
      break;
    ++Shared;
    Folder = Tail;
    Path = Others;
  }
  return Shared;
}

std::vector<std::string>
ringfence::xcode::nearestFirst(std::vector<std::string> InfoPlists,
                               StringRef Path) {
  llvm::stable_sort(InfoPlists, [&](StringRef A, StringRef B) {
    return nearness(A, Path) > nearness(B, Path);
  });
  return InfoPlists;
}

/// Folder number \p Index of \p Path.
static StringRef folderAt(StringRef Path, std::size_t Index) {
  for (; Index != 0; --Index)
    Path = Path.split('/').second;
  return Path.split('/').first;
}

/// Of \p Files, those first that are nearest to \p Path; none if several are
/// equally far.
static std::vector<std::string> nearestOf(std::vector<std::string> Files,
                                          StringRef Path) {
  Files = nearestFirst(std::move(Files), Path);
  if (Files.size() < 2)
    return Files;
  // "submodules" is shared by whatever lies there.
  std::size_t Shared = nearness(Files.front(), Path);
  while (Shared != 0 && namesNoTarget(folderAt(Path, Shared - 1)))
    --Shared;
  if (Shared == 0)
    Files.clear();
  return Files;
}

/// Of \p Files, what the apps that compile \p Path name in \p Field.
static std::vector<std::string>
filesFor(std::vector<std::string> Files, const TargetList &Targets,
         StringRef Path, std::vector<std::string> Target::*Field) {
  std::vector<const Target *> Apps = Targets.appsOf(Path);
  if (Apps.empty())
    return nearestOf(std::move(Files), Path);
  llvm::erase_if(Files, [&](const std::string &P) {
    return llvm::none_of(Apps, [&](const Target *T) {
      return llvm::is_contained(T->*Field, P);
    });
  });
  return nearestFirst(std::move(Files), Path);
}

std::vector<std::string>
ringfence::xcode::infoPlistsFor(std::vector<std::string> InfoPlists,
                                const TargetList &Targets, StringRef Path) {
  return filesFor(std::move(InfoPlists), Targets, Path, &Target::InfoPlists);
}

std::vector<std::string>
ringfence::xcode::entitlementsFor(std::vector<std::string> Entitlements,
                                  const TargetList &Targets, StringRef Path) {
  return filesFor(std::move(Entitlements), Targets, Path,
                  &Target::Entitlements);
}

bool ringfence::xcode::belongsTogether(
    const std::vector<std::string> &InfoPlists, const TargetList &Targets,
    StringRef HandlerPath, StringRef ServicePath) {
  if (std::optional<bool> Shared = Targets.shareAnApp(HandlerPath, ServicePath))
    return *Shared;
  if (InfoPlists.empty())
    return true;
  std::string Mine = nearestFirst(InfoPlists, HandlerPath).front();
  std::string Folder = appLayout({Mine}, HandlerPath).serviceFolder();
  return llvm::none_of(InfoPlists, [&](const std::string &P) {
    if (nearness(P, ServicePath) > nearness(Mine, ServicePath))
      return true;
    std::string Other = appLayout({P}, HandlerPath).serviceFolder();
    return Other != Folder && parentOf(ServicePath) == Other;
  });
}

/// The app's folder that holds the source at \p Path: that of the innermost of
/// \p InfoPlists.
static std::optional<StringRef>
folderAround(const std::vector<std::string> &InfoPlists, StringRef Path) {
  std::optional<StringRef> Found;
  for (StringRef P : InfoPlists) {
    StringRef Folder = targetFolder(P);
    StringRef Rest = Path;
    bool Holds =
        Folder.empty() || (Rest.consume_front(Folder) && Rest.starts_with("/"));
    if (Holds && (!Found || Folder.size() > Found->size()))
      Found = Folder;
  }
  return Found;
}

bool ringfence::xcode::mayShareAnApp(const std::vector<std::string> &InfoPlists,
                                     const TargetList &Targets, StringRef Path,
                                     StringRef Other) {
  if (std::optional<bool> Shared = Targets.shareAnApp(Path, Other))
    return *Shared;
  std::optional<StringRef> Mine = folderAround(InfoPlists, Path);
  std::optional<StringRef> Theirs = folderAround(InfoPlists, Other);
  // One in the other: the outer may be a library's, or the whole's.
  return !Mine || !Theirs || Mine->starts_with(*Theirs) ||
         Theirs->starts_with(*Mine);
}

AppLayout
ringfence::xcode::appLayout(const std::vector<std::string> &InfoPlists,
                            StringRef HandlerPath) {
  AppLayout L;
  StringRef Folder;
  if (!InfoPlists.empty()) {
    L.InfoPlist = nearestFirst(InfoPlists, HandlerPath).front();
    Folder = targetFolder(L.InfoPlist);
    // "App-Info.plist" is what Xcode calls the list of the target App.
    StringRef Name = lastOf(L.InfoPlist);
    if (Folder.empty() && Name.consume_back("-Info.plist"))
      L.Target = Name.str();
  }
  if (Folder.empty() && L.Target.empty()) {
    // The handler's top folder: "App/Push/Handler.swift" belongs to App.
    StringRef Parent = parentOf(HandlerPath);
    Folder = Parent.take_until([](char C) { return C == '/'; });
    if (namesNoTarget(Folder))
      Folder = "";
  }
  L.Folder = Folder.str();
  if (L.Target.empty())
    L.Target = lastOf(Folder).str();
  if (L.Target.empty())
    L.Target = "App";
  return L;
}

std::string AppLayout::serviceFolder() const {
  StringRef Parent = parentOf(Folder);
  std::string Name;
  for (char C : Target)
    if (C != ' ')
      Name += C;
  Name += "NotificationService";
  return Parent.empty() ? Name : Parent.str() + "/" + Name;
}

static const char *Head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
    "<plist version=\"1.0\">\n";

static std::string entry(StringRef Indent, StringRef Key, StringRef Value) {
  return (Indent + "<key>" + Key + "</key>\n" + Indent + "<string>" + Value +
          "</string>\n")
      .str();
}

static std::string escaped(StringRef Text) {
  std::string Out;
  for (char C : Text) {
    if (C == '&')
      Out += "&amp;";
    else if (C == '<')
      Out += "&lt;";
    else
      Out += C;
  }
  return Out;
}

std::string ringfence::xcode::serviceInfoPlist(StringRef DisplayName,
                                               bool IsSwift) {
  std::string S = Head;
  S += "<dict>\n";
  S += entry("\t", "CFBundleDevelopmentRegion", "$(DEVELOPMENT_LANGUAGE)");
  S += entry("\t", "CFBundleDisplayName", escaped(DisplayName));
  S += entry("\t", "CFBundleExecutable", "$(EXECUTABLE_NAME)");
  S += entry("\t", "CFBundleIdentifier", "$(PRODUCT_BUNDLE_IDENTIFIER)");
  S += entry("\t", "CFBundleInfoDictionaryVersion", "6.0");
  S += entry("\t", "CFBundleName", "$(PRODUCT_NAME)");
  S += entry("\t", "CFBundlePackageType", "XPC!");
  S += entry("\t", "CFBundleShortVersionString", "$(MARKETING_VERSION)");
  S += entry("\t", "CFBundleVersion", "$(CURRENT_PROJECT_VERSION)");
  S += "\t<key>NSExtension</key>\n\t<dict>\n";
  S += entry("\t\t", "NSExtensionPointIdentifier",
             "com.apple.usernotifications.service");
  S += entry("\t\t", "NSExtensionPrincipalClass",
             IsSwift ? "$(PRODUCT_MODULE_NAME).NotificationService"
                     : "NotificationService");
  S += "\t</dict>\n</dict>\n</plist>\n";
  return S;
}

std::string ringfence::xcode::serviceEntitlements(StringRef AppGroup,
                                                  bool Filters) {
  std::string S = Head;
  if (AppGroup.empty() && !Filters)
    return S + "<dict/>\n</plist>\n";
  S += "<dict>\n";
  if (Filters)
    S += "\t<key>" + FilteringEntitlement.str() + "</key>\n\t<true/>\n";
  if (!AppGroup.empty())
    S += "\t<key>com.apple.security.application-groups</key>\n"
         "\t<array>\n\t\t<string>" +
         escaped(AppGroup) + "</string>\n\t</array>\n";
  return S + "</dict>\n</plist>\n";
}
