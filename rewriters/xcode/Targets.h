//===-- Targets.h - which target compiles which file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_XCODE_TARGETS_H
#define RINGFENCE_REWRITERS_XCODE_TARGETS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence::xcode {

/// One target of an Xcode project, or of the manifest that one is made from.
/// Paths are relative to the root of the run, with forward slashes.
struct Target {
  enum class Kind { App, Extension, Other };
  std::string Manifest; ///< the project.pbxproj or project.yml that has it
  std::string Name;
  Kind K = Kind::Other;
  std::vector<std::string> Sources; ///< files that are listed one by one
  std::vector<std::string> Folders; ///< all that lies in them belongs to it
  /// Files and folders in Folders that do not belong to it.
  std::vector<std::string> Excluded;
  /// INFOPLIST_FILE and CODE_SIGN_ENTITLEMENTS of all its configurations, as
  /// far as their build settings can be expanded.
  std::vector<std::string> InfoPlists, Entitlements;
  /// Names of targets of the same manifest that it is built from.
  std::vector<std::string> Dependencies;

  /// Whether the file at \p Path is among its sources. Headers are compiled by
  /// nobody.
  bool compiles(llvm::StringRef Path) const;
};

/// Every target that could be read.
struct TargetList {
  std::vector<Target> All; ///< by manifest, in its order
  /// Manifests that could not be read, with the reason: "App.xcodeproj/
  /// project.pbxproj:7: …".
  std::vector<std::string> NotRead;

  /// The app extensions that compile the file at \p Path.
  std::vector<const Target *> extensionsOf(llvm::StringRef Path) const;
  /// The apps that compile it, or are built from a target that does.
  std::vector<const Target *> appsOf(llvm::StringRef Path) const;
  /// Whether one app is made of both files, its extensions included; none where
  /// no app is known for one of them.
  std::optional<bool> shareAnApp(llvm::StringRef Path,
                                 llvm::StringRef Other) const;
  /// Why no extension is known to compile the file at \p Path, as a clause:
  /// what was read, and what was not. Only asked where extensionsOf has none.
  std::string whyNoExtension(llvm::StringRef Path) const;
};

/// Bytes of a file of the project, or none.
using ReadBytes =
    llvm::function_ref<std::optional<std::string>(llvm::StringRef Path)>;

/// The targets of \p Manifests: project.pbxproj of Xcode (file references,
/// and the synchronized folders of Xcode 16) and project.yml of XcodeGen.
/// Others (Project.swift of Tuist) are named in NotRead.
TargetList readTargets(llvm::ArrayRef<std::string> Manifests, ReadBytes Read);

/// The targets of the Xcode project at \p Path. \p Read is asked for .xcconfig
/// files. Fails if the bytes are no such project.
llvm::Expected<std::vector<Target>>
xcodeTargets(llvm::StringRef Path, llvm::StringRef Bytes, ReadBytes Read);

/// The targets of the XcodeGen manifest at \p Path, those of the manifests that
/// it includes too. Fails if it is no such manifest.
llvm::Expected<std::vector<Target>>
xcodeGenTargets(llvm::StringRef Path, llvm::StringRef Bytes, ReadBytes Read);

/// \p Path as seen from folder \p Folder, without "." and "..".
std::string pathFrom(llvm::StringRef Folder, llvm::StringRef Path);

/// Of the Info.plist files \p InfoPlists, those of the apps that compile the
/// source at \p Path. Where no target tells, those whose folder is nearest
/// come first; none at all where several are equally far, since any of them
/// may be a sample's.
std::vector<std::string> infoPlistsFor(std::vector<std::string> InfoPlists,
                                       const TargetList &Targets,
                                       llvm::StringRef Path);

/// Of the .entitlements files \p Entitlements, those of the apps that compile
/// the source at \p Path; where no target tells, as infoPlistsFor.
std::vector<std::string> entitlementsFor(std::vector<std::string> Entitlements,
                                         const TargetList &Targets,
                                         llvm::StringRef Path);

} // namespace ringfence::xcode

#endif
