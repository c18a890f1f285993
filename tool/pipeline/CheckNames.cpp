//===-- CheckNames.cpp - names of checks as users write them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/CheckNames.h"
#include "tool/pipeline/Project.h"
#include "tool/pipeline/Suppressions.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

std::string ringfence::nearest(StringRef Word,
                               llvm::ArrayRef<std::string> Known) {
  std::string Best;
  // More typing errors than this make another word.
  unsigned Least = std::min<unsigned>(4, Word.size() / 3 + 2);
  for (const std::string &Candidate : Known)
    if (unsigned D = Word.edit_distance(Candidate, true, Least); D < Least) {
      Least = D;
      Best = Candidate;
    }
  return Best;
}

std::string ringfence::didYouMean(StringRef Word,
                                  llvm::ArrayRef<std::string> Known) {
  std::string Near = nearest(Word, Known);
  return Near.empty() ? "" : "; did you mean '" + Near + "'?";
}

std::vector<std::string> ringfence::checkIds() {
  std::vector<std::string> Ids;
  for (const Check &C : allChecks())
    Ids.push_back(C.Id);
  Ids.push_back(UnusedSuppression.str());
  return Ids;
}

std::optional<UnknownCheck> ringfence::unknownCheck(StringRef Globs) {
  std::vector<std::string> Ids = checkIds();
  // Names may be given without their prefix.
  std::vector<std::string> Names = Ids;
  for (const std::string &Id : Ids)
    Names.push_back(StringRef(Id).substr(StringRef("ringfence-").size()).str());
  for (StringRef Rest = Globs; !Rest.empty();) {
    StringRef Item = Rest.take_until([](char C) { return C == ','; });
    Rest = Rest.drop_front(std::min(Item.size() + 1, Rest.size()));
    Item = Item.trim();
    Item.consume_front("-");
    if (Item.empty() || llvm::any_of(Ids, [&](const std::string &Id) {
          return isEnabled(("-*," + Item).str(), Id);
        }))
      continue;
    return UnknownCheck{static_cast<std::size_t>(Item.data() - Globs.data()),
                        ("no check fits '" + Item + "'").str() +
                            didYouMean(Item, Names)};
  }
  return std::nullopt;
}
