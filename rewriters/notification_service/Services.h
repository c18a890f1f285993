//===-- Services.h - notification services of the project -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_SERVICES_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_SERVICES_H

#include "rewriters/Propose.h"
#include <string>
#include <vector>

namespace ringfence {

/// Implementation files that define a notification service of the app that
/// \p H belongs to, as far as folders tell.
std::vector<std::string> servicesOf(const ProposeInput &In,
                                    const JudgedHandler &H);

/// Whether one of the sources \p Services names the type \p Filler.
bool serviceNames(const ProposeInput &In,
                  const std::vector<std::string> &Services,
                  llvm::StringRef Filler);

} // namespace ringfence

#endif
