//===-- ServiceText.h - sources of a notification service -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_SERVICETEXT_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_SERVICETEXT_H

#include "rewriters/edit/FixSet.h"
#include "rewriters/notification_service/Posted.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// How generated sources are laid out.
struct SourceLayout {
  bool IsSwift = true;
  std::string Unit = "    "; ///< one level of indentation
  std::string LineEnding = "\n";
};

/// A type that fills a content, as a service calls it.
struct FillerName {
  std::string Name;
  bool Waits = false; ///< it calls back when the content is filled
  /// It fills the content of another notification, which the service adds.
  bool IsAdded = false;
};

/// The sources of the extension: its principal class, which hands each
/// notification to the types in \p Fillers before it passes it on, and the
/// deliveries that it is working on. Without fillers it passes every
/// notification on as it came.
std::vector<NewFile> serviceSources(llvm::StringRef Folder,
                                    const SourceLayout &L,
                                    const std::vector<FillerName> &Fillers);

/// The edits that make a service written by serviceSources, standing at
/// \p Path with the text \p Text, hand notifications to \p Fillers too. None if
/// the text is not of that shape.
std::optional<std::vector<Edit>>
fillerEdits(llvm::StringRef Path, llvm::StringRef Text,
            const std::vector<FillerName> &Fillers);

/// The file, or header and implementation, of the type \p Name that fills the
/// content as \p N does; app and extension compile it. \p Modules and
/// \p Headers are imported.
std::vector<NewFile> fillerSources(llvm::StringRef Folder,
                                   const SourceLayout &L, llvm::StringRef Name,
                                   const PostedNotification &N,
                                   const std::vector<std::string> &Modules,
                                   const std::vector<std::string> &Headers);

/// The type that an earlier move has written for \p N, a notification that
/// stays in the handler: it sets all that fillerSources would let it set, apart
/// from what had placeholders. "" if there is none.
std::string writtenFiller(const ProposeInput &In, const SourceLayout &L,
                          const PostedNotification &N);

/// The statement with which \p N's function has its content filled.
std::string fillerCall(const PostedNotification &N, llvm::StringRef Name);

} // namespace ringfence

#endif
