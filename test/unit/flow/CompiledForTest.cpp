//===-- CompiledForTest.cpp - what #if leaves of the code on a device -----===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/CompiledFor.h"
#include "gtest/gtest.h"
using namespace ringfence::flow;

TEST(CompiledFor, KnowsWhatHoldsWherePushesArrive) {
  for (const char *Holds :
       {"#if canImport(CallKit) && !targetEnvironment(macCatalyst)",
        "#if os(iOS)", "#elseif os(macOS) || os(iOS)", "TARGET_OS_IOS",
        "!TARGET_IPHONE_SIMULATOR", "#if !(targetEnvironment(simulator))", "1",
        "DEBUG || TARGET_OS_IPHONE"})
    EXPECT_EQ(holdsOnDevice(Holds), true) << Holds;
  for (const char *Fails :
       {"#if targetEnvironment(simulator)", "#if os(macOS)", "0",
        "#if !canImport(CallKit)", "defined(TARGET_IPHONE_SIMULATOR)",
        "DEBUG && TARGET_OS_OSX", "#if os(macOS) || os(tvOS)"})
    EXPECT_EQ(holdsOnDevice(Fails), false) << Fails;
}

TEST(CompiledFor, LeavesFlagsAndWhatItCannotReadOpen) {
  for (const char *Open :
       {"#if DEBUG", "#if canImport(Firebase)", "#if os(iOS) && CALLS",
        "defined(CALLS)", "#if swift(>=5.5)", "__IPHONE_OS_VERSION_MAX > 1",
        "#if (os(iOS)", "", "#if compiler(>=6) && os(iOS)"})
    EXPECT_EQ(holdsOnDevice(Open), std::nullopt) << Open;
}
