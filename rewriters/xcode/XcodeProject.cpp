//===-- XcodeProject.cpp - the targets of a project.pbxproj ---------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/BuildSettings.h"
#include "rewriters/xcode/OldStylePlist.h"
#include "rewriters/xcode/Targets.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace ringfence::xcode;
using llvm::StringRef;

namespace {

/// Reads one project. Objects name each other by ids; "isa" is their class.
class Reader {
public:
  Reader(StringRef Path, const PlistValue &Root, ReadBytes Read)
      : Path(Path), Objects(Root.find("objects")), Read(Read) {
    // "App/Courier.xcodeproj/project.pbxproj" speaks of the folder App.
    StringRef Bundle = Path.rsplit('/').first;
    Folder = Bundle.contains('/') ? Bundle.rsplit('/').first.str() : "";
    Project = object(Root.string("rootObject"));
  }

  bool isProject() const { return Objects && isa(Project, "PBXProject"); }

  std::vector<Target> targets() {
    Folder = pathFrom(Folder, Project->string("projectDirPath"));
    findParents(Project->string("mainGroup"), 0);
    std::vector<Target> All;
    for (StringRef Id : Project->strings("targets"))
      if (const PlistValue *T = object(Id); T && isTarget(*T))
        All.push_back(target(Id, *T));
    return All;
  }

private:
  const PlistValue *object(StringRef Id) const {
    return Objects ? Objects->find(Id) : nullptr;
  }
  static bool isa(const PlistValue *V, StringRef Class) {
    return V && V->string("isa") == Class;
  }
  static bool isTarget(const PlistValue &V) {
    return V.string("isa").ends_with("Target");
  }

  /// Notes which group holds which. A damaged project may have cycles.
  void findParents(StringRef Group, unsigned Depth) {
    const PlistValue *V = object(Group);
    if (!V || Depth == 64)
      return;
    for (StringRef Child : V->strings("children"))
      if (Parents.try_emplace(Child, Group).second)
        findParents(Child, Depth + 1);
  }

  /// Where the file or group \p Id lies; "" for places that are no part of the
  /// project (built products, the SDK).
  std::string pathOf(StringRef Id, unsigned Depth = 0) const {
    const PlistValue *V = object(Id);
    if (!V || Depth == 64)
      return Folder;
    StringRef Tree = V->string("sourceTree"), Own = V->string("path");
    if (Tree == "SOURCE_ROOT")
      return pathFrom(Folder, Own);
    if (Tree != "<group>")
      return "";
    auto Parent = Parents.find(Id);
    return pathFrom(Parent == Parents.end() ? Folder
                                            : pathOf(Parent->second, Depth + 1),
                    Own);
  }

  Target target(StringRef Id, const PlistValue &V) {
    Target T;
    T.Manifest = Path.str();
    T.Name = V.string("name").str();
    StringRef Product = V.string("productType");
    Product.consume_front("com.apple.product-type.");
    // "application.on-demand-install-capable" is an app clip,
    // "app-extension.messages" an extension.
    T.K = Product.split('.').first == "application" ? Target::Kind::App
          : Product.split('.').first == "app-extension" ||
                  Product == "extensionkit-extension"
              ? Target::Kind::Extension
              : Target::Kind::Other;
    for (StringRef Phase : V.strings("buildPhases"))
      if (isa(object(Phase), "PBXSourcesBuildPhase"))
        addSources(T, *object(Phase));
    addFolders(T, Id, V);
    for (StringRef D : V.strings("dependencies"))
      if (const PlistValue *Dependency = object(D))
        if (const PlistValue *On = object(Dependency->string("target")))
          T.Dependencies.push_back(On->string("name").str());
    addSettings(T, V);
    return T;
  }

  void addSources(Target &T, const PlistValue &Phase) {
    for (StringRef Id : Phase.strings("files")) {
      const PlistValue *Build = object(Id);
      if (!Build)
        continue;
      StringRef Ref = Build->string("fileRef");
      const PlistValue *File = object(Ref);
      if (std::string Where = pathOf(Ref); File && !Where.empty())
        (isa(File, "PBXFileReference") ? T.Sources : T.Folders)
            .push_back(std::move(Where));
    }
  }

