//===-- OSVersions.cpp - how sources ask for the version of the system -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/OSVersions.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Regex.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

Condition atLeast(int Major, int Minor, bool Negated = false) {
  Condition C;
  C.K = Condition::Kind::OSVersion;
  C.Major = Major;
  C.Minor = Minor;
  if (!Negated)
    return C;
  Condition Not;
  Not.K = Condition::Kind::Not;
  Not.Operands.push_back(std::move(C));
  return Not;
}

int number(StringRef S) {
  int N = 0;
  return S.getAsInteger(10, N) ? 0 : N;
}

/// "version OP Major.Minor"; steps are tenths where a bound is not included.
std::optional<Condition> compared(StringRef Op, int Major, int Minor) {
  if (Op == ">=")
    return atLeast(Major, Minor);
  if (Op == "<")
    return atLeast(Major, Minor, true);
  if (Op == ">")
    return atLeast(Major, Minor + 1);
  if (Op == "<=")
    return atLeast(Major, Minor + 1, true);
  return std::nullopt;
}

std::string swapped(StringRef Op) {
  std::string S = Op.str();
  S[0] = S[0] == '<' ? '>' : '<';
  return S;
}

std::optional<Condition> byMacro(StringRef Text) {
  // SYSTEM_VERSION_GREATER_THAN_OR_EQUAL_TO(@"13.0"), IOS_AT_LEAST(13)
  static const llvm::Regex WithArgument(
      "^([A-Za-z_0-9]+) *\\( *@?\"?([0-9]+)(\\.([0-9]+))?[0-9.f]*\"? *\\)$");
  // IS_IOS13_OR_LATER, iOS_10_AND_ABOVE, kIOS11Later
  static const llvm::Regex Named("^(k?[Ii][Ss]_?|k)?[Ii][Oo][Ss](_?VERSION)?_?"
                                 "([0-9]+)(_([0-9]+))?_?([A-Za-z_]*)"
                                 "( *\\( *\\))?$");
  llvm::SmallVector<StringRef> M;
  if (WithArgument.match(Text, &M)) {
    std::string Name = M[1].upper();
    StringRef N = Name;
    if (!N.contains("VERSION") && !N.contains("IOS") && !N.contains("OS_"))
      return std::nullopt;
    int Major = number(M[2]), Minor = number(M[4]);
    bool OrEqual = N.contains("EQUAL");
    if (N.contains("LESS") || N.contains("BELOW") || N.contains("BEFORE"))
      return compared(OrEqual ? "<=" : "<", Major, Minor);
    if (N.contains("LATER") || N.contains("LEAST") || N.contains("ABOVE") ||
        N.contains("NEWER"))
      return compared(">=", Major, Minor);
    if (N.contains("GREATER") || N.contains("AFTER") || N.contains("ABOVE"))
      return compared(OrEqual ? ">=" : ">", Major, Minor);
    return std::nullopt;
  }
  if (Named.match(Text, &M)) {
    std::string Tail = M[6].upper();
    StringRef T = Tail;
    if (T.contains("BELOW") || T.contains("BEFORE") || T.contains("EARLIER"))
      return atLeast(number(M[3]), number(M[5]), true);
    if (T.contains("LATER") || T.contains("ABOVE") || T.contains("UP") ||
        T.contains("NEWER") || T.contains("LEAST"))
      return atLeast(number(M[3]), number(M[5]));
  }
  return std::nullopt;
}

} // namespace

std::optional<Condition> ringfence::objc::versionCondition(StringRef Text) {
  Text = Text.trim();
  while (Text.starts_with("(") && Text.ends_with(")") &&
         Text.drop_front().take_until([](char C) { return C == ')'; }).size() ==
             Text.size() - 2)
    Text = Text.drop_front().drop_back().trim();

  llvm::SmallVector<StringRef> M;
  static const llvm::Regex Available(
      "^(@available|__builtin_available) *\\((.*)\\)$");
  if (Available.match(Text, &M)) {
    static const llvm::Regex OnIOS(
        "(^|[^A-Za-z])(iOS|ios|iOSApplicationExtension) "
        "+([0-9]+)(\\.([0-9]+))?");
    StringRef Platforms = M[2];
    llvm::SmallVector<StringRef> V;
    if (OnIOS.match(Platforms, &V))
      return atLeast(number(V[3]), number(V[5]));
    Condition C;
    C.K = Condition::Kind::Constant;
    C.Name = "true"; // "*": any other platform
    return C;
  }

  if (auto C = byMacro(Text))
    return C;

  static const llvm::Regex AtLeast("isOperatingSystemAtLeastVersion: *"
                                   "(\\([A-Za-z]+\\))? *\\{ *([.A-Za-z= ]*)"
                                   "([0-9]+) *(, *([.A-Za-z= ]*)([0-9]+))?");
  if (AtLeast.match(Text, &M))
    return atLeast(number(M[3]), number(M[6]));

  bool AsksVersion = Text.contains("systemVersion") ||
                     Text.contains("majorVersion") ||
                     Text.contains_insensitive("iosversion") ||
                     Text.contains_insensitive("osversion");
  if (AsksVersion) {
    static const llvm::Regex Compare(
        "compare: *@\"([0-9]+)(\\.([0-9]+))?[0-9.]*\".*\\] *(==|!=|>|>=|<|<=) "
        "*NSOrdered(Ascending|Same|Descending)$");
    if (Compare.match(Text, &M)) {
      int Major = number(M[1]), Minor = number(M[3]);
      bool Ascending = M[5] == "Ascending";
      if (M[4] == "!=" && Ascending)
        return compared(">=", Major, Minor);
      if (M[4] == "==" && Ascending)
        return compared("<", Major, Minor);
      if (M[4] == "==" && M[5] == "Descending")
        return compared(">", Major, Minor);
      if (M[4] == ">=" && M[5] == "Same")
        return compared(">=", Major, Minor);
      return std::nullopt;
    }
    static const llvm::Regex Right(
        "(>=|<=|>|<) *([0-9]+)(\\.([0-9]+))?[0-9.f]*$");
    if (Right.match(Text, &M))
      return compared(M[1], number(M[2]), number(M[4]));
    static const llvm::Regex Left(
        "^([0-9]+)(\\.([0-9]+))?[0-9.f]* *(>=|<=|>|<)");
    if (Left.match(Text, &M))
      return compared(swapped(M[4]), number(M[1]), number(M[3]));
    return std::nullopt;
  }

  static const llvm::Regex Foundation(
      "NSFoundationVersionNumber\\)? *(>=|<=|>|<) *"
      "NSFoundationVersionNumber_iOS_([0-9]+)_([0-9x]+)(_Max)?");
  if (Foundation.match(Text, &M)) {
    // "8_x_Max" is the last release before the next major one.
    bool Max = !M[4].empty();
    int Major = number(M[2]) + (Max ? 1 : 0);
    int Minor = Max ? 0 : number(M[3]);
    if (Max)
      return M[1].starts_with(">") ? atLeast(Major, 0)
                                   : atLeast(Major, 0, true);
    return compared(M[1], Major, Minor);
  }
  return std::nullopt;
}
