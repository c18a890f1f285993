//===-- BuildSettings.h - build settings and their values -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_XCODE_BUILDSETTINGS_H
#define RINGFENCE_REWRITERS_XCODE_BUILDSETTINGS_H

#include "rewriters/xcode/Targets.h"
#include "llvm/ADT/StringMap.h"
#include <optional>
#include <string>

namespace ringfence::xcode {

/// The settings of one configuration, as written.
struct BuildSettings {
  std::string Name; ///< "Debug"
  llvm::StringMap<std::string> Values;

  void set(llvm::StringRef Key, llvm::StringRef Value) {
    Values[Key] = Value.str();
  }
  std::string value(llvm::StringRef Key) const { return Values.lookup(Key); }
  /// Takes what \p Outer sets and this does not.
  void inherit(const BuildSettings &Outer);
  /// The value of \p Key with "$(NAME)" and "${NAME}" put in. None if a name in
  /// it is not known, or asks for an operator ("$(NAME:lower)").
  std::optional<std::string> expanded(llvm::StringRef Key) const;
};

/// The settings of the .xcconfig file at \p Path and of those that it includes;
/// settings for single SDKs or architectures are passed over.
BuildSettings readConfiguration(llvm::StringRef Path, ReadBytes Read);

} // namespace ringfence::xcode

#endif
