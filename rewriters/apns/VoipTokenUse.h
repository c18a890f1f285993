//===-- VoipTokenUse.h - where the VoIP token goes -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_APNS_VOIPTOKENUSE_H
#define RINGFENCE_REWRITERS_APNS_VOIPTOKENUSE_H

#include "matchers/effects/Catalogue.h"
#include "matchers/model/FunctionSource.h"
#include <optional>
#include <string>

namespace ringfence {

/// A call of the project to which a VoIP token is handed.
struct VoipTokenUse {
  std::string Call; ///< as the language writes names: "Server.register(token:)"
  std::string File; ///< relative to the root
  unsigned Line = 0; ///< 1-based
};

/// The call in pushRegistry(_:didUpdate:for:) of \p Owner that takes the token
/// somewhere, one that the catalogue knows to send rather than another, and one
/// that keeps it only where there is no better; none if there is no such
/// method, or it only logs and converts.
std::optional<VoipTokenUse> voipTokenUse(FunctionSource &Functions,
                                         const Catalogue &Apis,
                                         llvm::StringRef Owner);

} // namespace ringfence

#endif