  /// The folders of Xcode 16: what lies in them belongs to the targets that
  /// name them, with exceptions either way.
  void addFolders(Target &T, StringRef Id, const PlistValue &V) {
    for (StringRef Group : V.strings("fileSystemSynchronizedGroups"))
      T.Folders.push_back(pathOf(Group));
    for (const auto &[GroupId, Group] : Objects->Entries) {
      if (!isa(Group.get(), "PBXFileSystemSynchronizedRootGroup"))
        continue;
      std::string Where = pathOf(GroupId);
      bool IsOwn = llvm::is_contained(V.strings("fileSystemSynchronizedGroups"),
                                      StringRef(GroupId));
      for (StringRef SetId : Group->strings("exceptions")) {
        const PlistValue *Set = object(SetId);
        if (!Set || Set->string("target") != Id)
          continue;
        for (StringRef Member : Set->strings("membershipExceptions"))
          (IsOwn ? T.Excluded : T.Sources).push_back(pathFrom(Where, Member));
      }
    }
  }

  void addSettings(Target &T, const PlistValue &V) {
    std::vector<BuildSettings> OfProject =
        configurations(Project->string("buildConfigurationList"));
    for (BuildSettings Own :
         configurations(V.string("buildConfigurationList"))) {
      for (const BuildSettings &Outer : OfProject)
        if (Outer.Name == Own.Name)
          Own.inherit(Outer);
      // Two slashes tell what starts there from what starts in Folder.
      for (StringRef Key : {"SRCROOT", "PROJECT_DIR", "SOURCE_ROOT"})
        Own.set(Key, "//" + Folder);
      Own.set("TARGET_NAME", T.Name);
      Own.set("TARGETNAME", T.Name);
      StringRef Bundle = Path.rsplit('/').first;
      Bundle = Bundle.substr(Bundle.rfind('/') + 1);
      Bundle.consume_back(".xcodeproj");
      Own.set("PROJECT_NAME", Bundle);
      addFile(T.InfoPlists, Own, "INFOPLIST_FILE");
      addFile(T.Entitlements, Own, "CODE_SIGN_ENTITLEMENTS");
    }
  }

  void addFile(std::vector<std::string> &All, const BuildSettings &Settings,
               StringRef Key) {
    std::optional<std::string> File = Settings.expanded(Key);
    if (!File || File->empty())
      return;
    std::string Where = StringRef(*File).starts_with("//")
                            ? pathFrom("", StringRef(*File).ltrim('/'))
                            : pathFrom(Folder, *File);
    if (!llvm::is_contained(All, Where))
      All.push_back(std::move(Where));
  }

  std::vector<BuildSettings> configurations(StringRef List) {
    std::vector<BuildSettings> All;
    const PlistValue *V = object(List);
    if (!V)
      return All;
    for (StringRef Id : V->strings("buildConfigurations")) {
      const PlistValue *C = object(Id);
      if (!C)
        continue;
      BuildSettings S;
      S.Name = C->string("name").str();
      if (const PlistValue *Own = C->find("buildSettings"))
        for (const auto &[Key, Value] : Own->Entries)
          if (Value->K == PlistValue::Kind::String)
            S.set(Key, Value->Text);
      if (StringRef Base = C->string("baseConfigurationReference");
          !Base.empty())
        S.inherit(readConfiguration(pathOf(Base), Read));
      All.push_back(std::move(S));
    }
    return All;
  }

  StringRef Path;
  const PlistValue *Objects;
  ReadBytes Read;
  std::string Folder; ///< that the project's paths start from
  const PlistValue *Project = nullptr;
  llvm::StringMap<std::string> Parents; ///< of files and groups
};

} // namespace

llvm::Expected<std::vector<Target>>
ringfence::xcode::xcodeTargets(StringRef Path, StringRef Bytes,
                               ReadBytes Read) {
  llvm::Expected<PlistValue> Root = parseOldStylePlist(Path, Bytes);
  if (!Root)
    return Root.takeError();
  Reader R(Path, *Root, Read);
  if (!R.isProject())
    return llvm::createStringError(std::errc::invalid_argument,
                                   "%s: holds no project", Path.str().c_str());
  return R.targets();
}
