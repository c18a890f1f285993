//===-- SetChooser.cpp - asks which fix sets to take -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/SetChooser.h"
#include "tool/output/Diff.h"
#include <optional>
#include <string>

using namespace ringfence;

static std::optional<std::string> readLine(std::FILE *In) {
  std::string Line;
  int C;
  while ((C = std::fgetc(In)) != EOF && C != '\n')
    Line += static_cast<char>(C);
  if (C == EOF && Line.empty())
    return std::nullopt;
  return Line;
}

bool SetChooser::accepts(const PlannedSet &Set) {
  if (AllElse != Rest::Ask)
    return AllElse == Rest::Take;
  if (llvm::Error E = printSet(Out, Set)) {
    Out << llvm::toString(std::move(E)) << '\n';
    return false;
  }
  while (true) {
    Out << "Apply this fix set [y,n,a,q,?]? ";
    Out.flush();
    std::string Answer =
        llvm::StringRef(readLine(In).value_or("q")).trim().lower();
    if (Answer == "y" || Answer == "n")
      return Answer == "y";
    if (Answer == "a" || Answer == "q" || Answer == "d") {
      AllElse = Answer == "a" ? Rest::Take : Rest::Leave;
      return AllElse == Rest::Take;
    }
    Out << "y - apply this fix set\n"
           "n - leave it\n"
           "a - apply it and all that follow\n"
           "q - leave it and all that follow; those accepted are applied\n"
           "? - print this\n";
  }
}
