//===-- ServiceCall.h - a service written by hand fills too -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_SERVICECALL_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_SERVICECALL_H

#include "rewriters/edit/FixSet.h"
#include "rewriters/notification_service/ServiceText.h"
#include <string>
#include <vector>

namespace ringfence {

struct File;

/// Has the notification service in \p Service, which the project's people
/// wrote, hand its content to each of \p Fillers: right behind the statement
/// of the delegate method that makes the mutable copy of the request's content
/// (the shape of Xcode's template, Apple's reference of
/// UNNotificationServiceExtension). What the service does with the content
/// comes later and keeps the last word. False, and nothing done, if there is
/// no such statement, or several.
bool callFillersInService(FixSet &Set, const File &Service,
                          const std::vector<FillerName> &Fillers);

} // namespace ringfence

#endif
