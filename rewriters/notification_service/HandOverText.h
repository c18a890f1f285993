//===-- HandOverText.h - a service that hands calls over -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_HANDOVERTEXT_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_HANDOVERTEXT_H

#include "rewriters/edit/FixSet.h"
#include "rewriters/notification_service/ServiceText.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// The key under which a VoIP push holds what the extension has handed over.
inline constexpr llvm::StringLiteral HandedOverKey = "handedOverCall";

/// As serviceSources without fillers, with deliveries that other content can
/// be handed back for. With the type \p Decides, which says what a push is, the
/// service hands calls over to the app; \p AsksVersion: the app runs on
/// systems before iOS 14.5 too, which cannot do that (Apple's reference,
/// "reportNewIncomingVoIPPushPayload(_:completion:)").
std::vector<NewFile> handOverSources(llvm::StringRef Folder,
                                     const SourceLayout &L,
                                     llvm::StringRef Decides, bool AsksVersion);

/// The edits that make the source \p Text at \p Path, a service that passes
/// every notification on or its deliveries, what handOverSources would write.
/// None if the text is not of that shape, no edits if nothing is missing.
std::optional<std::vector<Edit>>
handOverEdits(llvm::StringRef Path, llvm::StringRef Text, const SourceLayout &L,
              llvm::StringRef Decides, bool AsksVersion);

} // namespace ringfence

#endif
