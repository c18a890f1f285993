//===-- SwiftUIApp.h - the App type and its delegate -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_LAUNCH_SWIFTUIAPP_H
#define RINGFENCE_REWRITERS_LAUNCH_SWIFTUIAPP_H

#include "matchers/model/FunctionSource.h"
#include "rewriters/edit/Builders.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// A type that conforms to SwiftUI's App.
struct SwiftUIApp {
  const File *In = nullptr;
  const Type *T = nullptr;
  const Function *Body = nullptr; ///< its scenes; null if not in sight
  /// The class that @UIApplicationDelegateAdaptor names, or the one to write.
  std::string DelegateName;
  FunctionSource::TypeRef Delegate; ///< empty if it is still to be written
};

/// The App types in \p Files, the one first that lies nearest to \p Path.
std::vector<SwiftUIApp> swiftUIApps(FunctionSource &Functions,
                                    const std::vector<const File *> &Files,
                                    llvm::StringRef Path);

/// The expression by which \p App can name its object of type \p Owner without
/// making one: a property of it, or an object that the type keeps and that some
/// code of the App calls. "" if there is none.
std::string objectInApp(FunctionSource &Functions, const SwiftUIApp &App,
                        llvm::StringRef Owner);

/// Adds \p Members (template form) to the delegate of \p App; one that is not
/// there is written behind the App and named in it
/// (developer.apple.com/documentation/swiftui/uiapplicationdelegateadaptor).
void addToDelegate(Builders &Edits, const SwiftUIApp &App,
                   llvm::StringRef Members);

} // namespace ringfence

#endif
